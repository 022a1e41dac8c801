package io.tiepoint.match.nearest;

import io.tiepoint.core.features.FeatureMatcher;
import io.tiepoint.core.features.LocalFeatures;
import io.tiepoint.core.features.Matches;
import java.util.Arrays;

/**
 * Matches descriptors of norm 1 that are each other's nearest; for them the largest cosine is the smallest distance. One matrix
 * of similarities serves both directions. The score of a match is its cosine where that is positive, or its probability with
 * {@link NearestOptions.DualSoftmax}.
 */
public final class MutualNearestMatcher implements FeatureMatcher {
    private final String name;
    private final NearestOptions options;

    /** Matches with these options. */
    public MutualNearestMatcher(NearestOptions options) {
        this("mutual-nearest", options);
    }

    /** Matches with these options, under another name. */
    public MutualNearestMatcher(String name, NearestOptions options) {
        this.name = name;
        this.options = options;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Matches match(LocalFeatures features0, LocalFeatures features1) {
        if (features0.size() == 0 || features1.size() == 0) {
            return Matches.NONE;
        }
        Similarities similarities = new Similarities(features0.descriptors(), features1.descriptors());
        int rows = features0.size();
        int columns = features1.size();
        NearestOptions.DualSoftmax softmax = options.dualSoftmax();
        return softmax == null
                ? bySimilarity(similarities, rows, columns)
                : byProbability(similarities, rows, columns, softmax);
    }

    private Matches bySimilarity(Similarities similarities, int rows, int columns) {
        Nearest ofRows = new Nearest(rows);
        Nearest ofColumns = new Nearest(columns);
        similarities.forEachRow((row, values, at) -> {
            ofRows.offerAll(row, values, at, columns);
            ofColumns.offerToEach(row, values, at);
        });
        MatchList matches = new MatchList(Math.min(rows, columns));
        for (int row = 0; row < rows; row++) {
            int column = ofRows.index(row);
            if (column >= 0
                    && ofColumns.index(column) == row
                    && ofRows.largest(row) >= options.minSimilarity()
                    && isDistinct(ofRows, row)
                    && isDistinct(ofColumns, column)) {
                matches.add(row, column, ofRows.largest(row));
            }
        }
        return matches.toMatches();
    }

    /** Lowe's test; the squared distance of vectors of norm 1 is 2 - 2 cosine. */
    private boolean isDistinct(Nearest nearest, int line) {
        double ratio = options.maxRatio();
        return ratio == 1 || 1 - nearest.largest(line) < ratio * ratio * (1 - nearest.second(line));
    }

    private Matches byProbability(
            Similarities similarities, int rows, int columns, NearestOptions.DualSoftmax softmax) {
        float scale = (float) (1 / softmax.temperature());
        double[] sumOfRow = new double[rows];
        double[] sumOfColumn = new double[columns];
        similarities.forEachRow((row, values, at) -> {
            double sum = 0;
            for (int column = 0; column < columns; column++) {
                // A cosine is 1 at most, so that no exponential overflows.
                double exponential = Exponential.of((values[at + column] - 1) * scale);
                sum += exponential;
                sumOfColumn[column] += exponential;
            }
            sumOfRow[row] = sum;
        });
        float[] logOfColumn = new float[columns];
        for (int column = 0; column < columns; column++) {
            logOfColumn[column] = (float) Math.log(sumOfColumn[column]);
        }
        Nearest ofRows = new Nearest(rows);
        Nearest ofColumns = new Nearest(columns);
        float[] similarityOfRow = new float[rows];
        similarities.forEachRow((row, values, at) -> {
            float logOfRow = (float) Math.log(sumOfRow[row]);
            float[] logProbabilities = new float[columns];
            for (int column = 0; column < columns; column++) {
                logProbabilities[column] = 2 * scale * (values[at + column] - 1) - logOfRow - logOfColumn[column];
            }
            ofRows.offerAll(row, logProbabilities, 0, columns);
            ofColumns.offerToEach(row, logProbabilities, 0);
            similarityOfRow[row] = values[at + Math.max(ofRows.index(row), 0)];
        });
        MatchList matches = new MatchList(Math.min(rows, columns));
        for (int row = 0; row < rows; row++) {
            int column = ofRows.index(row);
            float probability = (float) Math.exp(ofRows.largest(row));
            if (column >= 0
                    && ofColumns.index(column) == row
                    && probability >= softmax.minProbability()
                    && similarityOfRow[row] >= options.minSimilarity()) {
                matches.add(row, column, probability);
            }
        }
        return matches.toMatches();
    }

    /** Matches so far. */
    private static final class MatchList {
        private final int[] indices0;
        private final int[] indices1;
        private final float[] scores;
        private int count;

        MatchList(int capacity) {
            indices0 = new int[capacity];
            indices1 = new int[capacity];
            scores = new float[capacity];
        }

        void add(int index0, int index1, float score) {
            indices0[count] = index0;
            indices1[count] = index1;
            scores[count++] = Math.min(Math.max(score, 0f), 1f);
        }

        Matches toMatches() {
            return Matches.of(
                    Arrays.copyOf(indices0, count), Arrays.copyOf(indices1, count), Arrays.copyOf(scores, count));
        }
    }

    @Override
    public void close() {}
}
