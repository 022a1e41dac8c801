package io.tiepoint.app.evaluate;

import io.tiepoint.core.check.Check;
import io.tiepoint.evaluate.Detector;
import io.tiepoint.match.corners.CornerDetector;
import java.util.ArrayList;
import java.util.List;

/** The corner detectors to compare, open. */
public final class Detectors implements AutoCloseable {
    /** Every name, in the order of the report. */
    public static final List<String> NAMES = List.of("harris", "shi-tomasi", "fast");

    private final List<Detector> detectors = new ArrayList<>();

    private Detectors() {}

    /**
     * Opens detectors.
     *
     * @param names of {@link #NAMES}
     * @param maxKeypoints in each image
     */
    public static Detectors open(List<String> names, int maxKeypoints) {
        Check.that(maxKeypoints > 0, "--max-keypoints: expected > 0, found %s", maxKeypoints);
        Detectors opened = new Detectors();
        for (String name : names) {
            opened.detectors.add(classical(name, maxKeypoints));
        }
        return opened;
    }

    private static Detector classical(String name, int maxKeypoints) {
        for (CornerDetector detector : CornerDetector.values()) {
            if (detector.reportName().equals(name)) {
                // A response is no probability, so none is too small to count.
                return new Detector(name, 0, image -> detector.detect(image, maxKeypoints));
            }
        }
        throw new IllegalArgumentException(
                "--methods: expected " + String.join(", ", NAMES) + " with --shapes, found " + name);
    }

    /** The detectors in the order of their names. */
    public List<Detector> list() {
        return List.copyOf(detectors);
    }

    @Override
    public void close() {}
}
