package io.tiepoint.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tiepoint.app.doctor.Doctor;
import io.tiepoint.app.doctor.Finding;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tiepoint doctor}: whether this machine has what the program needs and can use. */
@Command(
        name = "doctor",
        header = "Checks what Tiepoint needs on this machine, and says how to get what is missing.",
        description = {
            "",
            "Required are Java, some memory and disk, the native libraries of ONNX Runtime, OpenCV and libtorch, and the shipped"
                    + " weights, which are opened. Optional are Blender, for path-traced scenes, and Python, which reads data"
                    + " sets and weights. Downloads and changes nothing.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  tiepoint doctor",
            "  tiepoint doctor --json | jq '.checks[] | select(.status != \"OK\")'",
            "      for scripts: what is not there, or does not work",
            "",
            "Exit codes: 0 all that is required works, 1 something does not."
        })
final class DoctorCommand implements Callable<Integer> {
    private static final String FORMAT = "tiepoint-doctor/1";
    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    @Spec
    private CommandSpec spec;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        List<Finding> findings = new Doctor(System.getenv(), Path.of("").toAbsolutePath()).examine();
        PrintWriter out = spec.commandLine().getOut();
        out.print(json ? json(findings) : table(findings));
        out.flush();
        return exitCode(findings);
    }

    static int exitCode(List<Finding> findings) {
        return findings.stream().allMatch(Finding::isFine) ? 0 : 1;
    }

    static String table(List<Finding> findings) {
        int width = findings.stream().mapToInt(f -> f.name().length()).max().orElse(0);
        StringBuilder text = new StringBuilder();
        for (Finding.Need need : Finding.Need.values()) {
            text.append(need.name().toLowerCase(Locale.ROOT)).append('\n');
            for (Finding finding : findings) {
                if (finding.need() == need) {
                    text.append(String.format(
                                    Locale.ROOT,
                                    "  %-7s  %-" + width + "s  %s",
                                    word(finding.status()),
                                    finding.name(),
                                    finding.found()))
                            .append('\n');
                    if (!finding.advice().isEmpty()) {
                        text.append(" ".repeat(13 + width))
                                .append(finding.advice())
                                .append('\n');
                    }
                }
            }
        }
        return text.append(verdict(findings)).append('\n').toString();
    }

    private static String word(Finding.Status status) {
        return status == Finding.Status.FAILED ? "FAILED" : status.name().toLowerCase(Locale.ROOT);
    }

    private static String verdict(List<Finding> findings) {
        List<String> failed = findings.stream()
                .filter(finding -> !finding.isFine())
                .map(Finding::name)
                .toList();
        return failed.isEmpty()
                ? "All that is required works."
                : "Required, and does not work: " + String.join(", ", failed) + ".";
    }

    static String json(List<Finding> findings) throws JsonProcessingException {
        ObjectNode root = JSON.createObjectNode();
        root.put("format", FORMAT);
        root.put("ok", exitCode(findings) == 0);
        ArrayNode checks = root.putArray("checks");
        for (Finding finding : findings) {
            checks.addObject()
                    .put("name", finding.name())
                    .put("required", finding.need() == Finding.Need.REQUIRED)
                    .put("status", finding.status().name())
                    .put("found", finding.found())
                    .put("advice", finding.advice());
        }
        return JSON.writeValueAsString(root) + "\n";
    }
}
