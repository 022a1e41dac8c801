package io.tiepoint.match;

import io.tiepoint.core.features.AdaptiveMatches;
import io.tiepoint.core.features.FeatureExtractor;
import io.tiepoint.core.features.FeatureMatcher;
import io.tiepoint.core.features.Keypoints;
import io.tiepoint.core.features.LocalFeatures;
import io.tiepoint.core.features.MatchRefiner;
import io.tiepoint.core.features.Matches;
import io.tiepoint.core.image.GrayImage;
import io.tiepoint.core.image.ImageSize;
import io.tiepoint.core.image.QuarterTurn;
import io.tiepoint.core.image.Resize;
import io.tiepoint.core.model.ModelFormatException;
import io.tiepoint.match.nearest.MutualNearestMatcher;
import io.tiepoint.match.nearest.NearestOptions;
import io.tiepoint.match.onnx.ExtractorOptions;
import io.tiepoint.match.onnx.MatcherOptions;
import io.tiepoint.match.onnx.OnnxExtractor;
import io.tiepoint.match.onnx.OnnxMatcher;
import io.tiepoint.match.onnx.TiepointModels;
import io.tiepoint.match.refine.PatchAlignment;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Matches pairs of images.
 *
 * <pre>{@code
 * try (Tiepoint tiepoint = Tiepoint.open()) {
 *     PairMatching pair = tiepoint.match(ImageFiles.readGray(file0), ImageFiles.readGray(file1));
 *     for (int i = 0; i < pair.matches().size(); i++) {
 *         use(pair.features0().keypoints().point(pair.matches().index0(i)),
 *             pair.features1().keypoints().point(pair.matches().index1(i)));
 *     }
 * }
 * }</pre>
 *
 * <p>Opening takes a while, matching does not: open once. Safe for use by several threads.
 */
public final class Tiepoint implements AutoCloseable {
    /** Fewer refined matches than this may well be chance. */
    private static final int FEW = 16;

    private final FeatureExtractor extractor;
    private final FeatureMatcher matcher;
    private final MatchRefiner refiner;
    private final TiepointOptions options;
    private final PairExtraction extraction = new PairExtraction();

    private Tiepoint(FeatureExtractor extractor, FeatureMatcher matcher, TiepointOptions options) {
        this.extractor = extractor;
        this.matcher = matcher;
        this.refiner = options.refine() ? new PatchAlignment(options.threads()) : MatchRefiner.NONE;
        this.options = options;
    }

    /**
     * Opens the shipped models.
     *
     * @throws ModelFormatException if there are none in this build
     */
    public static Tiepoint open() throws IOException {
        return open(TiepointOptions.DEFAULT);
    }

    /**
     * Opens the shipped models.
     *
     * @throws ModelFormatException if there are none in this build
     */
    public static Tiepoint open(TiepointOptions options) throws IOException {
        OnnxExtractor extractor = TiepointModels.extractor(extractorOptions(options));
        return opened(extractor, () -> TiepointModels.matcher(matcherOptions(options)), options);
    }

    /**
     * Opens models from files; each has its card beside it. With another matcher than
     * {@link TiepointOptions.Matcher#LIGHTGLUE} the second file is not looked at.
     *
     * @throws ModelFormatException if a file is not what its card and the contract say
     */
    public static Tiepoint open(Path extractorOnnx, Path matcherOnnx, TiepointOptions options) throws IOException {
        OnnxExtractor extractor = OnnxExtractor.open(extractorOnnx, extractorOptions(options));
        return opened(extractor, () -> OnnxMatcher.open(matcherOnnx, matcherOptions(options)), options);
    }

    /**
     * Opens the shipped extractor and a matcher from a file, which has its card beside it.
     *
     * @throws ModelFormatException if the file is not what its card and the contract say, or takes other descriptors
     */
    public static Tiepoint openWithMatcher(Path matcherOnnx, TiepointOptions options) throws IOException {
        OnnxExtractor extractor = TiepointModels.extractor(extractorOptions(options));
        return opened(extractor, () -> OnnxMatcher.open(matcherOnnx, matcherOptions(options)), options);
    }

