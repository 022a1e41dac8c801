package io.tiepoint.match.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtEnvironment;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class OnnxEnvironmentTest {
    /** Stands in for a program with a long class path. */
    public static final class Program {
        private Program() {}

        /** Opens the environment. */
        public static void main(String[] arguments) {
            if (OnnxEnvironment.get() == null) {
                throw new IllegalStateException();
            }
        }
    }

    @Test
    void theLibraryKnowsNoAddressToReportTo() throws IOException {
        try (InputStream library =
                OrtEnvironment.class.getResourceAsStream("/ai/onnxruntime/native/linux-x64/libonnxruntime.so")) {
            assertThat(library).isNotNull();
            String text = new String(library.readAllBytes(), StandardCharsets.ISO_8859_1);
            assertThat(text.contains("events.data.microsoft.com")).isFalse();
        }
    }

    @Test
    void opensInAProcessWithALongCommandLine() throws Exception {
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-Dpadding=" + "x".repeat(50_000),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Program.class.getName())
                .inheritIO()
                .start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).isZero();
    }
}
