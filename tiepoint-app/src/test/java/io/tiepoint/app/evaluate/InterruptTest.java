package io.tiepoint.app.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

class InterruptTest {
    private static void pressCtrlC() throws ReflectiveOperationException {
        Class<?> signal = Class.forName("sun.misc.Signal");
        Object unused = signal.getMethod("raise", signal)
                .invoke(null, signal.getConstructor(String.class).newInstance("INT"));
    }

    private static void await(Interrupt interrupt) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!interrupt.isRequested() && System.nanoTime() < deadline) {
            Thread.sleep(5);
        }
    }

    @Test
    void endsALoopAfterTheElementThatIsBeingWorkedOn() throws Exception {
        try (Interrupt interrupt = new Interrupt()) {
            Iterator<String> names = interrupt.stopping(List.of("a", "b", "c").iterator(), () -> {});
            assertThat(names.next()).isEqualTo("a");
            assertThat(names.hasNext()).isTrue();

            pressCtrlC();
            await(interrupt);

            assertThat(interrupt.isRequested()).isTrue();
            assertThat(names.hasNext()).isFalse();
        }
    }

    @Test
    void runsToTheEndWithoutCtrlC() {
        try (Interrupt interrupt = new Interrupt()) {
            Iterator<String> names = interrupt.stopping(List.of("a", "b").iterator(), () -> {});

            assertThat(names).toIterable().containsExactly("a", "b");
            assertThat(interrupt.isRequested()).isFalse();
        }
    }
}
