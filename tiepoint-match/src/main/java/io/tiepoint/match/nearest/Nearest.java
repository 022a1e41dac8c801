package io.tiepoint.match.nearest;

import java.util.Arrays;

/** The largest and the second largest value of each line of a matrix, and where the largest is; the first of equal ones. */
final class Nearest {
    private final int[] index;
    private final float[] largest;
    private final float[] second;

    Nearest(int lines) {
        index = new int[lines];
        largest = new float[lines];
        second = new float[lines];
        Arrays.fill(index, -1);
        Arrays.fill(largest, Float.NEGATIVE_INFINITY);
        Arrays.fill(second, Float.NEGATIVE_INFINITY);
    }

    /** Takes a value of each line, all at the same position. */
    void offerToEach(int position, float[] values, int at) {
        for (int line = 0; line < largest.length; line++) {
            float value = values[at + line];
            if (value > second[line]) {
                offer(line, position, value);
            }
        }
    }

    /** Takes all values of a line. */
    void offerAll(int line, float[] values, int at, int count) {
        float best = largest[line];
        float next = second[line];
        int where = index[line];
        for (int i = 0; i < count; i++) {
            float value = values[at + i];
            if (value > next) {
                if (value > best) {
                    next = best;
                    best = value;
                    where = i;
                } else {
                    next = value;
                }
            }
        }
        largest[line] = best;
        second[line] = next;
        index[line] = where;
    }

    private void offer(int line, int position, float value) {
        if (value > largest[line]) {
            second[line] = largest[line];
            largest[line] = value;
            index[line] = position;
        } else {
            second[line] = value;
        }
    }

    /** Where the largest is; negative if nothing was offered that is a number. */
    int index(int line) {
        return index[line];
    }

    float largest(int line) {
        return largest[line];
    }

    float second(int line) {
        return second[line];
    }
}
