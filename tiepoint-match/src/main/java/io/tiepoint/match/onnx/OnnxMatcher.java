package io.tiepoint.match.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.tiepoint.core.check.Check;
import io.tiepoint.core.features.AdaptiveMatches;
import io.tiepoint.core.features.Descriptors;
import io.tiepoint.core.features.FeatureMatcher;
import io.tiepoint.core.features.Keypoints;
import io.tiepoint.core.features.LocalFeatures;
import io.tiepoint.core.features.LogAssignment;
import io.tiepoint.core.features.Matches;
import io.tiepoint.core.features.NormalisedKeypoints;
import io.tiepoint.core.geometry.PixelFrame;
import io.tiepoint.core.image.ImageSize;
import io.tiepoint.core.model.ModelCard;
import io.tiepoint.core.model.ModelCard.TensorSpec;
import io.tiepoint.core.model.ModelFormatException;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A learned matcher from an {@code .onnx} file.
 *
 * <p>The network takes {@code keypoints0} [1 M 2] and {@code keypoints1} [1 N 2], relative to the image's middle and divided by
 * half its longer side, and {@code descriptors0} [1 M D] and {@code descriptors1} [1 N D]; it gives {@code log_assignment}
 * [1 M+1 N+1], the natural log of the probability of each match, with "no match" last. Matches are those that are the most
 * probable of their row and of their column.
 *
 * <p>A network may take more, as its card says: scales and orientations with the keypoints [1 M 4]; the detector's {@code scores0}
 * [1 M 1] and {@code scores1} (SuperGlue); {@code adaptivity} [2], the share of confident keypoints above which it stops and the
 * matchability up to which it drops a keypoint (LightGlue). Then {@code log_assignment} is that of the keypoints that are left,
 * {@code kept0} and {@code kept1}; {@code prune0} and {@code prune1} are the layers of each keypoint, and {@code layers} [2] those
 * begun and those that there are.
 *
 * @see <a href="https://arxiv.org/abs/2306.13643">Lindenberger et al., LightGlue, 2023</a>
 */
public final class OnnxMatcher implements FeatureMatcher {
    private static final int WITH_SHAPES = 4;

    private final ModelSession session;
    private final MatcherOptions options;
    private final Kind kind;
    private final Map<String, DirectBuffers> buffers = new ConcurrentHashMap<>();
    private volatile int allLayers = 1;

    /** What the card says that the network takes beside keypoints and descriptors. */
    private record Kind(int channels, boolean takesScores, boolean adapts) {
        static Kind of(ModelCard card) {
            int channels = card.inputs().stream()
                    .filter(spec ->
                            spec.name().equals("keypoints0") && spec.shape().size() == 3)
                    .map(spec -> spec.shape().get(2))
                    .findFirst()
                    .orElse(2);
            return new Kind(
                    channels == WITH_SHAPES ? WITH_SHAPES : 2, names(card, "scores0"), names(card, "adaptivity"));
        }

        private static boolean names(ModelCard card, String input) {
            return card.inputs().stream().anyMatch(spec -> spec.name().equals(input));
        }

        List<TensorSpec> inputs(int dimension) {
            List<TensorSpec> specs = new ArrayList<>();
            for (int view = 0; view < 2; view++) {
                specs.add(new TensorSpec("keypoints" + view, List.of(1, -1, channels)));
                specs.add(new TensorSpec("descriptors" + view, List.of(1, -1, dimension)));
                if (takesScores) {
                    specs.add(new TensorSpec("scores" + view, List.of(1, -1, 1)));
                }
            }
            if (adapts) {
                specs.add(new TensorSpec("adaptivity", List.of(2)));
            }
            return specs;
        }

        List<TensorSpec> outputs() {
            List<TensorSpec> specs = new ArrayList<>();
            specs.add(new TensorSpec("log_assignment", List.of(1, -1, -1)));
            if (adapts) {
                for (String name : List.of("kept0", "kept1", "prune0", "prune1")) {
                    specs.add(new TensorSpec(name, List.of(-1)));
                }
                specs.add(new TensorSpec("layers", List.of(2)));
            }
            return specs;
        }
    }

