package io.tiepoint.train.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedWriter;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The metrics of every step as JSON Lines. */
final class MetricsLog implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final MathContext DIGITS = new MathContext(6);

    private final BufferedWriter writer;

    /** Opens the log and drops what lies at or after a step: it will be made again. */
    MetricsLog(Path file, long firstStep) throws IOException {
        if (Files.exists(file)) {
            List<String> kept = new ArrayList<>();
            for (JsonNode line : read(file)) {
                if (line.path("step").asLong() < firstStep) {
                    kept.add(line.toString());
                }
            }
            Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
            Files.write(temporary, kept);
            Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        }
        writer = Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** Writes one line; of each figure six digits, and null of one that is not finite. */
    void write(long step, Map<String, Double> figures) throws IOException {
        ObjectNode line = JSON.createObjectNode().put("step", step);
        figures.forEach((name, value) -> {
            if (Double.isFinite(value)) {
                line.put(name, new BigDecimal(value).round(DIGITS).doubleValue());
            } else {
                line.putNull(name);
            }
        });
        writer.write(line.toString());
        writer.newLine();
    }

    /** Makes sure that the lines are in the file. */
    void flush() throws IOException {
        writer.flush();
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }

    /** Reads the lines; a last line that was cut off by a kill is left out. */
    static List<JsonNode> read(Path file) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String text : Files.readAllLines(file)) {
            try {
                JsonNode line = JSON.readTree(text);
                if (line.has("step")) {
                    lines.add(line);
                }
            } catch (JsonProcessingException e) {
                break;
            }
        }
        return lines;
    }
}
