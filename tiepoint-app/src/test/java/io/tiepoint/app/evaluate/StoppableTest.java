package io.tiepoint.app.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StoppableTest {
    private static final int SIGINT = 2;

    private final AtomicInteger done = new AtomicInteger();

    private Stoppable<String> stoppable(Stream<String> elements, Interrupt interrupt) {
        return new Stoppable<>(elements.iterator(), interrupt, () -> {
            int unused = done.incrementAndGet();
        });
    }

    /** A shell starts background processes so; Java then leaves the signal alone. Known on Linux only. */
    private static boolean ignoresCtrlC() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return false;
        }
        String ignored = Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .findFirst()
                .orElse("SigIgn:\t0");
        long mask = Long.parseUnsignedLong(ignored.substring("SigIgn:".length()).strip(), 16);
        return (mask & 1L << (SIGINT - 1)) != 0;
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
        assumeThat(ignoresCtrlC())
                .as("a process that was started in the background ignores Ctrl-C")
                .isFalse();
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
