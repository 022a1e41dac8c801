package io.tiepoint.app.doctor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Looks for Python and what reads our data there. The program itself does without. */
final class PythonProbe {
    private static final int LIMIT_S = 30;

    /** Versions as the packages' own records tell them: importing torch alone takes seconds. */
    private static final String SCRIPT = """
            import importlib.metadata, json, platform
            found = {"python": platform.python_version()}
            for name in ("numpy", "torch"):
                try:
                    found[name] = importlib.metadata.version(name)
                except importlib.metadata.PackageNotFoundError:
                    pass
            print(json.dumps(found))
            """;

    private static final String GET_PYTHON = "reads data sets and weights outside of this program; Debian and Ubuntu:"
            + " apt-get install python3; other systems: https://www.python.org";

    private final Map<String, String> environment;

    PythonProbe(Map<String, String> environment) {
        this.environment = environment;
    }

    List<Finding> examine() {
        Path python = find();
        if (python == null) {
            return List.of(Doctor.optional("Python", Finding.Status.MISSING, "no python3 on the PATH", GET_PYTHON));
        }
        JsonNode versions;
        try {
            versions = versions(python);
        } catch (IOException e) {
            return List.of(Doctor.optional("Python", Finding.Status.FAILED, python + " does not run", GET_PYTHON));
        }
        List<Finding> findings = new ArrayList<>();
        findings.add(Doctor.optional(
                "Python", Finding.Status.OK, versions.path("python").asText() + ", " + python, ""));
        findings.add(module(versions, "numpy", "reads data sets; Debian and Ubuntu: apt-get install python3-numpy"));
        findings.add(
                module(versions, "torch", "reads weights of your own, and trains; https://pytorch.org/get-started"));
        return findings;
    }

    private static Finding module(JsonNode versions, String name, String advice) {
        String version = versions.path(name).asText("");
        return version.isEmpty()
                ? Doctor.optional("Python's " + name, Finding.Status.MISSING, "none", advice)
                : Doctor.optional("Python's " + name, Finding.Status.OK, version, "");
    }

    private @Nullable Path find() {
        for (String folder : environment.getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
            for (String name : List.of("python3", "python3.exe")) {
                Path file = inFolder(folder, name);
                if (file != null && Files.isRegularFile(file) && Files.isExecutable(file)) {
                    return file;
                }
            }
        }
        return null;
    }

    /** Whatever stands in a PATH. */
    private static @Nullable Path inFolder(String folder, String name) {
        try {
            return folder.isBlank() ? null : Path.of(folder, name);
        } catch (InvalidPathException e) {
            return null;
        }
    }

    private static JsonNode versions(Path python) throws IOException {
        Path answer = Files.createTempFile("tiepoint-python-", ".json");
        try {
            Process process = new ProcessBuilder(python.toString(), "-c", SCRIPT)
                    .redirectOutput(answer.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!ended(process) || process.exitValue() != 0) {
                throw new IOException(python + ": expected it to run a script");
            }
            return new ObjectMapper().readTree(Files.readAllBytes(answer));
        } catch (JsonProcessingException e) {
            throw new IOException(python + ": expected versions, found something else", e);
        } finally {
            Files.delete(answer);
        }
    }

    private static boolean ended(Process process) {
        try {
            return process.waitFor(LIMIT_S, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            if (process.isAlive()) {
                process.destroyForcibly();
            }
        }
    }
}
