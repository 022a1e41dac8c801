package io.tiepoint.evaluate;

import java.util.List;

/**
 * How one detector did on one kind of images.
 *
 * @param detector its name
 * @param data kind of the images
 * @param images number of them
 * @param medianMs wall-clock time of one image, ms
 * @param summaries one for each distance
 */
public record DetectorResult(
        String detector, String data, int images, double medianMs, List<DetectorSummary> summaries) {}
