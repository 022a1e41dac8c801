package io.tiepoint.bench;

import io.tiepoint.core.features.FeatureExtractor;
import io.tiepoint.core.features.FeatureMatcher;
import io.tiepoint.core.features.LocalFeatures;
import io.tiepoint.core.features.MatchRefiner;
import io.tiepoint.core.features.Matches;
import io.tiepoint.core.geometry.TwoViewGeometry;
import io.tiepoint.core.image.GrayImage;
import io.tiepoint.core.image.ImageSize;
import io.tiepoint.core.random.Seed;
import io.tiepoint.match.PairMatching;
import io.tiepoint.match.Tiepoint;
import io.tiepoint.match.TiepointOptions;
import io.tiepoint.match.classical.OrbExtractor;
import io.tiepoint.match.classical.SiftExtractor;
import io.tiepoint.match.geometry.OpenCvRobustEstimator;
import io.tiepoint.match.geometry.RobustOptions;
import io.tiepoint.match.nearest.MutualNearestMatcher;
import io.tiepoint.match.nearest.NearestOptions;
import io.tiepoint.match.refine.PatchAlignment;
import io.tiepoint.synthetic.images.ProceduralImages;
import io.tiepoint.synthetic.images.ProceduralRecipe;
import io.tiepoint.synthetic.pairs.HomographyPair;
import io.tiepoint.synthetic.pairs.HomographyPairs;
import io.tiepoint.synthetic.pairs.PairRecipe;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Milliseconds to extract from and match a pair of 640x480 px with at most 1024 keypoints each on all processors, with each
 * method, and of the parts of Tiepoint's way. The views are those of {@code tiepoint demo}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0")
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
public class MatchBenchmark {
    private static final int KEYPOINTS = 1024;
    private static final Seed DEMO = new Seed(9);
    private static final TiepointOptions OPTIONS = TiepointOptions.DEFAULT.withMaxKeypoints(KEYPOINTS);
    private static final TiepointOptions UNREFINED = OPTIONS.withRefine(false);

    private final HomographyPair pair = new HomographyPairs(
                    PairRecipe.MEDIUM,
                    new ProceduralImages(ProceduralRecipe.DEFAULT, DEMO.child("images"), new ImageSize(960, 720)),
                    new ImageSize(640, 480),
                    DEMO.child("views"))
            .pair(0);
    private final GrayImage image0 = pair.image0();
    private final GrayImage image1 = pair.image1();
    private final MatchRefiner.Images images = new MatchRefiner.Images(image0, image1);
    private final Tiepoint sift = Tiepoint.of(SiftExtractor.sift(KEYPOINTS), SiftExtractor.matcher(), UNREFINED);
    private final Tiepoint rootSift =
            Tiepoint.of(SiftExtractor.rootSift(KEYPOINTS), SiftExtractor.matcher(), UNREFINED);
    private final Tiepoint orb = Tiepoint.of(new OrbExtractor(KEYPOINTS), OrbExtractor.matcher(), UNREFINED);
    private final Tiepoint lightGlue = open(OPTIONS.withMatcher(TiepointOptions.Matcher.LIGHTGLUE));
    private final Tiepoint nearest = open(OPTIONS.withMatcher(TiepointOptions.Matcher.NEAREST));
    private final FeatureExtractor extractor = lightGlue.extractor();
    private final FeatureMatcher learnedMatcher = lightGlue.matcher();
    private final FeatureMatcher nearestMatcher = new MutualNearestMatcher(NearestOptions.MUTUAL);
    private final MatchRefiner refiner = new PatchAlignment(OPTIONS.threads());
    private final OpenCvRobustEstimator magsac = new OpenCvRobustEstimator(RobustOptions.homography());
    private final LocalFeatures features0 = extractor.extract(image0);
    private final LocalFeatures features1 = extractor.extract(image1);
    private final Matches matches = nearestMatcher.match(features0, features1);
    private final MatchRefiner.Refined refined = refiner.refine(images, features0, features1, matches);

    private static Tiepoint open(TiepointOptions options) {
        try {
            return Tiepoint.open(options);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Closes what was opened. */
    @TearDown
    public void close() {
        sift.close();
        rootSift.close();
        orb.close();
        lightGlue.close();
        nearest.close();
    }

    /** Tiepoint with its learned matcher: extraction, matching, refinement. */
    @Benchmark
    public PairMatching tiepointLightGlue() {
        return lightGlue.match(image0, image1);
    }

    /** Tiepoint with mutually nearest descriptors: extraction, matching, refinement. */
    @Benchmark
    public PairMatching tiepointNearest() {
        return nearest.match(image0, image1);
    }

    /** OpenCV's SIFT, brute force both ways with ratio 0.8. */
    @Benchmark
    public PairMatching sift() {
        return sift.match(image0, image1);
    }

    /** RootSIFT likewise. */
    @Benchmark
    public PairMatching rootSift() {
        return rootSift.match(image0, image1);
    }

    /** ORB, brute force both ways. */
    @Benchmark
    public PairMatching orb() {
        return orb.match(image0, image1);
    }

    /** Part: one image, one thread. */
    @Benchmark
    public LocalFeatures partExtractOne() {
        return extractor.extract(image0);
    }

    /** Part: the learned matcher. */
    @Benchmark
    public Matches partLightGlue() {
        return learnedMatcher.match(features0, features1);
    }

    /** Part: mutually nearest descriptors. */
    @Benchmark
    public Matches partNearest() {
        return nearestMatcher.match(features0, features1);
    }

    /** Part: refinement. */
    @Benchmark
    public MatchRefiner.Refined partRefine() {
        return refiner.refine(images, features0, features1, matches);
    }

    /** Part: MAGSAC. */
    @Benchmark
    public Optional<TwoViewGeometry> partVerify() {
        return magsac.estimate(features0.keypoints(), refined.keypoints1(), refined.matches(), DEMO);
    }
}
