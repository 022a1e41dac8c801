package io.tiepoint.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tiepoint.core.features.Descriptors;
import io.tiepoint.core.features.FeatureExtractor;
import io.tiepoint.core.features.FeatureMatcher;
import io.tiepoint.core.features.Keypoints;
import io.tiepoint.core.features.LocalFeatures;
import io.tiepoint.core.features.MatchRefiner;
import io.tiepoint.core.features.Matches;
import io.tiepoint.core.features.RobustEstimator;
import io.tiepoint.core.geometry.GeometryModel;
import io.tiepoint.core.geometry.Homography;
import io.tiepoint.core.geometry.TwoViewGeometry;
import io.tiepoint.core.image.GrayImage;
import io.tiepoint.core.image.ImageSize;
import io.tiepoint.core.random.Seed;
import io.tiepoint.core.truth.HomographyTruth;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PairEvaluationTest {
    private static final ImageSize SIZE = new ImageSize(40, 30);
    private static final Seed SEED = new Seed(5);
    private static final RobustEstimator IDENTITY = (keypoints0, keypoints1, matches, seed) -> {
        BitSet inliers = new BitSet();
        inliers.set(0, matches.size());
        return matches.size() < 4
                ? Optional.empty()
                : Optional.of(TwoViewGeometry.of(GeometryModel.HOMOGRAPHY, Homography.IDENTITY.toArray(), inliers));
    };

    private final AtomicInteger extractions = new AtomicInteger();

    /** The same keypoints in every image. */
    private Method method(String name, int keypointCount) {
        return method(name, keypointCount, false);
    }

    private Method method(String name, int keypointCount, boolean viewsAtOnce) {
        float[] positions = new float[2 * keypointCount];
        for (int i = 0; i < keypointCount; i++) {
            positions[2 * i] = 4 + 4 * (i % 8);
            positions[2 * i + 1] = 10 + 4 * (i / 8);
        }
        Keypoints keypoints = Keypoints.of(positions, new float[keypointCount]);
        FeatureExtractor extractor = new FeatureExtractor() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public LocalFeatures extract(GrayImage image) {
                int unused = extractions.incrementAndGet();
                return new LocalFeatures(
                        keypoints, Descriptors.of(keypointCount, 1, new float[keypointCount]), image.size());
            }

            @Override
            public void close() {}
        };
        FeatureMatcher matcher = new FeatureMatcher() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Matches match(LocalFeatures features0, LocalFeatures features1) {
                int[] all = IntStream.range(0, features0.size()).toArray();
                return Matches.of(all, all, new float[all.length]);
            }

            @Override
            public void close() {}
        };
        return new Method(name, extractor, matcher, MatchRefiner.NONE, viewsAtOnce);
    }

    private static EvaluationPair pair(int index, String band, double shiftPx) {
        GrayImage image = GrayImage.of(40, 30, new float[40 * 30]);
        HomographyTruth truth = new HomographyTruth(Homography.translation(shiftPx, 0), SIZE, SIZE);
        return new EvaluationPair("pair" + index, "scene" + index, band, image, image, truth);
    }

    @Test
    void measuresEachStageAgainstTheTruth() {
        PairResult result = new PairEvaluation(List.of(method("grid", 16)), IDENTITY, 0, SEED)
                .run(List.of(pair(0, "mild", 2)).iterator())
                .get(0)
                .pairs()
                .get(0);

        assertThat(result.matches()).isEqualTo(16);
        assertThat(result.inliers()).isEqualTo(16);
        assertThat(result.precision()).isEqualTo(new PerThreshold<>(0.0, 1.0, 1.0));
        assertThat(result.repeatability()).isEqualTo(1);
        assertThat(result.recall()).isEqualTo(1);
        assertThat(result.cornerErrorPx()).isEqualTo(2);
        assertThat(result.times().totalMs())
                .isEqualTo(result.times().extractionMs()
                        + result.times().matchingMs()
                        + result.times().verificationMs());
    }

    @Test
    void countsAPairWithoutEstimateAsInfinitelyFarOff() {
        List<MethodResults> results = new PairEvaluation(
                        List.of(method("grid", 16), method("blind", 0)), IDENTITY, 0, SEED)
                .run(List.of(pair(0, "mild", 0)).iterator());
        EvaluationReport report = EvaluationReport.of(results, Map.of(), SEED, true);

        BandSummary grid = report.methods().get(0).bands().get(0);
        BandSummary blind = report.methods().get(1).bands().get(0);
        assertThat(grid.auc().at3Px().value()).isEqualTo(1);
        assertThat(blind.withoutEstimate()).isEqualTo(1);
        assertThat(blind.auc().at5Px().value()).isZero();
        assertThat(blind.precision().at5Px().value()).isZero();
    }

    @Test
    void warmsUpOnTheFirstPairOnly() {
        List<MethodResults> results = new PairEvaluation(List.of(method("grid", 16)), IDENTITY, 3, SEED)
                .run(List.of(pair(0, "mild", 0), pair(1, "mild", 0)).iterator());

        assertThat(results.get(0).pairs()).hasSize(2);
        assertThat(extractions.get()).isEqualTo(2 * (3 + 2));
    }

    @Test
    void extractingBothViewsAtOnceGivesTheSame() {
        List<MethodResults> results = new PairEvaluation(
                        List.of(method("in turn", 16, false), method("at once", 16, true)), IDENTITY, 1, SEED)
                .run(List.of(pair(0, "mild", 2), pair(1, "mild", 3)).iterator());

        assertThat(results.get(1).pairs())
                .extracting(PairResult::cornerErrorPx)
                .isEqualTo(results.get(0).pairs().stream()
                        .map(PairResult::cornerErrorPx)
                        .toList());
        assertThat(extractions.get()).isEqualTo(2 * 2 * (1 + 2));
    }

    @Test
    void givesTheEstimatorASeedThatDependsOnThePairAlone() {
        List<Seed> seeds = new ArrayList<>();
        RobustEstimator remembers = (keypoints0, keypoints1, matches, seed) -> {
            seeds.add(seed);
            return Optional.empty();
        };
        PairEvaluation evaluation = new PairEvaluation(List.of(method("a", 8), method("b", 8)), remembers, 0, SEED);
        List<MethodResults> first =
                evaluation.run(List.of(pair(0, "mild", 0), pair(1, "mild", 0)).iterator());
        List<MethodResults> second = evaluation.run(List.of(pair(1, "mild", 0)).iterator());

        assertThat(first).hasSameSizeAs(second);
        assertThat(seeds.get(0)).isEqualTo(seeds.get(1)).isNotEqualTo(seeds.get(2));
        assertThat(seeds.get(4)).isEqualTo(seeds.get(2));
    }

    @Test
    void rejectsTheSameMethodTwice() {
        assertThatThrownBy(() -> new PairEvaluation(List.of(method("a", 1), method("a", 2)), IDENTITY, 0, SEED))
                .hasMessage("methods: expected each once, found a twice");
    }

    @Test
    void rejectsATruthAboutOtherSizes() {
        GrayImage image = GrayImage.of(2, 2, new float[4]);
        HomographyTruth truth = new HomographyTruth(Homography.IDENTITY, SIZE, SIZE);

        assertThatThrownBy(() -> new EvaluationPair("p", "s", "mild", image, image, truth))
                .hasMessage("p: expected images of 40x30 and 40x30 px as the truth says, found 2x2 and 2x2 px");
    }
}
