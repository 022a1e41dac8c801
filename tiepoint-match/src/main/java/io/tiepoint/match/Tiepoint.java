package io.tiepoint.match;

import io.tiepoint.core.features.FeatureExtractor;
import io.tiepoint.core.features.FeatureMatcher;
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

    /** Uses any extractor and matcher, and closes them in the end. */
    public static Tiepoint of(FeatureExtractor extractor, FeatureMatcher matcher, TiepointOptions options) {
        return new Tiepoint(extractor, matcher, options);
    }

    @FunctionalInterface
    private interface MatcherOpener {
        FeatureMatcher open() throws IOException;
    }

    private static Tiepoint opened(OnnxExtractor extractor, MatcherOpener opener, TiepointOptions options)
            throws IOException {
        try {
            return new Tiepoint(extractor, matcher(options.matcher(), opener), options);
        } catch (IOException | RuntimeException e) {
            extractor.close();
            throw e;
        }
    }

    private static FeatureMatcher matcher(TiepointOptions.Matcher matcher, MatcherOpener opener) throws IOException {
        return switch (matcher) {
            case LIGHTGLUE -> opener.open();
            case NEAREST -> new MutualNearestMatcher(NearestOptions.MUTUAL);
            case RATIO -> new MutualNearestMatcher("mutual-ratio-0.8", NearestOptions.RATIO);
            case DUAL_SOFTMAX -> new MutualNearestMatcher("dual-softmax", NearestOptions.DUAL_SOFTMAX);
        };
    }

    /** Both images of a pair are extracted at once, so each gets half of the threads. */
    private static ExtractorOptions extractorOptions(TiepointOptions options) {
        return new ExtractorOptions(options.maxKeypoints(), Math.max(options.threads() / 2, 1));
    }

    private static MatcherOptions matcherOptions(TiepointOptions options) {
        return new MatcherOptions(MatcherOptions.DEFAULT.minScore(), options.threads());
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
                new PairMatching.Timings(extracting.ms(), matching.ms()));
    }

    private record Found(LocalFeatures features1, Matches matches) {}

    private Found found(MatchRefiner.Images images, LocalFeatures features0, LocalFeatures features1) {
        MatchRefiner.Refined refined =
                refiner.refine(images, features0, features1, matcher.match(features0, features1));
        return new Found(features1.withKeypoints(refined.keypoints1()), refined.matches());
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
        return new LocalFeatures(features.keypoints().movedTo(positions), features.descriptors(), image.size());
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
