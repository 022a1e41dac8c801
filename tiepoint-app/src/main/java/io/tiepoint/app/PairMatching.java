package io.tiepoint.app;

import io.tiepoint.core.features.FeatureExtractor;
import io.tiepoint.core.features.FeatureMatcher;
import io.tiepoint.core.features.LocalFeatures;
import io.tiepoint.core.features.Matches;
import io.tiepoint.core.features.RobustEstimator;
import io.tiepoint.core.geometry.TwoViewGeometry;
import io.tiepoint.core.image.GrayImage;
import io.tiepoint.core.image.Resize;
import io.tiepoint.core.random.Seed;
import io.tiepoint.evaluate.StageTimes;
import java.util.Optional;

/** The way of one pair: extract, match, verify, each with its time. */
final class PairMatching {
    private static final Seed SEED = new Seed(0);

    private final FeatureExtractor extractor;
    private final FeatureMatcher matcher;
    private final Optional<RobustEstimator> estimator;
    private final int longerSidePx;

    /**
     * Takes what does the work; everything stays open.
     *
     * @param estimator none if the matches are not verified
     * @param longerSidePx larger images are made smaller before extraction; px
     */
    PairMatching(
            FeatureExtractor extractor, FeatureMatcher matcher, Optional<RobustEstimator> estimator, int longerSidePx) {
        this.extractor = extractor;
        this.matcher = matcher;
        this.estimator = estimator;
        this.longerSidePx = longerSidePx;
    }

    /**
     * What was found.
     *
     * @param features0 keypoints in px of the image as it was given, whatever size it was extracted at
     * @param features1 likewise
     * @param matches pairs of them
     * @param geometry none if nothing was verified, or no geometry explains the matches
     * @param times extraction includes resizing
     */
    record Found(
            LocalFeatures features0,
            LocalFeatures features1,
            Matches matches,
            Optional<TwoViewGeometry> geometry,
            StageTimes times) {}

    Found run(GrayImage image0, GrayImage image1) {
        long start = System.nanoTime();
        LocalFeatures features0 = extract(image0);
        LocalFeatures features1 = extract(image1);
        long extracted = System.nanoTime();
        Matches matches = matcher.match(features0, features1);
        long matched = System.nanoTime();
        Optional<TwoViewGeometry> geometry =
                estimator.flatMap(e -> e.estimate(features0.keypoints(), features1.keypoints(), matches, SEED));
        long verified = System.nanoTime();
        StageTimes times = StageTimes.of(ms(start, extracted), ms(extracted, matched), ms(matched, verified));
        return new Found(features0, features1, matches, geometry, times);
    }

    private LocalFeatures extract(GrayImage image) {
        GrayImage resized = Resize.fitLongerSide(image, longerSidePx);
        LocalFeatures features = extractor.extract(resized);
        return new LocalFeatures(
                features.keypoints()
                        .scaled(image.width() / (double) resized.width(), image.height() / (double) resized.height()),
                features.descriptors(),
                image.size());
    }

    static double ms(long fromNanos, long toNanos) {
        return (toNanos - fromNanos) / 1e6;
    }
}
