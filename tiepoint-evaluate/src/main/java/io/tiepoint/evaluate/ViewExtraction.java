package io.tiepoint.evaluate;

import io.tiepoint.core.features.FeatureExtractor;
import io.tiepoint.core.features.LocalFeatures;
import io.tiepoint.core.image.GrayImage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Extracts from the two views of a pair, one after the other or at once. */
final class ViewExtraction implements AutoCloseable {
    private final ExecutorService worker = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "view-1");
        thread.setDaemon(true);
        return thread;
    });

    record Views(LocalFeatures features0, LocalFeatures features1) {}

    /**
     * Extracts.
     *
     * @param pair its name, for messages
     */
    Views extract(Method method, String pair, GrayImage image0, GrayImage image1) {
        FeatureExtractor extractor = method.extractor();
        if (!method.viewsAtOnce()) {
            return new Views(extractor.extract(image0), extractor.extract(image1));
        }
        Future<LocalFeatures> features1 = worker.submit(() -> extractor.extract(image1));
        LocalFeatures features0 = extractor.extract(image0);
        try {
            return new Views(features0, features1.get());
        } catch (ExecutionException e) {
            throw new IllegalStateException(method.name() + " failed on view 1 of " + pair, e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + method.name() + " worked", e);
        }
    }

    @Override
    public void close() {
        worker.shutdown();
    }
}
