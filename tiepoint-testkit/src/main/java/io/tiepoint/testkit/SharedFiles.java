package io.tiepoint.testkit;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Fixtures that are too large for the repository: photographs and reference outputs, in the folder {@code tiepoint.shared}. */
public final class SharedFiles {
    private SharedFiles() {}

    /** A file or folder, by its path in the folder; the test that asks for one that is missing is skipped. */
    public static Path get(String path) {
        String root = System.getProperty("tiepoint.shared", "");
        Path file = Path.of(root, path);
        assumeTrue(
                !root.isEmpty() && Files.exists(file),
                "skipped: there is no " + path + " in the folder that the system property tiepoint.shared names");
        return file;
    }
}
