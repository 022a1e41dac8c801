package io.tiepoint.train.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Draws the loss over the steps. */
final class LossPlot {
    private static final int POINTS = 300;

    private LossPlot() {}

    /** Draws the metrics of a stage; each point is the mean of its neighbours, so that the course can be seen. */
    static void write(String stage, Path metrics, Path picture) throws IOException {
        List<Double> steps = new ArrayList<>();
        List<Double> losses = new ArrayList<>();
        List<Double> validationSteps = new ArrayList<>();
        List<Double> scores = new ArrayList<>();
        for (JsonNode line : MetricsLog.read(metrics)) {
            if (line.hasNonNull("loss")) {
                steps.add(line.get("step").asDouble());
                losses.add(line.get("loss").asDouble());
            } else if (line.hasNonNull("score")) {
                validationSteps.add(line.get("step").asDouble());
                scores.add(line.get("score").asDouble());
            }
        }
        if (steps.isEmpty()) {
            return;
        }
        XYChart chart = new XYChartBuilder()
                .width(900)
                .height(500)
                .title(stage)
                .xAxisTitle("step")
                .yAxisTitle("loss")
                .build();
        chart.getStyler().setLegendPosition(Styler.LegendPosition.InsideNE);
        int group = Math.max(1, steps.size() / POINTS);
        chart.addSeries("training", means(steps, group), means(losses, group)).setMarker(SeriesMarkers.NONE);
        if (!scores.isEmpty()) {
            chart.addSeries("validation", means(validationSteps, 1), means(scores, 1));
        }
        Path temporary = picture.resolveSibling(picture.getFileName() + ".tmp");
        // Through memory: a stream with a file as its cache cannot be opened once Ctrl-C has begun to end the program.
        try (OutputStream out = Files.newOutputStream(temporary);
                MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
            ImageIO.write(BitmapEncoder.getBufferedImage(chart), "png", stream);
        }
        Files.move(temporary, picture, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private static double[] means(List<Double> values, int group) {
        double[] means = new double[values.size() / group];
        for (int i = 0; i < means.length; i++) {
            means[i] = values.subList(i * group, (i + 1) * group).stream()
                    .mapToDouble(Double::doubleValue)
                    .average()
                    .orElseThrow();
        }
        return means;
    }
}
