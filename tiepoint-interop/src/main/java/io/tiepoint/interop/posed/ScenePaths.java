package io.tiepoint.interop.posed;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Paths that files name. */
public final class ScenePaths {
    private ScenePaths() {}

    /**
     * A path inside a folder.
     *
     * @param name relative
     * @param source that names it, for messages
     * @throws IOException if it leads out of the folder
     */
    public static Path inside(Path folder, String name, String source) throws IOException {
        try {
            Path resolved = folder.resolve(name).normalize();
            if (!name.isEmpty() && !Path.of(name).isAbsolute() && resolved.startsWith(folder.normalize())) {
                return resolved;
            }
        } catch (InvalidPathException e) {
            throw new IOException(source + ": expected the path of a file, found " + shown(name), e);
        }
        throw new IOException(source + ": expected the path of a file inside " + folder + ", found " + shown(name));
    }

    private static String shown(String name) {
        String line = name.replaceAll("\\p{Cntrl}", "?");
        return line.length() <= 100 ? line : line.substring(0, 100) + "...";
    }
}
