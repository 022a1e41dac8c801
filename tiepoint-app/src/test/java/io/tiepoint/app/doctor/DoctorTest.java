package io.tiepoint.app.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.tiepoint.synthetic.blender.BlenderProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class DoctorTest {
    @TempDir
    private Path folder;

    private List<Finding> examine(Map<String, String> environment) {
        return new Doctor(environment, folder).examine();
    }

    private static Finding named(List<Finding> findings, String name) {
        return findings.stream().filter(f -> f.name().equals(name)).findFirst().orElseThrow();
    }

    private void program(String name, String body) throws IOException {
        Path file = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + body + "\n");
        Path executable = Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThat(executable).isExecutable();
    }

    @Test
    void whatCanBeDoneWithoutIsMissingAndNotWrong() {
        List<Finding> findings = examine(Map.of("PATH", folder.toString()));
        assertThat(findings).allMatch(Finding::isFine);
        assertThat(findings)
                .filteredOn(f -> f.need() == Finding.Need.REQUIRED)
                .extracting(Finding::name)
                .contains("Java", "memory", "ONNX Runtime", "OpenCV", "libtorch", "weights", "working folder");
        Finding blender = named(findings, "Blender");
        assertThat(blender.status()).isEqualTo(Finding.Status.MISSING);
        assertThat(blender.advice()).contains("apt-get install blender", "https://www.blender.org");
        assertThat(named(findings, "Python").status()).isEqualTo(Finding.Status.MISSING);
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "the stand-ins are shell scripts")
    void whatIsThereAndDoesNotWorkIsSaidWithItsReason() throws IOException {
        program("blender", "echo 'error while loading shared libraries: libfoo.so'; exit 127");
        program("python3", "exit 1");
        List<Finding> findings = examine(Map.of("PATH", folder.toString()));
        Finding blender = named(findings, "Blender");
        assertThat(blender.status()).isEqualTo(Finding.Status.FAILED);
        assertThat(blender.found()).contains("exit code 127", "libfoo.so");
        assertThat(blender.isFine()).isTrue();
        assertThat(named(findings, "Python").status()).isEqualTo(Finding.Status.FAILED);
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "the stand-ins are shell scripts")
    void aBlenderWithoutNumPyIsToldHowToGetIt() throws IOException {
        program("blender", "echo '{\"blender\": \"3.4.1\", \"problem\": \"numpy\"}' > \"${PWD}/done.json\"");
        program("python3", "echo '{\"python\": \"3.11.2\", \"numpy\": \"1.24.2\"}'");
        List<Finding> findings = examine(Map.of("PATH", folder.toString()));
        assertThat(named(findings, "Blender").advice()).contains("apt-get install python3-numpy");
        assertThat(named(findings, "Python's numpy").found()).isEqualTo("1.24.2");
        assertThat(named(findings, "Python's torch").status()).isEqualTo(Finding.Status.MISSING);
    }

    @Test
    void aBlenderThatIsNamedWronglyIsNotPassedOver() {
        Path gone = folder.resolve("gone");
        Finding blender = named(examine(Map.of(BlenderProgram.VARIABLE, gone.toString())), "Blender");
        assertThat(blender.status()).isEqualTo(Finding.Status.FAILED);
        assertThat(blender.found()).contains(gone.toString(), "no such file");
    }

    @Test
    void whatIsRequiredAndDoesNotWorkFailsWithWhatToDo() {
        Finding library = Doctor.loads("libtorch", () -> {
            throw new UnsatisfiedLinkError("no jnitorch in java.library.path\nand more");
        });
        assertThat(library.isFine()).isFalse();
        assertThat(library.found()).isEqualTo("does not load: no jnitorch in java.library.path");
        assertThat(library.advice()).isNotEmpty();
        assertThat(Doctor.java(11).advice()).contains("17 or newer");
        assertThat(Doctor.memory(64).advice()).contains("TIEPOINT_JAVA_OPTS");
        assertThat(Doctor.disk("working folder", folder.resolve("gone")).isFine())
                .isFalse();
    }
}
