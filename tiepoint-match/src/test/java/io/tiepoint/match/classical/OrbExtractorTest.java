package io.tiepoint.match.classical;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tiepoint.core.features.FeatureExtractor;
import io.tiepoint.core.features.FeatureMatcher;
import io.tiepoint.core.geometry.Homography;
import io.tiepoint.core.image.ImageSize;
import io.tiepoint.testkit.FeatureExtractorContract;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrbExtractorTest extends FeatureExtractorContract {
    @Override
    protected FeatureExtractor open(int maxKeypoints) {
        return new OrbExtractor(maxKeypoints);
    }

    @ParameterizedTest
    @CsvSource({"1, 0, 0", "1, 7, 3", "2, 0, 0", "0.5, 0, 0"})
    void placesKeypointsInTheCornerFrameWithoutBias(double scale, double dx, double dy) {
        Homography h1From0 = Homography.translation(dx, dy).compose(Homography.scaling(scale, scale));
        ImageSize size1 = new ImageSize((int) (300 * scale), (int) (240 * scale));

        PositionErrors errors;
        try (FeatureExtractor extractor = open(600);
                FeatureMatcher matcher = OrbExtractor.matcher()) {
            errors = PositionErrors.measure(extractor, matcher, h1From0, size1);
        }

        assertThat(errors.matches()).isGreaterThan(30);
        assertThat(errors.medianXPx()).isCloseTo(0, within(0.25));
        assertThat(errors.medianYPx()).isCloseTo(0, within(0.25));
    }
}