    private OnnxMatcher(ModelSession session, MatcherOptions options, Kind kind) {
        this.session = session;
        this.options = options;
        this.kind = kind;
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
        Kind kind = Kind.of(file.card());
        ModelSession session = ModelSession.open(
                file, options.threads(), ModelCard.Kind.MATCHER, kind.inputs(dimension), kind.outputs());
        OnnxMatcher matcher = new OnnxMatcher(session, options, kind);
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
                Keypoints.of(new float[2 * count], new float[count]).with(new float[count], new float[count]),
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

    /** Whether it may stop early and drop keypoints. */
    public boolean adapts() {
        return kind.adapts;
    }

    /** Number of its layers; 1 if it cannot stop early. */
    public int layers() {
        return allLayers;
    }

    /**
     * Fails unless it takes what an extractor gives.
     *
     * @param extractor its name, for the message
     * @param descriptorSize length of its descriptors
     * @param measuresShapes whether its keypoints have scales and orientations
     */
    public void checkTakes(String extractor, int descriptorSize, boolean measuresShapes) throws ModelFormatException {
        if (card().descriptorSize() != descriptorSize) {
            throw new ModelFormatException(session.source() + ": expected a matcher of descriptors of length "
                    + descriptorSize + " as " + extractor + " gives them, found one for length "
                    + card().descriptorSize() + "; take the matcher that was trained for this extractor");
        }
        if (kind.channels == WITH_SHAPES && !measuresShapes) {
            throw new ModelFormatException(session.source()
                    + ": expected a matcher of positions alone, found one that also takes scales and orientations, which "
                    + extractor + " does not measure; take it with sift or rootsift");
        }
    }

    @Override
    public Matches match(LocalFeatures features0, LocalFeatures features1) {
        return matchAdaptively(features0, features1).matches();
    }

    /**
     * Matches, and says how far the network had to go. A network that cannot stop early counts as one layer.
     *
     * @throws IllegalArgumentException if the features are not of the kind that this matcher takes
     */
    public AdaptiveMatches matchAdaptively(LocalFeatures features0, LocalFeatures features1) {
        if (features0.size() == 0 || features1.size() == 0) {
            return AdaptiveMatches.none(features0.size(), features1.size(), options.adaptivity(), allLayers);
        }
        checkDimension("descriptors0", features0);
        checkDimension("descriptors1", features1);
        try (Inputs inputs = new Inputs()) {
            inputs.add(features0, 0);
            inputs.add(features1, 1);
            if (kind.adapts) {
                float[] values = {
                    options.adaptivity().stopShare(), options.adaptivity().dropLimit()
                };
                inputs.add("adaptivity", values, 2);
            }
            try (OrtSession.Result result = session.run(inputs.tensors)) {
                return kind.adapts
                        ? adaptive(result, features0.size(), features1.size())
                        : whole(result, features0.size(), features1.size());
            }
        } catch (OrtException e) {
            throw session.failure("match " + features0.size() + " with " + features1.size() + " keypoints", e);
        }
    }

    private AdaptiveMatches whole(OrtSession.Result result, int rows, int columns) throws OrtException {
        float[] values = session.output(result, "log_assignment", 1, rows + 1, columns + 1);
        int[] layers0 = new int[rows];
        int[] layers1 = new int[columns];
        Arrays.fill(layers0, 1);
        Arrays.fill(layers1, 1);
        return AdaptiveMatches.of(
                LogAssignment.wrap(values, rows, columns).mutual(options.minScore()), 1, layers0, layers1);
    }

    private AdaptiveMatches adaptive(OrtSession.Result result, int rows, int columns) throws OrtException {
        int[] kept0 = session.indices(result, "kept0", rows);
        int[] kept1 = session.indices(result, "kept1", columns);
        int[] layers0 = whole(session.output(result, "prune0", rows));
        int[] layers1 = whole(session.output(result, "prune1", columns));
        int[] layers = whole(session.output(result, "layers", 2));
        allLayers = layers[1];
        float[] values = session.output(result, "log_assignment", 1, kept0.length + 1, kept1.length + 1);
        if (kept0.length == 0 || kept1.length == 0) {
            return AdaptiveMatches.of(Matches.NONE, layers[0], layers0, layers1);
        }
        if (!options.adaptivity().drops()) {
            Arrays.fill(layers0, allLayers);
            Arrays.fill(layers1, allLayers);
        }
        Matches left = LogAssignment.wrap(values, kept0.length, kept1.length).mutual(options.minScore());
        return AdaptiveMatches.of(left.renamed(kept0, kept1), layers[0], layers0, layers1);
    }

    private static int[] whole(float[] values) {
        int[] numbers = new int[values.length];
        for (int i = 0; i < values.length; i++) {
            numbers[i] = Math.round(values[i]);
        }
        return numbers;
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

    /** The network's inputs for one pair. */
    private final class Inputs implements AutoCloseable {
        private final Map<String, OnnxTensor> tensors = new HashMap<>();
        private final Map<String, FloatBuffer> taken = new HashMap<>();

        void add(LocalFeatures features, int view) throws OrtException {
            int count = features.size();
            PixelFrame frame = session.card().pixelFrame();
            float[] keypoints = kind.channels == 2
                    ? NormalisedKeypoints.positions(features, frame)
                    : NormalisedKeypoints.withScalesAndOrientations(features, frame);
            add("keypoints" + view, keypoints, 1, count, kind.channels);
            add(
                    "descriptors" + view,
                    features.descriptors().values(),
                    1,
                    count,
                    features.descriptors().dimension());
            if (kind.takesScores) {
                add("scores" + view, features.keypoints().scores(), 1, count, 1);
            }
        }

        void add(String name, float[] values, long... shape) throws OrtException {
            FloatBuffer buffer = buffers.computeIfAbsent(name, unused -> new DirectBuffers())
                    .take(values.length)
                    .put(values)
                    .rewind();
            taken.put(name, buffer);
            tensors.put(name, session.tensor(buffer, shape));
        }

        @Override
        public void close() {
            tensors.values().forEach(OnnxTensor::close);
            taken.forEach((name, buffer) ->
                    buffers.getOrDefault(name, new DirectBuffers()).giveBack(buffer));
        }
    }

    @Override
    public void close() {
        session.close();
    }
}
