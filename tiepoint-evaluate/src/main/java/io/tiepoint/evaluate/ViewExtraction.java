package io.tiepoint.evaluate;

import io.tiepoint.core.features.FeatureExtractor;
import io.tiepoint.core.features.LocalFeatures;
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

    Views extract(Method method, EvaluationPair pair) {
        FeatureExtractor extractor = method.extractor();
        if (!method.viewsAtOnce()) {
            return new Views(extractor.extract(pair.image0()), extractor.extract(pair.image1()));
        }
        Future<LocalFeatures> features1 = worker.submit(() -> extractor.extract(pair.image1()));
        LocalFeatures features0 = extractor.extract(pair.image0());
        try {
            return new Views(features0, features1.get());
        } catch (ExecutionException e) {
            throw new IllegalStateException(method.name() + " failed on view 1 of " + pair.name(), e.getCause());
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
