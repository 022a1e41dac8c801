package io.tiepoint.synthetic.blender;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One start of Blender with a folder of its own. When it is closed, or the program ends, neither is left. */
final class BlenderRun implements AutoCloseable {
    private static final Set<BlenderRun> LIVE = ConcurrentHashMap.newKeySet();
    private static final int PATIENCE_S = 10;
    private static final String LOG = "log.txt";

    /** Lines of Blender that say nothing of the cause. */
    private static final List<String> NOISE = List.of(
            "Blender quit",
            "Fra:",
            "Saved:",
            "Location:",
            "Error: script failed",
            "Error: Not freed",
            "Error: Python:");

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(BlenderRun::closeAll, "end of Blender"));
    }

    private final BlenderProgram program;
    private final Path folder;
    private @Nullable Process process;
    private boolean closed;

    BlenderRun(BlenderProgram program) throws IOException {
        this.program = program;
        folder = Files.createTempDirectory("tiepoint-blender-").toRealPath();
        boolean ignored = LIVE.add(this);
    }

    private static void closeAll() {
        LIVE.forEach(BlenderRun::close);
    }

    /** Where the files of this run are. */
    Path folder() {
        return folder;
    }

    /**
     * Runs a command in the folder and waits for its end.
     *
     * @throws IOException if it fails, takes too long, or this thread is interrupted
     */
    void start(List<String> command, int limitS) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(LOG).toFile());
        keepApart(builder.environment());
        Process started;
        try {
            started = begin(builder);
        } catch (IOException e) {
            throw new IOException(
                    program.file() + ": expected Blender to start, found: " + e.getMessage() + "; "
                            + BlenderProgram.HOW_TO_GET,
                    e);
        }
        try {
            if (!started.waitFor(limitS, TimeUnit.SECONDS)) {
                throw new IOException(program.file() + ": expected Blender to end within " + limitS
                        + " s, found it still running; it was stopped; take fewer samples or a higher limit");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("blender: interrupted; it was stopped").initCause(e);
        }
        if (started.exitValue() != 0) {
            throw new IOException(program.file() + ": expected Blender to succeed, found exit code "
                    + started.exitValue() + lastWords());
        }
    }

    /** What is set up for the user's own Blender must not change pictures, and what it leaves about is left in the folder. */
    private void keepApart(Map<String, String> environment) {
        environment.keySet().removeIf(name -> name.startsWith("BLENDER_") || name.startsWith("CYCLES_"));
        environment.remove("OCIO");
        for (String name : List.of(
                "TMPDIR",
                "TEMP",
                "TMP",
                "BLENDER_USER_RESOURCES",
                "BLENDER_USER_CONFIG",
                "BLENDER_USER_SCRIPTS",
                "BLENDER_USER_DATAFILES")) {
            environment.put(name, folder.toString());
        }
        environment.put("PYTHONDONTWRITEBYTECODE", "1");
        environment.put("PWD", folder.toString()); // which Blender believes
    }

    /** Not while the program ends: nobody would stop what starts then. */
    private synchronized Process begin(ProcessBuilder builder) throws IOException {
        if (closed) {
            throw new InterruptedIOException("the program ends");
        }
        Process started = builder.start();
        process = started;
        return started;
    }

    /** The last line that speaks of an error, or else the last one; nothing if there is none. */
    String lastWords() {
        String words = "";
        try {
            // Blender writes names of files as the system has them, in whatever encoding.
            for (String line : Files.readAllLines(folder.resolve(LOG), StandardCharsets.ISO_8859_1)) {
                String text = line.strip().replaceAll("\\p{Cntrl}", "?");
                if (isWorthTelling(text) && (saysError(text) || !saysError(words))) {
                    words = text;
                }
            }
        } catch (IOException e) {
            return "";
        }
        return words.isEmpty() ? "" : ", with the words: " + words;
    }

    private static boolean isWorthTelling(String text) {
        return !text.isEmpty() && NOISE.stream().noneMatch(text::startsWith);
    }

    private static boolean saysError(String text) {
        return text.toLowerCase(Locale.ROOT).contains("error");
    }

    @Override
    public synchronized void close() {
        closed = true;
        Process running = process;
        if (running != null) {
            running.descendants().forEach(ProcessHandle::destroyForcibly);
            Process killed = running.destroyForcibly();
            boolean interrupted = Thread.interrupted();
            try {
                boolean ignored = killed.waitFor(PATIENCE_S, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        delete();
        boolean ignored = LIVE.remove(this);
    }

    private void delete() {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                boolean ignored = Files.deleteIfExists(file);
            }
        } catch (IOException | java.io.UncheckedIOException e) {
            // The system clears its folder for temporary files sooner or later.
            return;
        }
    }
}
