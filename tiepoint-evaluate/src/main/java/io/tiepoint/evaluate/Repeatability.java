package io.tiepoint.evaluate;

/**
 * How many keypoints of the region that both views show were found in both.
 *
 * @param oneToOne 2 P / (N0 + N1) for P pairs in which no keypoint is used twice
 * @param manyToOne (C0 + C1) / (N0 + N1), where C0 and C1 count the keypoints that have any other one near: the published
 *     figure of SuperPoint, which flatters keypoints that crowd
 * @param shared0 N0, keypoints of view 0 whose position in view 1 is known
 * @param shared1 N1, likewise of view 1
 */
public record Repeatability(double oneToOne, double manyToOne, int shared0, int shared1) {}
