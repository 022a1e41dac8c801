package io.tiepoint.app.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StoppableTest {
    private final AtomicInteger done = new AtomicInteger();

    private Stoppable<String> stoppable(Stream<String> elements, Interrupt interrupt) {
        return new Stoppable<>(elements.iterator(), interrupt, () -> {
            int unused = done.incrementAndGet();
        });
    }

    private static void pressCtrlC(Interrupt interrupt) throws ReflectiveOperationException, InterruptedException {
        Class<?> signal = Class.forName("sun.misc.Signal");
        Object unused = signal.getMethod("raise", signal)
                .invoke(null, signal.getConstructor(String.class).newInstance("INT"));
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!interrupt.isRequested() && System.nanoTime() < deadline) {
            Thread.sleep(5);
        }
    }

    @Test
    void givesEverythingWithoutCtrlC() {
        try (Interrupt interrupt = new Interrupt()) {
            Stoppable<String> names = stoppable(Stream.of("a", "b", "c"), interrupt);

            assertThat(names).toIterable().containsExactly("a", "b", "c");
            assertThat(names.given()).isEqualTo(3);
            assertThat(done.get()).isEqualTo(2);
            assertThatCode(names::throwFailure).doesNotThrowAnyException();
        }
    }

    @Test
    void endsAfterTheElementThatIsBeingWorkedOnAtCtrlC() throws Exception {
        try (Interrupt interrupt = new Interrupt()) {
            Stoppable<String> names = stoppable(Stream.of("a", "b", "c"), interrupt);
            assertThat(names.next()).isEqualTo("a");

            pressCtrlC(interrupt);

            assertThat(interrupt.isRequested()).isTrue();
            assertThat(names.hasNext()).isFalse();
            assertThat(names.given()).isEqualTo(1);
        }
    }

    @Test
    void endsWhereAnElementCannotBeReadAndTellsItThen() {
        try (Interrupt interrupt = new Interrupt()) {
            Stoppable<String> names = stoppable(
                    Stream.of("a", "broken", "c").peek(name -> {
                        if (name.equals("broken")) {
                            throw new UncheckedIOException(new IOException("b.jpg: expected an image, found text"));
                        }
                    }),
                    interrupt);

            assertThat(names).toIterable().containsExactly("a");
            assertThatThrownBy(names::throwFailure).hasMessage("b.jpg: expected an image, found text");
        }
    }
}
