package io.tiepoint.match.refine;

import io.tiepoint.core.features.Keypoints;
import io.tiepoint.core.features.Matches;

/** Positions of matches in both views, px; the matches can become more, and those in view 1 move while they are refined. */
final class MatchedPoints {
    final int[] indices0;
    final int[] indices1;
    final float[] scores;
    final double[] x0;
    final double[] y0;
    final double[] x1;
    final double[] y1;
    int size;

    /**
     * Takes the positions of matches.
     *
     * @param capacity at most so many matches
     */
    MatchedPoints(Keypoints keypoints0, Keypoints keypoints1, Matches matches, int capacity) {
        indices0 = new int[capacity];
        indices1 = new int[capacity];
        scores = new float[capacity];
        x0 = new double[capacity];
        y0 = new double[capacity];
        x1 = new double[capacity];
        y1 = new double[capacity];
        for (int i = 0; i < matches.size(); i++) {
            int k0 = matches.index0(i);
            int k1 = matches.index1(i);
            add(k0, k1, matches.score(i), keypoints0.x(k0), keypoints0.y(k0));
            move(i, keypoints1.x(k1), keypoints1.y(k1));
        }
    }

    /** Adds a match; where it lies in view 1 is said by {@link #move}. */
    void add(int index0, int index1, float score, double x, double y) {
        indices0[size] = index0;
        indices1[size] = index1;
        scores[size] = score;
        x0[size] = x;
        y0[size] = y;
        size++;
    }

    /** Moves the position in view 1. */
    void move(int i, double x, double y) {
        x1[i] = x;
        y1[i] = y;
    }
}
