package io.tiepoint.testkit.parity;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Makes a table in Markdown of what {@link ParityRecord} wrote down beside the reference's {@code tolerances.tsv}: each kind of
 * network and output, the bar, in how many cases it was compared, the largest difference, and what nothing was compared with.
 *
 * <p>Arguments: {@code RECORD TOLERANCES}.
 */
public final class ParityTable {
    private static final int COLUMNS = 5;

    private ParityTable() {}

    /** What is known of one kind of output. */
    private static final class Row {
        private final Set<String> cases = new TreeSet<>();
        private final Set<String> tests = new TreeSet<>();
        private final Map<String, Double> differences = new TreeMap<>();

        void add(String[] columns) {
            cases.add(columns[0].substring(0, columns[0].lastIndexOf('/')));
            tests.add(columns[4]);
            differences.merge(columns[1], Double.parseDouble(columns[3]), Math::max);
        }

        String words(String where) {
            Double difference = differences.get(where);
            return difference == null ? "" : number(difference);
        }
    }

    /** Prints the table. */
    public static void main(String[] arguments) throws IOException {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        Map<String, Row> rows = new TreeMap<>();
        Set<String> compared = new TreeSet<>();
        for (String line : Files.readAllLines(Path.of(arguments[0]))) {
            String[] columns = line.split("\t", -1);
            if (columns.length == COLUMNS) {
                compared.add(columns[0]);
                String name = network(columns[0]) + " | " + output(columns[0]) + " | "
                        + number(Double.parseDouble(columns[2]));
                rows.computeIfAbsent(name, unused -> new Row()).add(columns);
            }
        }
        out.println("| network | output | bar | cases | Java | libtorch | ONNX Runtime | tests |");
        out.println("| --- | --- | --- | --- | --- | --- | --- | --- |");
        rows.forEach((name, row) -> out.println("| "
                + String.join(
                        " | ",
                        List.of(
                                name,
                                String.valueOf(row.cases.size()),
                                row.words(ParityRecord.JAVA),
                                row.words(ParityRecord.LIBTORCH),
                                row.words(ParityRecord.ONNX_RUNTIME),
                                String.join(", ", row.tests)))
                + " |"));
        List<String> missing = new ArrayList<>();
        int all = 0;
        for (String line : Files.readAllLines(Path.of(arguments[1]))) {
            if (!line.startsWith("#")) {
                String[] columns = line.split("\t", -1);
                all++;
                if (!compared.contains(columns[0] + "/" + columns[1])) {
                    missing.add(columns[0] + "/" + columns[1]);
                }
            }
        }
        out.println();
        out.println((all - missing.size()) + " of the " + all + " outputs of " + arguments[1] + " were compared"
                + missing.stream().collect(Collectors.joining(", ", missing.isEmpty() ? "" : "; not: ", "")));
    }

    /** Networks of one architecture together. */
    private static String network(String output) {
        return output.substring(0, Math.max(output.indexOf('/'), 0)).replaceFirst("^lightglue-.*", "lightglue");
    }

    /** Both views together, and all layers' activations. */
    private static String output(String output) {
        if (output.startsWith("ops/")) {
            return "`" + output.substring("ops/".length()) + "`";
        }
        return "`"
                + output.substring(output.lastIndexOf('/') + 1)
                        .replaceFirst("(?<=[a-z])[01]$", "")
                        .replaceFirst("^act_.*", "act_*")
                + "`";
    }

    private static String number(double value) {
        return value == 0 ? "0" : String.format(Locale.ROOT, "%.1e", value).replace("e-0", "e-");
    }
}
