package io.tiepoint.match.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tiepoint.core.features.Descriptors;
import io.tiepoint.core.features.FeatureMatcher;
import io.tiepoint.core.features.Keypoints;
import io.tiepoint.core.features.LocalFeatures;
import io.tiepoint.core.features.Matches;
import io.tiepoint.core.features.NormalisedKeypoints;
import io.tiepoint.core.geometry.PixelFrame;
import io.tiepoint.core.image.ImageSize;
import io.tiepoint.core.random.Draws;
import io.tiepoint.testkit.FeatureMatcherContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OnnxMatcherTest extends FeatureMatcherContract {
    @TempDir
    private Path folder;

    @Override
    protected FeatureMatcher open() {
        return open(0.1);
    }

    private FeatureMatcher open(double minScore) {
        try {
            return OnnxMatcher.open(TestModels.writeMatcher(folder), new MatcherOptions(minScore, 1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    protected Descriptors descriptors(int count, Draws draws) {
        int dimension = TestModels.DIMENSION;
        float[] values = new float[count * dimension];
        for (int i = 0; i < count; i++) {
            double sum = 0;
            for (int d = 0; d < dimension; d++) {
                values[i * dimension + d] = (float) draws.nextGaussian();
                sum += values[i * dimension + d] * values[i * dimension + d];
            }
            for (int d = 0; d < dimension; d++) {
                values[i * dimension + d] /= (float) Math.sqrt(sum);
            }
        }
        return Descriptors.wrap(count, dimension, values);
    }

    /** What the test network computes, in double. */
    private static double[][] assignment(LocalFeatures features0, LocalFeatures features1) {
        float[] places0 = NormalisedKeypoints.positions(features0, PixelFrame.CORNER);
        float[] places1 = NormalisedKeypoints.positions(features1, PixelFrame.CORNER);
        int dimension = TestModels.DIMENSION;
        double[][] logits = new double[features0.size()][features1.size()];
        for (int i = 0; i < logits.length; i++) {
            for (int j = 0; j < logits[i].length; j++) {
                for (int d = 0; d < dimension; d++) {
                    logits[i][j] += 40.0
                            * features0.descriptors().values()[i * dimension + d]
                            * features1.descriptors().values()[j * dimension + d];
                }
                logits[i][j] += places0[2 * i] * places1[2 * j] + places0[2 * i + 1] * places1[2 * j + 1];
            }
        }
        double[][] probability = new double[logits.length][features1.size()];
        for (int i = 0; i < logits.length; i++) {
            for (int j = 0; j < logits[i].length; j++) {
                double ofRow = 0;
                double ofColumn = 0;
                for (int k = 0; k < features1.size(); k++) {
                    ofRow += Math.exp(logits[i][k] - logits[i][j]);
                }
                for (double[] row : logits) {
                    ofColumn += Math.exp(row[j] - logits[i][j]);
                }
                probability[i][j] = 1 / (ofRow * ofColumn);
            }
        }
        return probability;
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.1, 0.5})
    void takesWhatIsMostProbableInBothDirections(double minScore) {
        LocalFeatures features0 = features(70, 1);
        LocalFeatures features1 = features(90, 2);
        double[][] probability = assignment(features0, features1);

        Matches matches;
        try (FeatureMatcher matcher = open(minScore)) {
            matches = matcher.match(features0, features1);
        }

        int found = 0;
        for (int i = 0; i < 70; i++) {
            for (int j = 0; j < 90; j++) {
                boolean best = probability[i][j] > minScore;
                for (int k = 0; k < 90; k++) {
                    best &= probability[i][k] <= probability[i][j];
                }
                for (int k = 0; k < 70; k++) {
                    best &= probability[k][j] <= probability[i][j];
                }
                if (best) {
                    assertThat(matches.index0(found)).isEqualTo(i);
                    assertThat(matches.index1(found)).isEqualTo(j);
                    assertThat(matches.score(found)).isCloseTo((float) probability[i][j], within(1e-4f));
                    found++;
                }
            }
        }
        assertThat(matches.size()).isEqualTo(found).isPositive();
    }

    @Test
    void normalisesKeypointsAsLightGlueDoes() {
        LocalFeatures features = new LocalFeatures(
                Keypoints.of(new float[] {0, 0, 320, 240, 640, 480}, new float[3]),
                Descriptors.wrap(3, 1, new float[3]),
                new ImageSize(640, 480));

        assertThat(NormalisedKeypoints.positions(features, PixelFrame.CORNER))
                .containsExactly(-1, -0.75f, 0, 0, 1, 0.75f);
        assertThat(NormalisedKeypoints.positions(features, PixelFrame.CENTRE))
                .containsExactly(-320.5f / 320, -240.5f / 320, -0.5f / 320, -0.5f / 320, 319.5f / 320, 239.5f / 320);
    }
}
