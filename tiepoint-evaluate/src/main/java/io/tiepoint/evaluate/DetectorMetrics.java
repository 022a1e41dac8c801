package io.tiepoint.evaluate;

import io.tiepoint.core.check.Check;
import io.tiepoint.core.features.Keypoints;
import io.tiepoint.core.geometry.PixelPoint;
import io.tiepoint.core.random.Seed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Judges a corner detector on images whose corners are known, as MagicPoint is judged on synthetic shapes: in each image the
 * detections are taken by falling score, and each is right if a corner that none has taken yet is within the distance (the
 * nearest such). Average precision is the area under the precision-recall curve over all images of a primitive, with precision
 * made monotone.
 *
 * <p>A primitive without corners (ellipses, noise) has no recall and so no average precision of its own; the mean is over the
 * others. What is detected there counts in the pooled average precision, over all images together, and as detections per
 * image.
 *
 * @see <a href="https://arxiv.org/abs/1712.07629">DeTone et al., SuperPoint, 2018, appendix A and B</a>
 */
public final class DetectorMetrics {
    /** Smallest score that counts, as published for probabilities. */
    public static final float MIN_PROBABILITY = 1e-4f;

    private final float minScore;
    private final double distancePx;
    private final List<DetectionPool.Image> images = new ArrayList<>();
    private final Map<String, List<DetectionPool.Image>> byPrimitive = new LinkedHashMap<>();

    /**
     * Starts empty.
     *
     * @param minScore detections at or below it do not count; {@link #MIN_PROBABILITY} for probabilities
     * @param distancePx a detection is right within this distance; published figures use 2 and 4
     */
    public DetectorMetrics(float minScore, double distancePx) {
        Check.that(distancePx > 0, "distancePx: expected > 0 px, found %s", distancePx);
        this.minScore = minScore;
        this.distancePx = distancePx;
    }

    /**
     * Adds an image.
     *
     * @param primitive what it shows
     * @param detections in any order
     * @param corners where the corners are
     */
    public void add(String primitive, Keypoints detections, List<PixelPoint> corners) {
        Integer[] order = new Integer[detections.size()];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> Float.compare(detections.score(b), detections.score(a)));
        boolean[] taken = new boolean[corners.size()];
        List<DetectionPool.Detection> judged = new ArrayList<>();
        int number = images.size();
        for (int index : order) {
            float score = detections.score(index);
            if (score > minScore) {
                judged.add(new DetectionPool.Detection(score, take(detections.point(index), corners, taken), number));
            }
        }
        DetectionPool.Image image = new DetectionPool.Image(number, corners.size(), judged);
        images.add(image);
        byPrimitive.computeIfAbsent(primitive, name -> new ArrayList<>()).add(image);
    }

    /** Takes the nearest free corner within the distance and returns how far it is; infinite if there is none. */
    private double take(PixelPoint detection, List<PixelPoint> corners, boolean[] taken) {
        int nearest = -1;
        double nearestPx = Double.POSITIVE_INFINITY;
        for (int c = 0; c < corners.size(); c++) {
            double px = corners.get(c).distanceTo(detection);
            if (!taken[c] && px <= distancePx && px < nearestPx) {
                nearest = c;
                nearestPx = px;
            }
        }
        if (nearest >= 0) {
            taken[nearest] = true;
        }
        return nearestPx;
    }

    /**
     * Summarises the images so far.
     *
     * @param resamples how often images are drawn for the intervals
     * @param seed of those draws
     */
    public DetectorSummary summary(int resamples, Seed seed) {
        int[] once = new int[images.size()];
        Arrays.fill(once, 1);
        List<DetectionPool> withCorners = new ArrayList<>();
        List<DetectorSummary.Primitive> primitives = new ArrayList<>();
        byPrimitive.forEach((name, members) -> {
            DetectionPool pool = new DetectionPool(members);
            if (pool.cornerCount(once) > 0) {
                withCorners.add(pool);
            }
            primitives.add(new DetectorSummary.Primitive(
                    name,
                    members.size(),
                    pool.cornerCount(once),
                    pool.detectionCount() / (double) members.size(),
                    pool.cornerCount(once) > 0 ? (Double) pool.averagePrecision(once) : null,
                    pool.rightCount() > 0 ? (Double) pool.localisationErrorPx(once) : null));
        });
        DetectionPool all = new DetectionPool(images);
        List<String> numbers =
                IntStream.range(0, images.size()).mapToObj(String::valueOf).toList();
        Bootstrap bootstrap = new Bootstrap(numbers, resamples, seed);
        return new DetectorSummary(
                distancePx,
                bootstrap.estimate(items -> meanAveragePrecision(withCorners, times(items))),
                all.averagePrecision(once),
                all.rightCount() > 0 ? bootstrap.estimate(items -> all.localisationErrorPx(times(items))) : null,
                primitives);
    }

    /** How often each image was drawn. */
    private int[] times(int[] items) {
        int[] times = new int[images.size()];
        for (int item : items) {
            times[item]++;
        }
        return times;
    }

    /** Mean over the primitives of which a corner was drawn. */
    private static double meanAveragePrecision(List<DetectionPool> pools, int[] times) {
        double sum = 0;
        int count = 0;
        for (DetectionPool pool : pools) {
            if (pool.cornerCount(times) > 0) {
                sum += pool.averagePrecision(times);
                count++;
            }
        }
        return sum / Math.max(count, 1);
    }
}
