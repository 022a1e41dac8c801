package io.tiepoint.testkit.parity;

import static org.assertj.core.api.Assertions.assertThat;

import io.tiepoint.testkit.Tolerance;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/**
 * Compares values with a reference's, and writes down by how much they differ where the system property
 * {@code tiepoint.parity.record} names a file: one line each with case, output, who computed, bar and difference, for
 * {@link ParityTable}.
 */
public final class ParityRecord {
    /** In Java alone. */
    public static final String JAVA = "Java";

    /** In libtorch. */
    public static final String LIBTORCH = "libtorch";

    /** By an exported file in ONNX Runtime. */
    public static final String ONNX_RUNTIME = "ONNX Runtime";

    private ParityRecord() {}

    /**
     * Fails if values differ from a reference's by more than a bar.
     *
     * @param output the reference's, such as {@code superglue/main/log_assignment}
     * @param where who computed
     * @param bar largest absolute difference; 0 for equal
     */
    public static void assertWithin(String output, String where, float[] found, float[] expected, double bar) {
        double difference = Tolerance.largestDifference(found, expected);
        note(output, where, bar, difference);
        assertThat(difference).as("%s in %s", output, where).isLessThanOrEqualTo(bar);
    }

    /** Writes down a comparison that was made elsewhere. */
    public static void note(String output, String where, double bar, double difference) {
        String file = System.getProperty("tiepoint.parity.record", "");
        if (file.isEmpty()) {
            return;
        }
        String caller = StackWalker.getInstance()
                .walk(frames -> frames.map(StackWalker.StackFrame::getClassName)
                        .filter(name -> name.endsWith("Test"))
                        .findFirst()
                        .orElse("?"));
        String line = String.format(
                Locale.ROOT, "%s\t%s\t%s\t%s\t%s%n", output, where, bar, difference, caller.replaceFirst(".*\\.", ""));
        try {
            Files.writeString(Path.of(file), line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
