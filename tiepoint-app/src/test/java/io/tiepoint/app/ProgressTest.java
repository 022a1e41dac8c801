package io.tiepoint.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ProgressTest {
    @Test
    void tellsRateAndTimeLeft() {
        try (Progress progress = Progress.start("features", "steps", 0, 400, new PrintWriter(new StringWriter()))) {
            progress.stepTo(100);
            assertThat(progress.line(50)).isEqualTo("features: 100/400 steps, 2.0/s, 2:30 min left");
        }
    }

    @Test
    void aResumedWorkDoesNotCountWhatWasThere() {
        try (Progress progress = Progress.start("features", "steps", 100, 400, new PrintWriter(new StringWriter()))) {
            progress.stepTo(110);
            progress.note("loss 1.5");
            assertThat(progress.line(10)).isEqualTo("features: 110/400 steps, 1.0/s, 4:50 min left, loss 1.5");
        }
    }
}
