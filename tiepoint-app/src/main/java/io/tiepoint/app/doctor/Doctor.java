package io.tiepoint.app.doctor;

import io.tiepoint.match.Tiepoint;
import io.tiepoint.match.classical.OpenCvThreads;
import io.tiepoint.match.onnx.OnnxEnvironment;
import io.tiepoint.match.onnx.TiepointModels;
import io.tiepoint.synthetic.blender.BlenderProgram;
import io.tiepoint.synthetic.blender.BlenderReport;
import io.tiepoint.train.torch.Torch;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

/** Looks whether a machine has what the program needs and can use. Downloads nothing. */
public final class Doctor {
    private static final int LEAST_JAVA = 17;
    private static final long MIB = 1L << 20;
    private static final long LEAST_HEAP_MIB = 400;
    private static final long LEAST_DISK_MIB = 1024;
    private static final String MEMORY_ADVICE = "give it more with TIEPOINT_JAVA_OPTS=-Xmx2g";
    private static final String NATIVE_ADVICE =
            "build on the machine that runs the program; glibc 2.28 or newer, or macOS or"
                    + " Windows on x86-64 or arm64, is expected";

    private final Map<String, String> environment;
    private final Path workingFolder;

    /**
     * Looks at this machine.
     *
     * @param environment variables by name, which tell where programs are
     * @param workingFolder where results would go
     */
    public Doctor(Map<String, String> environment, Path workingFolder) {
        this.environment = Map.copyOf(environment);
        this.workingFolder = workingFolder;
    }

    /** Looks at everything; takes some seconds. */
    public List<Finding> examine() {
        List<Finding> findings = new ArrayList<>();
        findings.add(java(Runtime.version().feature()));
        findings.add(memory(Runtime.getRuntime().maxMemory() / MIB));
        findings.add(ok("processors", Runtime.getRuntime().availableProcessors() + " cores"));
        findings.add(loads("ONNX Runtime", OnnxEnvironment::version));
        findings.add(loads("OpenCV", OpenCvThreads::version));
        findings.add(loads("libtorch", Torch::version));
        findings.add(weights());
        findings.add(disk("working folder", workingFolder));
        findings.add(disk("temporary folder", Path.of(System.getProperty("java.io.tmpdir", "."))));
        findings.add(blender());
        findings.addAll(new PythonProbe(environment).examine());
        return List.copyOf(findings);
    }

    static Finding ok(String name, String found) {
        return new Finding(name, Finding.Need.REQUIRED, Finding.Status.OK, found, "");
    }

    private static Finding failed(String name, String found, String advice) {
        return new Finding(name, Finding.Need.REQUIRED, Finding.Status.FAILED, found, advice);
    }

    static Finding java(int feature) {
        String found = Runtime.version() + ", " + System.getProperty("os.name") + " " + System.getProperty("os.arch");
        return feature >= LEAST_JAVA
                ? ok("Java", found)
                : failed("Java", found, "get version " + LEAST_JAVA + " or newer from https://adoptium.net");
    }

    static Finding memory(long heapMib) {
        String found = heapMib + " MiB for Java" + physical();
        return heapMib >= LEAST_HEAP_MIB ? ok("memory", found) : failed("memory", found, MEMORY_ADVICE);
    }

    private static String physical() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? " of " + system.getTotalMemorySize() / MIB + " MiB"
                : "";
    }

    /** Whether a native library can be used; whatever it throws is a finding, not a failure of the examination. */
    static Finding loads(String name, Callable<String> version) {
        try {
            return ok(name, version.call());
        } catch (Exception | LinkageError e) {
            return failed(name, "does not load: " + words(e), NATIVE_ADVICE);
        }
    }

    private static Finding weights() {
        try (Tiepoint ignored = Tiepoint.open()) {
            return ok("weights", TiepointModels.EXTRACTOR + ", " + TiepointModels.MATCHER);
        } catch (Exception | LinkageError e) {
            return failed("weights", words(e), "check the installation out and build it again");
        }
    }

    static Finding disk(String name, Path folder) {
        try {
            FileStore store = Files.getFileStore(folder);
            long free = store.getUsableSpace() / MIB;
            String found = folder + ", " + free + " MiB free";
            if (!Files.isWritable(folder)) {
                return failed(name, folder + ", not writable", "work in a folder of your own");
            }
            return free >= LEAST_DISK_MIB
                    ? ok(name, found)
                    : failed(name, found, "make room: " + LEAST_DISK_MIB + " MiB are expected");
        } catch (IOException e) {
            return failed(name, folder + ", not there", "work in a folder of your own");
        }
    }

    private Finding blender() {
        BlenderProgram program;
        try {
            program = BlenderProgram.find(environment);
        } catch (IOException e) {
            boolean named = environment.containsKey(BlenderProgram.VARIABLE);
            return optional(
                    "Blender",
                    named ? Finding.Status.FAILED : Finding.Status.MISSING,
                    named ? firstPart(e) : "none on the PATH",
                    BlenderProgram.HOW_TO_GET);
        }
        try {
            BlenderReport report = program.probe();
            String denoiser = report.denoiser() ? "with a denoiser" : "without a denoiser, as Debian builds it";
            return optional(
                    "Blender", Finding.Status.OK, report.version() + ", " + program.file() + ", " + denoiser, "");
        } catch (IOException e) {
            return optional("Blender", Finding.Status.FAILED, firstPart(e), lastPart(e));
        }
    }

    static Finding optional(String name, Finding.Status status, String found, String advice) {
        return new Finding(name, Finding.Need.OPTIONAL, status, found, advice);
    }

    /** Our messages end with what to do, after a semicolon. */
    private static String firstPart(IOException e) {
        String message = words(e);
        int end = message.indexOf("; ");
        return end < 0 ? message : message.substring(0, end);
    }

    private static String lastPart(IOException e) {
        String message = words(e);
        int end = message.indexOf("; ");
        return end < 0 ? BlenderProgram.HOW_TO_GET : message.substring(end + 2);
    }

    private static String words(Throwable e) {
        String message = Optional.ofNullable(e.getMessage()).orElse("");
        String first = message.lines().findFirst().orElse("");
        return first.isBlank() ? e.getClass().getSimpleName().toLowerCase(Locale.ROOT) : first;
    }
}
