package io.tiepoint.match.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tiepoint.core.features.FeatureExtractor;
import io.tiepoint.core.features.LocalFeatures;
import io.tiepoint.core.geometry.Homography;
import io.tiepoint.core.geometry.PixelPoint;
import io.tiepoint.core.image.GrayImage;
import io.tiepoint.core.image.ImageSize;
import io.tiepoint.core.random.Seed;
import io.tiepoint.testkit.BlobImage;
import io.tiepoint.testkit.FeatureExtractorContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OnnxExtractorTest extends FeatureExtractorContract {
    @TempDir
    private Path folder;

    @Override
    protected FeatureExtractor open(int maxKeypoints) {
        try {
            return OnnxExtractor.open(TestModels.writeExtractor(folder), new ExtractorOptions(maxKeypoints, 1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One round spot. */
    private static GrayImage spot(int width, int height, double x, double y) {
        float[] pixels = new float[width * height];
        for (int i = 0; i < pixels.length; i++) {
            int row = i / width;
            double dx = i % width + 0.5 - x;
            double dy = row + 0.5 - y;
            pixels[i] = (float) (0.2 + 0.6 * Math.exp(-(dx * dx + dy * dy) / 4));
        }
        return GrayImage.wrap(width, height, pixels);
    }

    @ParameterizedTest
    @CsvSource({"64, 64, 30.5, 20.5", "65, 63, 30.5, 20.5", "71, 50, 60.5, 40.5", "100, 9, 50.5, 4.5"})
    void findsASpotWhereItIs(int width, int height, double x, double y) {
        try (FeatureExtractor extractor = open(10)) {
            LocalFeatures features = extractor.extract(spot(width, height, x, y));

            assertThat(features.size()).isPositive();
            assertThat(features.keypoints().point(0).distanceTo(new PixelPoint(x, y)))
                    .isLessThan(1e-3);
            assertThat(features.keypoints().score(0)).isGreaterThan(0.2f);
        }
    }

    @ParameterizedTest
    @CsvSource({"0.25, 0", "-0.3, 0.4", "0, -0.45"})
    void placesKeypointsToTheSubpixelWithoutBias(double dx, double dy) {
        BlobImage picture = new BlobImage(new ImageSize(160, 120), new Seed(2));
        try (FeatureExtractor extractor = open(100)) {
            LocalFeatures features0 = extractor.extract(picture.draw());
            LocalFeatures features1 =
                    extractor.extract(picture.draw(Homography.translation(dx, dy), new ImageSize(160, 120)));

            double sumX = 0;
            double sumY = 0;
            int count = 0;
            for (int i = 0; i < features0.size(); i++) {
                PixelPoint point = features0.keypoints().point(i);
                for (int j = 0; j < features1.size(); j++) {
                    if (features1.keypoints().point(j).distanceTo(point) < 2) {
                        sumX += features1.keypoints().x(j) - point.x();
                        sumY += features1.keypoints().y(j) - point.y();
                        count++;
                    }
                }
            }
            assertThat(count).isGreaterThan(50);
            assertThat(sumX / count).isCloseTo(dx, within(0.15));
            assertThat(sumY / count).isCloseTo(dy, within(0.15));
        }
    }

    @Test
    void givesDescriptorsOfNormOne() {
        try (FeatureExtractor extractor = open(100)) {
            LocalFeatures features = extractor.extract(new BlobImage(new ImageSize(101, 83), new Seed(2)).draw());

            assertThat(features.descriptors().dimension()).isEqualTo(TestModels.DIMENSION);
            for (int i = 0; i < features.size(); i++) {
                double sum = 0;
                for (int d = 0; d < TestModels.DIMENSION; d++) {
                    float value = features.descriptors().values()[i * TestModels.DIMENSION + d];
                    sum += value * value;
                }
                assertThat(sum).isCloseTo(1, within(1e-5));
            }
        }
    }

    @Test
    void thePaddingChangesNothingInsideTheImage() {
        BlobImage picture = new BlobImage(new ImageSize(96, 96), new Seed(4));
        try (FeatureExtractor extractor = open(300)) {
            LocalFeatures whole = extractor.extract(picture.draw());
            LocalFeatures part = extractor.extract(picture.draw(Homography.IDENTITY, new ImageSize(93, 90)));

            int compared = 0;
            for (int i = 0; i < whole.size(); i++) {
                if (whole.keypoints().x(i) < 80 && whole.keypoints().y(i) < 80) {
                    compared++;
                    boolean found = false;
                    for (int j = 0; j < part.size(); j++) {
                        found |= part.keypoints()
                                .point(j)
                                .equals(whole.keypoints().point(i));
                    }
                    assertThat(found).isTrue();
                }
            }
            assertThat(compared).isGreaterThan(20);
        }
    }
}
