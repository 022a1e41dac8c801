package io.tiepoint.match;

import io.tiepoint.core.features.FeatureExtractor;
import io.tiepoint.core.features.FeatureMatcher;
import io.tiepoint.core.features.LocalFeatures;
import io.tiepoint.core.features.MatchRefiner;
import io.tiepoint.core.features.Matches;
import io.tiepoint.core.image.GrayImage;
import io.tiepoint.core.image.ImageSize;
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
     * Opens models from files; each has its card beside it. With {@link TiepointOptions.Matcher#NEAREST} the second file is not
     * looked at.
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
        if (options.matcher() == TiepointOptions.Matcher.NEAREST) {
            return new Tiepoint(extractor, new MutualNearestMatcher(NearestOptions.MUTUAL), options);
        }
        try {
            return new Tiepoint(extractor, opener.open(), options);
        } catch (IOException | RuntimeException e) {
            extractor.close();
            throw e;
        }
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
     * images agree, which may be a few px from where they were detected.
     */
    public PairMatching match(GrayImage image0, GrayImage image1) {
        long start = System.nanoTime();
        MatchRefiner.Images images = new MatchRefiner.Images(resized(image0), resized(image1));
        PairExtraction.Pair pair = extract(images);
        long extracted = System.nanoTime();
        Matches matches = matcher.match(pair.features0(), pair.features1());
        MatchRefiner.Refined refined = refiner.refine(images, pair.features0(), pair.features1(), matches);
        LocalFeatures features1 = pair.features1().withKeypoints(refined.keypoints1());
        long matched = System.nanoTime();
        return new PairMatching(
                inOriginal(pair.features0(), image0.size()),
                inOriginal(features1, image1.size()),
                refined.matches(),
                new PairMatching.Timings((extracted - start) / 1e6, (matched - extracted) / 1e6));
    }

    private PairExtraction.Pair extract(MatchRefiner.Images images) {
        return options.threads() > 1
                ? extraction.extract(extractor, images.image0(), images.image1())
                : new PairExtraction.Pair(extractor.extract(images.image0()), extractor.extract(images.image1()));
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
