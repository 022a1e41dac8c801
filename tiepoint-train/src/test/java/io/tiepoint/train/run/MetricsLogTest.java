package io.tiepoint.train.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsLogTest {
    @TempDir
    private Path folder;

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("metrics.jsonl"), text);
    }

    @Test
    void writesSixDigitsOfEveryFigure() throws IOException {
        Path file = folder.resolve("metrics.jsonl");
        try (MetricsLog log = new MetricsLog(file, 0)) {
            log.write(7, Map.of("learningRate", 1.23456789e-7));
            log.write(8, Map.of("loss", 123456.789));
            log.write(9, Map.of("loss", 0.0));
        }

        assertThat(file).hasContent("""
                {"step":7,"learningRate":1.23457E-7}
                {"step":8,"loss":123457.0}
                {"step":9,"loss":0.0}
                """);
    }

    /** JSON has no word for them, and 0 would be a lie. */
    @Test
    void writesNullForWhatIsNoNumber() throws IOException {
        Path file = folder.resolve("metrics.jsonl");
        try (MetricsLog log = new MetricsLog(file, 0)) {
            log.write(1, Map.of("gradientNorm", Double.NaN));
            log.write(2, Map.of("gradientNorm", Double.POSITIVE_INFINITY));
        }

        assertThat(MetricsLog.read(file))
                .extracting(line -> line.path("gradientNorm").isNull())
                .containsExactly(true, true);
    }

    @Test
    void dropsWhatWillBeMadeAgain() throws IOException {
        Path file = file("""
                {"step":0,"loss":3}
                {"step":1,"loss":2}
                {"step":1,"score":2}
                {"step":2,"loss":1}
                {"step":3,"lo""");
        try (MetricsLog log = new MetricsLog(file, 2)) {
            log.write(2, Map.of("loss", 1.5));
        }

        assertThat(file).hasContent("""
                {"step":0,"loss":3}
                {"step":1,"loss":2}
                {"step":1,"score":2}
                {"step":2,"loss":1.5}
                """);
    }

    @Test
    void readsWholeLinesUpToOneThatIsCutOff() throws IOException {
        Path file = file("{\"step\":0}\n\n{\"step\":1}\n{\"step\":2");

        assertThat(MetricsLog.read(file))
                .extracting((JsonNode line) -> line.path("step").asInt())
                .containsExactly(0, 1);
    }
}
