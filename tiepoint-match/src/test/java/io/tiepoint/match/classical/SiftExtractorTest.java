package io.tiepoint.match.classical;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tiepoint.core.features.FeatureExtractor;
import io.tiepoint.core.features.FeatureMatcher;
import io.tiepoint.core.features.Keypoints;
import io.tiepoint.core.features.LocalFeatures;
import io.tiepoint.core.geometry.Homography;
import io.tiepoint.core.image.ImageSize;
import io.tiepoint.core.random.Seed;
import io.tiepoint.testkit.BlobImage;
import io.tiepoint.testkit.FeatureExtractorContract;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SiftExtractorTest extends FeatureExtractorContract {
    @Override
    protected FeatureExtractor open(int maxKeypoints) {
        return SiftExtractor.sift(maxKeypoints);
    }

    @ParameterizedTest
    @CsvSource({"1, 0, 0", "1, 7, 3", "1, 0.5, 0.25", "1.5, 0, 0", "0.5, 0, 0", "2, 0.3, -4"})
    void placesKeypointsInTheCornerFrameWithoutBias(double scale, double dx, double dy) {
        Homography h1From0 = Homography.translation(dx, dy).compose(Homography.scaling(scale, scale));
        ImageSize size1 = new ImageSize((int) (300 * scale), (int) (240 * scale));

        PositionErrors errors;
        try (FeatureExtractor extractor = open(400);
                FeatureMatcher matcher = SiftExtractor.matcher()) {
            errors = PositionErrors.measure(extractor, matcher, h1From0, size1);
        }

        assertThat(errors.matches()).isGreaterThan(60);
        assertThat(errors.medianXPx()).isCloseTo(0, within(0.06));
        assertThat(errors.medianYPx()).isCloseTo(0, within(0.06));
    }

    @Test
    void measuresScalesAndOrientations() {
        try (FeatureExtractor sift = SiftExtractor.sift(200)) {
            Keypoints keypoints = sift.extract(new BlobImage(new ImageSize(160, 120), new Seed(1)).draw())
                    .keypoints();

            assertThat(keypoints.hasScalesAndOrientations()).isTrue();
            for (int i = 0; i < keypoints.size(); i++) {
                assertThat(keypoints.scale(i)).isBetween(1f, 160f);
                assertThat(keypoints.orientation(i)).isBetween(0f, (float) (2 * Math.PI));
            }
        }
    }

    @Test
    void givesDescriptorsOfNormOne() {
        try (FeatureExtractor sift = open(50);
                FeatureExtractor rootSift = SiftExtractor.rootSift(50)) {
            for (FeatureExtractor extractor : new FeatureExtractor[] {sift, rootSift}) {
                LocalFeatures features = extractor.extract(new BlobImage(new ImageSize(160, 120), new Seed(1)).draw());
                float[] values = features.descriptors().values();
                for (int i = 0; i < features.size(); i++) {
                    double sum = 0;
                    for (int d = 0; d < 128; d++) {
                        sum += values[128 * i + d] * values[128 * i + d];
                    }
                    assertThat(sum).isCloseTo(1, within(1e-5));
                }
            }
        }
    }

    @Test
    void takesTheSquareRootOfEveryValueForRootSift() {
        try (FeatureExtractor sift = open(50);
                FeatureExtractor rootSift = SiftExtractor.rootSift(50)) {
            BlobImage picture = new BlobImage(new ImageSize(160, 120), new Seed(1));
            LocalFeatures plain = sift.extract(picture.draw());
            LocalFeatures root = rootSift.extract(picture.draw());

            assertThat(root.keypoints()).isEqualTo(plain.keypoints());
            double sum = 0;
            for (int d = 0; d < 128; d++) {
                sum += plain.descriptors().values()[d];
            }
            for (int d = 0; d < 128; d++) {
                assertThat(root.descriptors().values()[d])
                        .isCloseTo((float) Math.sqrt(plain.descriptors().values()[d] / sum), within(1e-5f));
            }
        }
    }
}
