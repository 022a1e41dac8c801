package io.tiepoint.synthetic.pipeline;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.LongFunction;

/**
 * Remembers the last few things that were made by number, for several threads that work on neighbouring numbers: the first one to
 * ask makes it, the others wait.
 *
 * @param <T> what is made; a pure function of the number
 */
public final class Recent<T> {
    private final LongFunction<T> maker;
    private final int remembered;
    private final Map<Long, FutureTask<T>> tasks = new LinkedHashMap<>();

    /**
     * Remembers what a maker makes.
     *
     * @param remembered at most so many; the oldest is forgotten
     */
    public Recent(LongFunction<T> maker, int remembered) {
        this.maker = maker;
        this.remembered = remembered;
    }

    /** Gets one, made now if it is not remembered. */
    public T get(long number) {
        FutureTask<T> task = task(number);
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
            throw new IllegalStateException("interrupted while waiting for number " + number, e);
        }
    }

    private FutureTask<T> task(long number) {
        synchronized (tasks) {
            FutureTask<T> task = tasks.get(number);
            if (task == null) {
                task = new FutureTask<>(() -> maker.apply(number));
                tasks.put(number, task);
                if (tasks.size() > remembered) {
                    tasks.remove(tasks.keySet().iterator().next());
                }
            }
            return task;
        }
    }
}
