package io.tiepoint.match.classical;

import io.tiepoint.core.features.FeatureExtractor;
import io.tiepoint.core.features.FeatureMatcher;
import io.tiepoint.core.features.LocalFeatures;
import io.tiepoint.core.features.Matches;
import io.tiepoint.core.geometry.Homography;
import io.tiepoint.core.geometry.PixelPoint;
import io.tiepoint.core.image.ImageSize;
import io.tiepoint.core.random.Seed;
import io.tiepoint.testkit.BlobImage;
import java.util.Arrays;

/**
 * The median error of matched keypoints between a picture and a mapped one, x and y apart, so that a shift shows and noise does
 * not; px of view 1.
 */
record PositionErrors(double medianXPx, double medianYPx, int matches) {
    static PositionErrors measure(
            FeatureExtractor extractor, FeatureMatcher matcher, Homography h1From0, ImageSize size1) {
        BlobImage picture = new BlobImage(new ImageSize(300, 240), new Seed(17));
        LocalFeatures features0 = extractor.extract(picture.draw());
        LocalFeatures features1 = extractor.extract(picture.draw(h1From0, size1));
        Matches matches = matcher.match(features0, features1);
        double[] errorsX = new double[matches.size()];
        double[] errorsY = new double[matches.size()];
        int count = 0;
        for (int i = 0; i < matches.size(); i++) {
            PixelPoint expected = h1From0.map(features0.keypoints().point(matches.index0(i)));
            PixelPoint found = features1.keypoints().point(matches.index1(i));
            if (found.distanceTo(expected) < 3) {
                errorsX[count] = found.x() - expected.x();
                errorsY[count++] = found.y() - expected.y();
            }
        }
        return new PositionErrors(median(errorsX, count), median(errorsY, count), count);
    }

    private static double median(double[] values, int count) {
        double[] sorted = Arrays.copyOf(values, count);
        Arrays.sort(sorted);
        return count == 0 ? Double.NaN : sorted[count / 2];
    }
}
