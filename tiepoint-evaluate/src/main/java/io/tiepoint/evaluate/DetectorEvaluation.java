package io.tiepoint.evaluate;

import io.tiepoint.core.check.Check;
import io.tiepoint.core.features.Keypoints;
import io.tiepoint.core.geometry.PixelPoint;
import io.tiepoint.core.random.Seed;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Runs corner detectors side by side over images with known corners. */
public final class DetectorEvaluation {
    /** The two distances of the published figures; px. */
    private static final List<Double> DISTANCES_PX = List.of(2.0, 4.0);

    private static final int RESAMPLES = 200;

    private final List<Detector> detectors;
    private final int warmUpRuns;
    private final Seed seed;

    /** What one detector did on one kind of images. */
    private static final class Tally {
        private final List<DetectorMetrics> metrics;
        private final List<Double> milliseconds = new ArrayList<>();

        Tally(float minScore) {
            metrics = DISTANCES_PX.stream()
                    .map(px -> new DetectorMetrics(minScore, px))
                    .toList();
        }
    }

    /**
     * Takes what is evaluated.
     *
     * @param detectors with different names
     * @param warmUpRuns how often each detector sees the first image before its times count
     * @param seed of the intervals
     */
    public DetectorEvaluation(List<Detector> detectors, int warmUpRuns, Seed seed) {
        Check.that(!detectors.isEmpty(), "detectors: expected at least one, found none");
        HashSet<String> names = new HashSet<>();
        for (Detector detector : detectors) {
            Check.that(names.add(detector.name()), "detectors: expected each once, found %s twice", detector.name());
        }
        Check.that(warmUpRuns >= 0, "warmUpRuns: expected >= 0, found %s", warmUpRuns);
        this.detectors = List.copyOf(detectors);
        this.warmUpRuns = warmUpRuns;
        this.seed = seed;
    }

    /** Evaluates until the iterator ends; grouped by kind of images, then by detector. */
    public List<DetectorResult> run(Iterator<DetectorSample> samples) {
        Map<String, List<Tally>> tallies = new LinkedHashMap<>();
        while (samples.hasNext()) {
            DetectorSample sample = samples.next();
            boolean warm = !tallies.isEmpty();
            List<Tally> ofData = tallies.computeIfAbsent(
                    sample.data(),
                    data -> detectors.stream()
                            .map(detector -> new Tally(detector.minScore()))
                            .toList());
            for (int d = 0; d < detectors.size(); d++) {
                for (int run = 0; !warm && run < warmUpRuns; run++) {
                    Keypoints unused = detectors.get(d).detect().apply(sample.image());
                }
                add(ofData.get(d), detectors.get(d), sample);
            }
        }
        List<DetectorResult> results = new ArrayList<>();
        tallies.forEach((data, ofData) -> {
            for (int d = 0; d < detectors.size(); d++) {
                results.add(result(detectors.get(d), data, ofData.get(d)));
            }
        });
        return results;
    }

    private static void add(Tally tally, Detector detector, DetectorSample sample) {
        long start = System.nanoTime();
        Keypoints detections = detector.detect().apply(sample.image());
        tally.milliseconds.add((System.nanoTime() - start) / 1e6);
        List<PixelPoint> corners = IntStream.range(0, sample.corners().size())
                .mapToObj(sample.corners()::point)
                .toList();
        tally.metrics.forEach(metrics -> metrics.add(sample.primitive(), detections, corners));
    }

    private DetectorResult result(Detector detector, String data, Tally tally) {
        Seed bootstrap = seed.child("bootstrap").child(data);
        double[] times =
                tally.milliseconds.stream().mapToDouble(Double::doubleValue).toArray();
        return new DetectorResult(
                detector.name(),
                data,
                times.length,
                BandSummary.median(times),
                tally.metrics.stream()
                        .map(metrics -> metrics.summary(RESAMPLES, bootstrap))
                        .toList());
    }
}
