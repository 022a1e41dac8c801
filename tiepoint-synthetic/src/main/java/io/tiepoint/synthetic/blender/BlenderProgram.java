package io.tiepoint.synthetic.blender;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Blender as it is installed on this machine. */
public final class BlenderProgram {
    /** The environment variable that names Blender where it is not on the PATH. */
    public static final String VARIABLE = "TIEPOINT_BLENDER";

    /** What to do where there is none. */
    public static final String HOW_TO_GET = "Debian and Ubuntu: apt-get install blender python3-numpy;"
            + " other systems: https://www.blender.org/download; " + VARIABLE + " names it where it is not on the PATH";

    private static final List<String> NAMES = List.of("blender", "blender.exe");
    private static final Path ON_A_MAC = Path.of("/Applications/Blender.app/Contents/MacOS/Blender");
    private static final int PROBE_LIMIT_S = 120;
    private static final String SCRIPT = "render.py";

    private final Path file;

    private BlenderProgram(Path file) {
        this.file = file;
    }

    /**
     * Looks where {@link #VARIABLE} says, and else on the PATH.
     *
     * @throws IOException if there is none
     */
    public static BlenderProgram find() throws IOException {
        return find(System.getenv());
    }

    /**
     * Looks where an environment says.
     *
     * @param environment variables by name
     * @throws IOException if there is none
     */
    public static BlenderProgram find(Map<String, String> environment) throws IOException {
        String named = environment.getOrDefault(VARIABLE, "");
        if (!named.isBlank()) {
            return at(Path.of(named));
        }
        for (String folder : environment.getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
            for (String name : NAMES) {
                Path file = inFolder(folder, name);
                if (file != null && isProgram(file)) {
                    return new BlenderProgram(file);
                }
            }
        }
        if (isProgram(ON_A_MAC)) {
            return new BlenderProgram(ON_A_MAC);
        }
        throw new IOException("blender: expected it on the PATH, found none; " + HOW_TO_GET);
    }

    /** Whatever stands in a PATH; an empty entry would be the folder one is in. */
    private static @Nullable Path inFolder(String folder, String name) {
        try {
            return folder.isBlank() ? null : Path.of(folder, name);
        } catch (InvalidPathException e) {
            return null;
        }
    }

    /**
     * The Blender at a place.
     *
     * @throws IOException if no program is there
     */
    public static BlenderProgram at(Path file) throws IOException {
        if (!isProgram(file)) {
            throw new IOException(file + ": expected Blender, found "
                    + (Files.exists(file) ? "what cannot be run" : "no such file") + "; " + HOW_TO_GET);
        }
        return new BlenderProgram(file.toAbsolutePath());
    }

    private static boolean isProgram(Path file) {
        return Files.isRegularFile(file) && Files.isExecutable(file);
    }

    /** Where it is. */
    public Path file() {
        return file;
    }

    /**
     * Starts it and looks for what rendering needs. Takes some seconds.
     *
     * @throws IOException if it does not start, or something is missing
     */
    public BlenderReport probe() throws IOException {
        try (BlenderRun run = new BlenderRun(this)) {
            ObjectNode job = new ObjectMapper().createObjectNode();
            job.putArray("views");
            return render(run, job, 1, PROBE_LIMIT_S);
        }
    }

    /** Runs a job in the folder of a run. */
    BlenderReport render(BlenderRun run, ObjectNode job, int threads, int limitS) throws IOException {
        Path script = run.folder().resolve(SCRIPT);
        try (InputStream source = BlenderProgram.class.getResourceAsStream(SCRIPT)) {
            if (source == null) {
                throw new IllegalStateException(SCRIPT + ": expected it beside this class");
            }
            long ignored = Files.copy(source, script);
        }
        Path written = Files.write(run.folder().resolve("job.json"), new ObjectMapper().writeValueAsBytes(job));
        run.start(
                List.of(
                        file.toString(),
                        "--background",
                        "--factory-startup",
                        "--disable-autoexec",
                        "-noaudio",
                        "--threads",
                        Integer.toString(threads),
                        "--python-exit-code",
                        "3",
                        "--python",
                        script.toString(),
                        "--",
                        written.toString()),
                limitS);
        return report(run);
    }

    private BlenderReport report(BlenderRun run) throws IOException {
        Path done = run.folder().resolve("done.json");
        if (!Files.isRegularFile(done)) {
            throw new IOException(file + ": expected Blender to run a script, found that it ended without doing so"
                    + run.lastWords() + "; is this Blender? " + HOW_TO_GET);
        }
        JsonNode report;
        try {
            report = new ObjectMapper().readTree(Files.readAllBytes(done));
        } catch (JsonProcessingException e) {
            throw new IOException(file + ": expected a report of Blender, found something else", e);
        }
        String version = report.path("blender").asText();
        String problem = report.path("problem").asText("");
        if (!problem.isEmpty()) {
            throw new IOException(missing(version, problem));
        }
        return new BlenderReport(version, report.path("denoiser").asBoolean());
    }

    private String missing(String version, String problem) {
        String found = file + ": Blender " + version + ": ";
        return switch (problem) {
            case "numpy" ->
                found + "expected Python's numpy, found none;" + " Debian and Ubuntu: apt-get install python3-numpy";
            case "version" -> found + "expected version 3.3 or newer; " + HOW_TO_GET;
            default ->
                found + "expected the add-on " + problem
                        + ", found none; install a Blender that has all that comes with it, from"
                        + " https://www.blender.org/download";
        };
    }
}
