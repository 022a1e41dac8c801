package io.tiepoint.match.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.tiepoint.core.check.Check;
import io.tiepoint.core.features.Descriptors;
import io.tiepoint.core.features.FeatureMatcher;
import io.tiepoint.core.features.Keypoints;
import io.tiepoint.core.features.LocalFeatures;
import io.tiepoint.core.features.Matches;
import io.tiepoint.core.image.ImageSize;
import io.tiepoint.core.model.ModelCard;
import io.tiepoint.core.model.ModelCard.TensorSpec;
import io.tiepoint.core.model.ModelFormatException;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A learned matcher from an {@code .onnx} file.
 *
 * <p>The network takes {@code keypoints0} [1 M 2] and {@code keypoints1} [1 N 2], relative to the image's middle and divided by
 * half its longer side, and {@code descriptors0} [1 M D] and {@code descriptors1} [1 N D]; it gives {@code log_assignment}
 * [1 M+1 N+1], the natural log of the probability of each match, with "no match" last. Matches are those that are the most
 * probable of their row and of their column.
 *
 * @see <a href="https://arxiv.org/abs/2306.13643">Lindenberger et al., LightGlue, 2023</a>
 */
public final class OnnxMatcher implements FeatureMatcher {
    private final ModelSession session;
    private final double minScore;
    private final DirectBuffers keypointBuffers = new DirectBuffers();
    private final DirectBuffers descriptorBuffers = new DirectBuffers();

    private OnnxMatcher(ModelSession session, double minScore) {
        this.session = session;
        this.minScore = minScore;
    }

    /**
     * Opens a model file with its card beside it.
     *
     * @throws ModelFormatException if the file, the card and the contract do not agree, or the file is damaged
     */
    public static OnnxMatcher open(Path onnx, MatcherOptions options) throws IOException {
        return open(ModelFile.read(onnx), options);
    }

    static OnnxMatcher open(ModelFile file, MatcherOptions options) throws ModelFormatException {
        int dimension = file.card().descriptorSize();
        ModelSession session = ModelSession.open(
                file,
                options.threads(),
                ModelCard.Kind.MATCHER,
                List.of(
                        new TensorSpec("keypoints0", List.of(1, -1, 2)),
                        new TensorSpec("keypoints1", List.of(1, -1, 2)),
                        new TensorSpec("descriptors0", List.of(1, -1, dimension)),
                        new TensorSpec("descriptors1", List.of(1, -1, dimension))),
                List.of(new TensorSpec("log_assignment", List.of(1, -1, -1))));
        OnnxMatcher matcher = new OnnxMatcher(session, options.minScore());
        try {
            Matches ignored = matcher.match(probe(3, dimension), probe(2, dimension));
            return matcher;
        } catch (IllegalStateException e) {
            matcher.close();
            throw new ModelFormatException(String.valueOf(e.getMessage()), e);
        }
    }

    /** For one run when the model is opened: shapes that it leaves open are known only then. */
    private static LocalFeatures probe(int count, int dimension) {
        return new LocalFeatures(
                Keypoints.of(new float[2 * count], new float[count]),
                Descriptors.wrap(count, dimension, new float[count * dimension]),
                new ImageSize(8, 8));
    }

    /** What the model says about itself. */
    public ModelCard card() {
        return session.card();
    }

    @Override
    public String name() {
        return session.card().name();
    }

    @Override
    public Matches match(LocalFeatures features0, LocalFeatures features1) {
        if (features0.size() == 0 || features1.size() == 0) {
            return Matches.NONE;
        }
        checkDimension("descriptors0", features0);
        checkDimension("descriptors1", features1);
        try (Side side0 = new Side(features0);
                Side side1 = new Side(features1);
                OrtSession.Result result = session.run(Map.of(
                        "keypoints0", side0.keypoints,
                        "keypoints1", side1.keypoints,
                        "descriptors0", side0.descriptors,
                        "descriptors1", side1.descriptors))) {
            int rows = features0.size();
            int columns = features1.size();
            return mutual(session.output(result, "log_assignment", 1, rows + 1, columns + 1), rows, columns);
        } catch (OrtException e) {
            throw session.failure("match " + features0.size() + " with " + features1.size() + " keypoints", e);
        }
    }

    private void checkDimension(String name, LocalFeatures features) {
        Check.that(
                features.descriptors().dimension() == session.card().descriptorSize(),
                "%s: expected dimension %s as %s takes it, found %s",
                name,
                session.card().descriptorSize(),
                name(),
                features.descriptors().dimension());
    }

    /** The inputs of one view. */
    private final class Side implements AutoCloseable {
        private final FloatBuffer keypointValues;
        private final FloatBuffer descriptorValues;
        private final OnnxTensor keypoints;
        private final OnnxTensor descriptors;

        Side(LocalFeatures features) throws OrtException {
            int count = features.size();
            int dimension = features.descriptors().dimension();
            keypointValues =
                    keypointBuffers.take(2 * count).put(normalised(features)).rewind();
            descriptorValues = descriptorBuffers
                    .take(count * dimension)
                    .put(features.descriptors().values())
                    .rewind();
            keypoints = session.tensor(keypointValues, 1, count, 2);
            descriptors = session.tensor(descriptorValues, 1, count, dimension);
        }

        @Override
        public void close() {
            keypoints.close();
            descriptors.close();
            keypointBuffers.giveBack(keypointValues);
            descriptorBuffers.giveBack(descriptorValues);
        }
    }

    /** [M 2] x, y; the image's middle is (0, 0) and its longer side goes from -1 to 1. */
    static float[] normalised(LocalFeatures features) {
        ImageSize size = features.imageSize();
        float middleX = size.width() / 2f;
        float middleY = size.height() / 2f;
        float half = Math.max(size.width(), size.height()) / 2f;
        float[] positions = features.keypoints().positions();
        for (int i = 0; i < positions.length; i += 2) {
            positions[i] = (positions[i] - middleX) / half;
            positions[i + 1] = (positions[i + 1] - middleY) / half;
        }
        return positions;
    }

    /** The largest of each row that is also the largest of its column, in one pass over the matrix. */
    private Matches mutual(float[] logAssignment, int rows, int columns) {
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
                float value = logAssignment[at + column];
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

    @Override
    public void close() {
        session.close();
    }
}
