package io.tiepoint.synthetic.images;

import io.tiepoint.core.check.Check;
import io.tiepoint.core.image.GrayImage;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Images that each come several times in a row, so that what is cheap (warping an image) is not held up by what is dear (making
 * it). Image {@code i} is image {@code i / times} of another source.
 */
public final class RepeatedImages implements ImageSource {
    /** More than any number of workers is apart. */
    private static final int REMEMBERED = 16;

    private final ImageSource images;
    private final int times;
    private final Map<Long, FutureTask<GrayImage>> recent = new LinkedHashMap<>();

    /**
     * Repeats a source.
     *
     * @param times how often each image comes
     */
    public RepeatedImages(ImageSource images, int times) {
        Check.that(times > 0, "times: expected > 0, found %s", times);
        this.images = images;
        this.times = times;
    }

    @Override
    public GrayImage image(long index) {
        FutureTask<GrayImage> task = task(index / times);
        // The first one to ask makes it, the others wait.
        task.run();
        try {
            return task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for an image", e);
        }
    }

    private FutureTask<GrayImage> task(long number) {
        synchronized (recent) {
            FutureTask<GrayImage> task = recent.get(number);
            if (task == null) {
                task = new FutureTask<>(() -> images.image(number));
                recent.put(number, task);
                if (recent.size() > REMEMBERED) {
                    recent.remove(recent.keySet().iterator().next());
                }
            }
            return task;
        }
    }

    @Override
    public String describe() {
        return images.describe() + ", each " + times + " times";
    }
}