    /** Uses any extractor and matcher, and closes them in the end. */
    public static Tiepoint of(FeatureExtractor extractor, FeatureMatcher matcher, TiepointOptions options) {
        return new Tiepoint(extractor, matcher, options);
    }

    @FunctionalInterface
    private interface MatcherOpener {
        OnnxMatcher open() throws IOException;
    }

    private static Tiepoint opened(OnnxExtractor extractor, MatcherOpener opener, TiepointOptions options)
            throws IOException {
        try {
            return new Tiepoint(extractor, matcher(extractor, opener, options), options);
        } catch (IOException | RuntimeException e) {
            extractor.close();
            throw e;
        }
    }

    private static FeatureMatcher matcher(OnnxExtractor extractor, MatcherOpener opener, TiepointOptions options)
            throws IOException {
        return options.matcher() == TiepointOptions.Matcher.LIGHTGLUE
                ? learned(extractor, opener)
                : nearest(options.matcher(), options.maxDistance());
    }

    private static OnnxMatcher learned(OnnxExtractor extractor, MatcherOpener opener) throws IOException {
        OnnxMatcher matcher = opener.open();
        try {
            matcher.checkTakes(extractor.name(), extractor.card().descriptorSize(), false);
            return matcher;
        } catch (ModelFormatException e) {
            matcher.close();
            throw e;
        }
    }

    /**
     * A matcher that compares descriptors of norm 1 and nothing else.
     *
     * @param maxDistance of matched descriptors; 2 takes all
     */
    public static FeatureMatcher nearest(TiepointOptions.Matcher matcher, double maxDistance) {
        NearestOptions options = switch (matcher) {
            case NEAREST -> NearestOptions.MUTUAL;
            case RATIO -> NearestOptions.RATIO;
            case DUAL_SOFTMAX -> NearestOptions.DUAL_SOFTMAX;
            case LIGHTGLUE ->
                throw new IllegalArgumentException("matcher: expected one without a network, found " + matcher);
        };
        String name = switch (matcher) {
            case RATIO -> "mutual-ratio-0.8";
            case DUAL_SOFTMAX -> "dual-softmax";
            default -> "mutual-nearest";
        };
        return maxDistance < 2
                ? new MutualNearestMatcher(name + "-within-" + maxDistance, options.withMaxDistance(maxDistance))
                : new MutualNearestMatcher(name, options);
    }

    /** Both images of a pair are extracted at once, so each gets half of the threads. */
    private static ExtractorOptions extractorOptions(TiepointOptions options) {
        return new ExtractorOptions(options.maxKeypoints(), Math.max(options.threads() / 2, 1));
    }

    private static MatcherOptions matcherOptions(TiepointOptions options) {
        return new MatcherOptions(MatcherOptions.DEFAULT.minScore(), options.threads(), options.adaptivity());
    }

    /** Who extracts. */
    public FeatureExtractor extractor() {
        return extractor;
    }

    /** Who matches. */
    public FeatureMatcher matcher() {
        return matcher;
    }

    /**
     * Extracts from both images, matches what was found, and refines the matches: matched keypoints of image 1 lie where the
     * images agree, which may be a few px from where they were detected. Where that leaves next to nothing, image 1 is tried
     * turned by 90, 180 and 270 degrees: the learned features bear turns of 45 degrees or so.
     */
    public PairMatching match(GrayImage image0, GrayImage image1) {
        Stopwatch extracting = new Stopwatch();
        Stopwatch matching = new Stopwatch();
        MatchRefiner.Images images = new MatchRefiner.Images(image0, image1);
        GrayImage small1 = extracting.time(() -> resized(image1));
        PairExtraction.Pair pair = extracting.time(() -> extract(resized(image0), small1));
        Found found = matching.time(() -> found(images, pair.features0(), pair.features1()));
        if (options.refine() && options.tryTurned() && found.matches.size() < FEW) {
            for (QuarterTurn turn : QuarterTurn.values()) {
                LocalFeatures features1 = extracting.time(() -> turned(small1, turn));
                Found other = matching.time(() -> found(images, pair.features0(), features1));
                found = other.matches.size() > found.matches.size() ? other : found;
            }
        }
        return new PairMatching(
                inOriginal(pair.features0(), image0.size()),
                inOriginal(found.features1, image1.size()),
                found.matches,
                found.effort,
                new PairMatching.Timings(extracting.ms(), matching.ms()));
    }

