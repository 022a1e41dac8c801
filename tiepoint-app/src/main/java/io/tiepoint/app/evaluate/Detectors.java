package io.tiepoint.app.evaluate;

import io.tiepoint.core.check.Check;
import io.tiepoint.core.features.KeypointSelection;
import io.tiepoint.evaluate.Detector;
import io.tiepoint.evaluate.DetectorMetrics;
import io.tiepoint.match.classical.OpenCvThreads;
import io.tiepoint.match.corners.CornerDetector;
import io.tiepoint.match.onnx.ExtractorOptions;
import io.tiepoint.match.onnx.OnnxExtractor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The corner detectors to compare, open. */
public final class Detectors implements AutoCloseable {
    /** Every name, in the order of the report. */
    public static final List<String> NAMES = List.of("tiepoint-s", "harris", "shi-tomasi", "fast");

    /** Boxes of 4 px that overlap by a tenth are one (rpautrat's {@code box_nms}): corners less than 3.3 px apart along an axis. */
    private static final int PUBLISHED_SUPPRESSION_PX = 3;

    private final List<Detector> detectors = new ArrayList<>();
    private final List<OnnxExtractor> learned = new ArrayList<>();

    private Detectors() {}

    /**
     * Opens detectors.
     *
     * @param names of {@link #NAMES}
     * @param models behind the name tiepoint-s; one from a file is reported by its own name
     * @param maxKeypoints in each image
     * @param threads at most so many at once
     * @throws IOException naming the model file that cannot be used
     */
    public static Detectors open(List<String> names, ModelFiles models, int maxKeypoints, int threads)
            throws IOException {
        Check.that(maxKeypoints > 0, "--max-keypoints: expected > 0, found %s", maxKeypoints);
        Check.that(threads > 0, "--threads: expected > 0, found %s", threads);
        for (String name : names) {
            Check.that(
                    NAMES.contains(name),
                    "--methods: expected %s with --shapes, found %s",
                    String.join(", ", NAMES),
                    name);
        }
        OpenCvThreads.limit(threads);
        Detectors opened = new Detectors();
        try {
            for (String name : names) {
                opened.detectors.add(
                        name.equals("tiepoint-s")
                                ? opened.learned(models, new ExtractorOptions(maxKeypoints, threads))
                                : classical(name, maxKeypoints));
            }
            return opened;
        } catch (IOException | RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    /**
     * Every probability above the published smallest one counts, up to the image's border. Suppression is that of the published
     * evaluation, whatever the model's own is, since corners of shapes lie close to each other.
     */
    private Detector learned(ModelFiles models, ExtractorOptions options) throws IOException {
        OnnxExtractor extractor = models.openExtractor(options);
        learned.add(extractor);
        KeypointSelection all = new KeypointSelection(
                options.maxKeypoints(), DetectorMetrics.MIN_PROBABILITY, PUBLISHED_SUPPRESSION_PX, 0);
        return new Detector(
                extractor.name(),
                DetectorMetrics.MIN_PROBABILITY,
                image -> extractor.extract(image, all).keypoints());
    }

    private static Detector classical(String name, int maxKeypoints) {
        for (CornerDetector detector : CornerDetector.values()) {
            if (detector.reportName().equals(name)) {
                // A response is no probability, so none is too small to count.
                return new Detector(name, 0, image -> detector.detect(image, maxKeypoints));
            }
        }
        throw new IllegalStateException("checked before: " + name);
    }

    /** The detectors in the order of their names. */
    public List<Detector> list() {
        return List.copyOf(detectors);
    }

    @Override
    public void close() {
        learned.forEach(OnnxExtractor::close);
    }
}
