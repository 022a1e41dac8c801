package io.tiepoint.evaluate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The judged detections of several images, sorted once, so that images can be drawn again and again. */
final class DetectionPool {
    private final List<Image> images;
    private final List<Detection> detections;

    /**
     * One image.
     *
     * @param number index into the draws
     * @param corners how many it has
     * @param detections found there
     */
    record Image(int number, int corners, List<Detection> detections) {}

    /**
     * One detection.
     *
     * @param errorPx distance to its corner; infinite if it is wrong
     * @param image number of its image
     */
    record Detection(float score, double errorPx, int image) {
        boolean isRight() {
            return Double.isFinite(errorPx);
        }
    }

    DetectionPool(List<Image> images) {
        this.images = List.copyOf(images);
        List<Detection> sorted = new ArrayList<>();
        images.forEach(image -> sorted.addAll(image.detections));
        sorted.sort(Comparator.comparingDouble(Detection::score).reversed());
        this.detections = sorted;
    }

    /** Number of corners, each as often as its image counts. */
    int cornerCount(int[] times) {
        return images.stream()
                .mapToInt(image -> image.corners * times[image.number])
                .sum();
    }

    int detectionCount() {
        return detections.size();
    }

    int rightCount() {
        return (int) detections.stream().filter(Detection::isRight).count();
    }

    /**
     * Area under the monotone precision-recall curve; 0 without any corner.
     *
     * @param times how often each image counts, by its number
     */
    double averagePrecision(int[] times) {
        double right = 0;
        double all = 0;
        double[] precision = new double[detections.size()];
        for (int i = 0; i < precision.length; i++) {
            int weight = times[detections.get(i).image];
            all += weight;
            right += detections.get(i).isRight() ? weight : 0;
            // No threshold parts detections of one score, so their order must not matter.
            boolean isThreshold = i + 1 == precision.length || detections.get(i + 1).score != detections.get(i).score;
            precision[i] = isThreshold && all > 0 ? right / all : 0;
        }
        double area = 0;
        double best = 0;
        for (int i = precision.length - 1; i >= 0; i--) {
            best = Math.max(best, precision[i]);
            area += detections.get(i).isRight() ? best * times[detections.get(i).image] : 0;
        }
        return area / Math.max(cornerCount(times), 1);
    }

    /** Mean distance of the right detections to their corners; 0 without any. */
    double localisationErrorPx(int[] times) {
        double sum = 0;
        double count = 0;
        for (Detection detection : detections) {
            if (detection.isRight()) {
                sum += detection.errorPx * times[detection.image];
                count += times[detection.image];
            }
        }
        return sum / Math.max(count, 1);
    }
}
