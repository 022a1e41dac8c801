package io.tiepoint.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

class FailuresTest {
    @Test
    void aWrongOptionIsWrongUsage() {
        Report report = report(new IllegalArgumentException("maxKeypoints: expected > 0, found -1"), false);
        assertThat(report.exitCode()).isEqualTo(2);
        assertThat(report.text()).isEqualToIgnoringNewLines("tiepoint: maxKeypoints: expected > 0, found -1");
    }

    @Test
    void aBadFileIsAFailure() {
        Report report =
                report(new UncheckedIOException(new IOException("a.jpg: expected an image, found text")), false);
        assertThat(report.exitCode()).isEqualTo(1);
        assertThat(report.text()).isEqualToIgnoringNewLines("tiepoint: a.jpg: expected an image, found text");
    }

    @Test
    void aMissingFileIsNamed() {
        assertThat(report(new NoSuchFileException("a.jpg"), false).text()).contains("a.jpg: expected", "found none");
    }

    @Test
    void aFullDiskIsNamed() {
        FileSystemException full = new FileSystemException("out.png", null, "No space left on device");
        assertThat(report(full, false).text()).contains("out.png: No space left on device");
    }

    @Test
    void aMistakeOfOursIsASentenceToo() {
        Report report = report(new NullPointerException(), false);
        assertThat(report.exitCode()).isEqualTo(1);
        assertThat(report.text()).hasLineCount(1).contains("NullPointerException", "--stacktrace");
    }

    @Test
    void memoryThatIsUsedUpSaysWhatToDo() {
        assertThat(report(new OutOfMemoryError("Java heap space"), false).text())
                .contains("-Xmx8g");
    }

    @Test
    void theStackTraceIsShownOnRequestOnly() {
        assertThat(report(new IOException("x"), true).text()).contains("\tat ");
        assertThat(report(new IOException("x"), false).text()).doesNotContain("\tat ");
    }

    private record Report(int exitCode, String text) {}

    private static Report report(Throwable thrown, boolean stacktrace) {
        StringWriter text = new StringWriter();
        int exitCode = Failures.report(thrown, new PrintWriter(text, true), stacktrace);
        return new Report(exitCode, text.toString());
    }
}
