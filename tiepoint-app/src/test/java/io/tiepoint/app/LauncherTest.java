package io.tiepoint.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The launcher on machines that are not ready; what it starts is tested by all the others. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the launcher is a bash script")
class LauncherTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"1.8.0_402, 8", "11.0.2, 11", "16, 16"})
    void anOldJavaIsNamedWithWhatIsNeeded(String version, String feature) throws Exception {
        script("java", "echo 'openjdk version \"" + version + "\" 2020-01-01' >&2");
        Ended ended = launch("demo");
        assertThat(ended.exitCode).isEqualTo(1);
        assertThat(ended.text)
                .contains("expected a JDK 17 or newer", folder.resolve("java") + " (version " + feature + ")")
                .hasLineCount(1);
    }

    @Test
    void aBrokenJavaIsNamedToo() throws Exception {
        script("java", "exit 3");
        assertThat(launch("demo").text).contains("(version unknown)").hasLineCount(1);
    }

    private void script(String name, String body) throws IOException {
        Path file = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + body + "\n");
        Path ignored = Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private record Ended(int exitCode, String text) {}

    private Ended launch(String... args) throws Exception {
        ProcessBuilder builder =
                new ProcessBuilder(DocumentsTest.ROOT.resolve("tiepoint").toString());
        builder.command().addAll(List.of(args));
        builder.environment().remove("JAVA_HOME");
        builder.environment().merge("PATH", folder.toString(), (path, first) -> first + ":" + path);
        Process process = builder.redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), text);
    }
}
