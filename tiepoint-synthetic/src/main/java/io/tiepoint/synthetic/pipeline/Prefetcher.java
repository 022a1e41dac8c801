package io.tiepoint.synthetic.pipeline;

import io.tiepoint.core.check.Check;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongFunction;

/**
 * Makes the samples of consecutive indices on threads of its own, ahead of the one that takes them, and hands them out in order.
 * To resume, start at the index that is wanted next. For one consumer.
 *
 * @param <T> a sample
 */
public final class Prefetcher<T> implements AutoCloseable {
    private final LongFunction<? extends T> generator;
    private final ExecutorService workers;
    private final Queue<Future<T>> ahead = new ArrayDeque<>();
    private long nextToMake;
    private long nextToTake;
    private volatile boolean closed;

    /**
     * Starts to work.
     *
     * @param generator makes the sample of an index; called by several threads at once
     * @param firstIndex the first sample that is handed out
     * @param threads number of threads
     * @param capacity most samples that are finished or in work at any time; at least {@code threads}
     */
    public Prefetcher(LongFunction<? extends T> generator, long firstIndex, int threads, int capacity) {
        Check.that(firstIndex >= 0, "firstIndex: expected >= 0, found %s", firstIndex);
        Check.that(threads > 0, "threads: expected > 0, found %s", threads);
        Check.that(capacity >= threads, "capacity: expected >= threads = %s, found %s", threads, capacity);
        this.generator = generator;
        nextToMake = firstIndex;
        nextToTake = firstIndex;
        workers = Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task, "prefetcher");
            thread.setDaemon(true);
            return thread;
        });
        for (int i = 0; i < capacity; i++) {
            makeAnother();
        }
    }

    private void makeAnother() {
        long index = nextToMake++;
        ahead.add(workers.submit(() -> generator.apply(index)));
    }

    /** The index of the sample that is handed out next. */
    public long nextIndex() {
        return nextToTake;
    }

    /**
     * Waits for the next sample.
     *
     * @throws RuntimeException what the generator threw for this index
     * @throws IllegalStateException if closed or interrupted
     */
    public T next() {
        if (closed) {
            throw new IllegalStateException("prefetcher: expected an open one, found a closed one");
        }
        Future<T> first = ahead.remove();
        makeAnother();
        nextToTake++;
        try {
            return first.get();
        } catch (ExecutionException e) {
            throw rethrown(e.getCause() == null ? e : e.getCause());
        } catch (CancellationException e) {
            throw new IllegalStateException("prefetcher: closed while waiting", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("prefetcher: interrupted while waiting", e);
        }
    }

    private static RuntimeException rethrown(Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof RuntimeException exception ? exception : new IllegalStateException(cause);
    }

    /** Stops the threads; samples that were made ahead are dropped. */
    @Override
    public void close() {
        closed = true;
        for (Runnable notStarted : workers.shutdownNow()) {
            // A consumer in another thread must not wait for what nobody will make.
            if (notStarted instanceof Future<?> future) {
                future.cancel(false);
            }
        }
    }
}
