package io.tiepoint.app;

import io.tiepoint.app.synth.SetReport;
import io.tiepoint.core.check.Check;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tiepoint synth report}: what is in a data set, and what it lacks. */
@Command(
        name = "report",
        header =
                "Measures a data set: distributions, what is missing against photographs, which parameter would fill it.",
        footer = {"", "Example:", "  tiepoint synth report data/images --against ~/photos"})
final class SynthReportCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "The data set.")
    private Path dataSet;

    @Option(names = "--against", paramLabel = "PHOTOS", description = "Compare with the photos of this folder.")
    private @Nullable Path against;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "2000",
            description = "Measure at most so many samples, and photos (default: ${DEFAULT-VALUE}).")
    private int limit;

    @Option(
            names = "--out",
            paramLabel = "FILE.html",
            description =
                    "Where to write the page; the figures go beside it as JSON (default: report.html in the data set).")
    private @Nullable Path out;

    @Option(names = "--overwrite", description = "Write over a report that is there already.")
    private boolean overwrite;

    @Override
    public Integer call() throws IOException {
        Check.that(limit > 0, "--limit: expected > 0, found %s", limit);
        Path html = out == null ? dataSet.resolve("report.html") : out;
        String file = String.valueOf(html.getFileName());
        String stem = file.endsWith(".html") ? file.substring(0, file.length() - ".html".length()) : file;
        Path json = html.resolveSibling(stem + ".json");
        Outputs.expectWritable(html, overwrite);
        Outputs.expectWritable(json, overwrite);
        SetReport report = SetReport.of(dataSet, against, limit);
        Outputs.writeText(report.toHtml(), html);
        Outputs.writeText(report.toJson().toPrettyString() + "\n", json);
        PrintWriter tell = spec.commandLine().getOut();
        report.gaps().forEach(gap -> tell.println("missing: " + gap));
        tell.println("report: " + html);
        tell.flush();
        return 0;
    }
}