    private record Found(LocalFeatures features1, Matches matches, Optional<PairMatching.Effort> effort) {}

    private Found found(MatchRefiner.Images images, LocalFeatures features0, LocalFeatures features1) {
        Matches matches;
        Optional<PairMatching.Effort> effort = Optional.empty();
        if (matcher instanceof OnnxMatcher learned && learned.adapts()) {
            AdaptiveMatches found = learned.matchAdaptively(features0, features1);
            matches = found.matches();
            effort = Optional.of(
                    new PairMatching.Effort(found.layers(), learned.layers(), found.dropped0(), found.dropped1()));
        } else {
            matches = matcher.match(features0, features1);
        }
        MatchRefiner.Refined refined = refiner.refine(images, features0, features1, matches);
        return new Found(features1.withKeypoints(refined.keypoints1()), refined.matches(), effort);
    }

    /** Features of the turned image, where they lie in the image as it is. */
    private LocalFeatures turned(GrayImage image, QuarterTurn turn) {
        LocalFeatures features = extractor.extract(turn.apply(image));
        float[] positions = features.keypoints().positions();
        for (int i = 0; i < positions.length; i += 2) {
            double x = turn.xBefore(positions[i], positions[i + 1], image.size());
            double y = turn.yBefore(positions[i], positions[i + 1], image.size());
            positions[i] = (float) x;
            positions[i + 1] = (float) y;
        }
        Keypoints keypoints = turnedBack(features.keypoints().movedTo(positions), turn);
        return new LocalFeatures(keypoints, features.descriptors(), image.size());
    }

    private static Keypoints turnedBack(Keypoints keypoints, QuarterTurn turn) {
        if (!keypoints.hasScalesAndOrientations()) {
            return keypoints;
        }
        ImageSize origin = new ImageSize(1, 1);
        float[] scales = new float[keypoints.size()];
        float[] orientations = new float[keypoints.size()];
        for (int i = 0; i < scales.length; i++) {
            double cos = Math.cos(keypoints.orientation(i));
            double sin = Math.sin(keypoints.orientation(i));
            scales[i] = keypoints.scale(i);
            orientations[i] = (float) Math.atan2(
                    turn.yBefore(cos, sin, origin) - turn.yBefore(0, 0, origin),
                    turn.xBefore(cos, sin, origin) - turn.xBefore(0, 0, origin));
        }
        return keypoints.with(scales, orientations);
    }

    /** Adds up durations. */
    private static final class Stopwatch {
        private long nanos;

        <T> T time(Supplier<T> work) {
            long start = System.nanoTime();
            T result = work.get();
            nanos += System.nanoTime() - start;
            return result;
        }

        double ms() {
            return nanos / 1e6;
        }
    }

    private PairExtraction.Pair extract(GrayImage image0, GrayImage image1) {
        return options.threads() > 1
                ? extraction.extract(extractor, image0, image1)
                : new PairExtraction.Pair(extractor.extract(image0), extractor.extract(image1));
    }

    private GrayImage resized(GrayImage image) {
        return options.resizeLongerSidePx() == 0 ? image : Resize.fitLongerSide(image, options.resizeLongerSidePx());
    }

    private static LocalFeatures inOriginal(LocalFeatures features, ImageSize size) {
        if (features.imageSize().equals(size)) {
            return features;
        }
        double scaleX = (double) size.width() / features.imageSize().width();
        double scaleY = (double) size.height() / features.imageSize().height();
        return new LocalFeatures(features.keypoints().scaled(scaleX, scaleY), features.descriptors(), size);
    }

    @Override
    public void close() {
        extraction.close();
        matcher.close();
        extractor.close();
    }
}
