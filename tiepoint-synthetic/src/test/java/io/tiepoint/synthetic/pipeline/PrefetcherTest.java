package io.tiepoint.synthetic.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class PrefetcherTest {
    @Test
    void handsOutSamplesInOrderWhateverTheirCost() {
        try (Prefetcher<Long> prefetcher = new Prefetcher<>(PrefetcherTest::slowSquare, 5, 3, 7)) {
            for (long index = 5; index < 105; index++) {
                assertThat(prefetcher.nextIndex()).isEqualTo(index);
                assertThat(prefetcher.next()).isEqualTo(index * index);
            }
        }
    }

    private static long slowSquare(long index) {
        long until = System.nanoTime() + (index % 3) * 200_000;
        while (System.nanoTime() < until) {
            Thread.onSpinWait();
        }
        return index * index;
    }

    @Test
    void makesNoMoreAheadThanItsCapacity() throws InterruptedException {
        AtomicLong started = new AtomicLong();
        try (Prefetcher<Long> prefetcher = new Prefetcher<>(i -> started.incrementAndGet(), 0, 2, 4)) {
            for (int i = 0; i < 10; i++) {
                assertThat(prefetcher.next()).isPositive();
                TimeUnit.MILLISECONDS.sleep(2);
                assertThat(started.get()).isLessThanOrEqualTo(i + 1 + 4);
            }
        }
    }

    @Test
    void throwsWhatTheGeneratorThrewAtItsIndexAndGoesOn() {
        try (Prefetcher<Long> prefetcher = new Prefetcher<>(PrefetcherTest::failingAtTwo, 0, 2, 4)) {
            assertThat(prefetcher.next()).isZero();
            assertThat(prefetcher.next()).isEqualTo(1);
            assertThatThrownBy(prefetcher::next)
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessage("two");
            assertThat(prefetcher.next()).isEqualTo(3);
        }
    }

    private static long failingAtTwo(long index) {
        if (index == 2) {
            throw new UnsupportedOperationException("two");
        }
        return index;
    }

    @Test
    void stopsItsThreadsWhenClosed() throws InterruptedException {
        CountDownLatch interrupted = new CountDownLatch(1);
        Prefetcher<Long> prefetcher = new Prefetcher<>(
                index -> {
                    try {
                        TimeUnit.HOURS.sleep(1);
                    } catch (InterruptedException e) {
                        interrupted.countDown();
                    }
                    return index;
                },
                0,
                1,
                3);
        TimeUnit.MILLISECONDS.sleep(20);
        prefetcher.close();
        assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
        assertThatThrownBy(prefetcher::next).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void rejectsACapacityBelowTheNumberOfThreads() {
        assertThatThrownBy(() -> new Prefetcher<>(i -> i, 0, 4, 2).close())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("capacity: expected >= threads = 4, found 2");
    }
}
