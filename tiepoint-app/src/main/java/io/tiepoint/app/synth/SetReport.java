package io.tiepoint.app.synth;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tiepoint.core.image.ImageSize;
import io.tiepoint.interop.dataset.DataSample;
import io.tiepoint.interop.dataset.DataSetReader;
import io.tiepoint.synthetic.images.PhotoFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Measures a data set, compares it with photographs, and says what it lacks and which parameter of the recipe would give it. */
public final class SetReport {
    private final SetStatistics set = new SetStatistics();
    private final SetStatistics photos = new SetStatistics();
    private final List<String> gaps = new ArrayList<>();
    private final String name;

    private SetReport(String name) {
        this.name = name;
    }

    /**
     * Measures.
     *
     * @param against folder of photographs to compare with
     * @param limit at most so many samples, and photographs
     */
    public static SetReport of(Path dataSet, @Nullable Path against, int limit) throws IOException {
        DataSetReader reader = DataSetReader.open(dataSet);
        SetReport report = new SetReport(String.valueOf(dataSet.getFileName()));
        ImageSize size = new ImageSize(640, 480);
        for (Iterator<DataSample> samples = reader.samples().limit(limit).iterator(); samples.hasNext(); ) {
            DataSample sample = samples.next();
            report.set.add(sample);
            for (String extension : sample.extensions()) {
                size = ImageEncoding.isImage(extension)
                        ? sample.image(extension).size()
                        : size;
            }
        }
        if (report.set.samples() == 0) {
            throw new IOException(dataSet + ": expected finished shards, found none; let the generation finish one");
        }
        if (against != null) {
            PhotoFolder folder = new PhotoFolder(against, size);
            for (int i = 0; i < Math.min(folder.count(), limit); i++) {
                report.photos.add(ImageStatistics.of(folder.image(i)));
            }
        }
        String kind = reader.manifest().kind();
        report.gaps.addAll(ImageGaps.of(report.set.values(), report.photos.values(), kind));
        report.gaps.addAll(GeometryGaps.of(report.set.values(), kind));
        return report;
    }

    /** What is missing, in sentences. */
    public List<String> gaps() {
        return List.copyOf(gaps);
    }

    static double quantile(List<Double> values, double share) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get((int) Math.min(share * sorted.size(), sorted.size() - 1));
    }

    static double covered(List<Double> values, double low, double high) {
        return values.stream().filter(value -> value >= low && value <= high).count() / (double) values.size();
    }

    /** All figures. */
    public ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("format", "tiepoint-dataset-report/1").put("dataSet", name).put("samples", set.samples());
        ObjectNode figures = json.putObject("figures");
        set.values().forEach((figure, values) -> {
            ObjectNode node = figures.putObject(figure);
            describe(node.putObject("dataSet"), values);
            List<Double> wanted = photos.values().get(figure);
            if (wanted != null) {
                describe(node.putObject("photographs"), wanted);
            }
        });
        ObjectNode counts = json.putObject("counts");
        set.counts().forEach((figure, kinds) -> kinds.forEach(counts.putObject(figure)::put));
        ArrayNode missing = json.putArray("gaps");
        gaps.forEach(missing::add);
        return json;
    }

    private static void describe(ObjectNode node, List<Double> values) {
        node.put("count", values.size());
        for (double share : new double[] {0.05, 0.25, 0.5, 0.75, 0.95}) {
            node.put(String.format(Locale.ROOT, "q%02.0f", 100 * share), quantile(values, share));
        }
    }

    /** A page with plots, whole in itself. */
    public String toHtml() {
        return new ReportPage(name, set, photos, gaps).html();
    }
}
