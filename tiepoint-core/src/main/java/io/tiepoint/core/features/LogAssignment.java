package io.tiepoint.core.features;

import io.tiepoint.core.check.Check;
import java.util.Arrays;

/**
 * What SuperGlue and LightGlue say of each pair of keypoints: [M+1 N+1], natural log of the probability that they match, with "no
 * match" in the last row and column.
 */
public final class LogAssignment {
    private final float[] values;
    private final int rows;
    private final int columns;

    private LogAssignment(float[] values, int rows, int columns) {
        this.values = values;
        this.rows = rows;
        this.columns = columns;
    }

    /**
     * Takes values over without copying them.
     *
     * @param values [rows+1 columns+1] row-major
     * @param rows M
     * @param columns N
     */
    public static LogAssignment wrap(float[] values, int rows, int columns) {
        Check.that(
                values.length == Math.multiplyExact(rows + 1, columns + 1),
                "log assignment: expected shape [%s %s], found %s values",
                rows + 1,
                columns + 1,
                values.length);
        return new LogAssignment(values, rows, columns);
    }

    /**
     * The largest of each row that is also the largest of its column, in one pass over the matrix; "no match" does not compete.
     *
     * @param minScore smallest probability of a match, exclusive
     */
    public Matches mutual(double minScore) {
        int[] bestColumn = new int[rows];
        int[] bestRow = new int[columns];
        float[] largestOfColumn = new float[columns];
        Arrays.fill(largestOfColumn, Float.NEGATIVE_INFINITY);
        float minLog = (float) Math.log(minScore);
        for (int row = 0; row < rows; row++) {
            int at = row * (columns + 1);
            float largest = Float.NEGATIVE_INFINITY;
            int best = -1;
            for (int column = 0; column < columns; column++) {
                float value = values[at + column];
                if (value > largest) {
                    largest = value;
                    best = column;
                }
                if (value > largestOfColumn[column]) {
                    largestOfColumn[column] = value;
                    bestRow[column] = row;
                }
            }
            bestColumn[row] = largest > minLog ? best : -1;
        }
        int count = 0;
        int[] indices0 = new int[Math.min(rows, columns)];
        int[] indices1 = new int[indices0.length];
        float[] scores = new float[indices0.length];
        for (int row = 0; row < rows; row++) {
            int column = bestColumn[row];
            if (column >= 0 && bestRow[column] == row) {
                indices0[count] = row;
                indices1[count] = column;
                scores[count++] = (float) Math.min(Math.exp(largestOfColumn[column]), 1);
            }
        }
        return Matches.of(Arrays.copyOf(indices0, count), Arrays.copyOf(indices1, count), Arrays.copyOf(scores, count));
    }
}
