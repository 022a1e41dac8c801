package io.tiepoint.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.tiepoint.core.features.FeatureExtractor;
import io.tiepoint.core.features.LocalFeatures;
import io.tiepoint.core.image.GrayImage;
import io.tiepoint.core.image.ImageSize;
import io.tiepoint.core.random.Seed;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What every {@link FeatureExtractor} promises. A test class for each implementation extends this. */
public abstract class FeatureExtractorContract {
    /** Opens the extractor; the contract closes it. */
    protected abstract FeatureExtractor open(int maxKeypoints);

    private static GrayImage picture(int width, int height) {
        return new BlobImage(new ImageSize(width, height), new Seed(5)).draw();
    }

    @Test
    void keepsTheBestKeypointsFirstAndNoMoreThanItMay() {
        GrayImage image = picture(200, 150);
        try (FeatureExtractor few = open(20);
                FeatureExtractor many = open(2000)) {
            LocalFeatures features = few.extract(image);

            assertThat(features.size()).isBetween(1, 20);
            assertThat(many.extract(image).size()).isGreaterThan(features.size());
            for (int i = 1; i < features.size(); i++) {
                assertThat(features.keypoints().score(i))
                        .isLessThanOrEqualTo(features.keypoints().score(i - 1));
            }
        }
    }

    @Test
    void placesKeypointsInsideAndGivesFiniteDescriptors() {
        try (FeatureExtractor extractor = open(500)) {
            LocalFeatures features = extractor.extract(picture(201, 147));

            assertThat(features.imageSize()).isEqualTo(new ImageSize(201, 147));
            for (int i = 0; i < features.size(); i++) {
                assertThat(features.imageSize()
                                .contains(
                                        features.keypoints().x(i),
                                        features.keypoints().y(i)))
                        .isTrue();
            }
            boolean finite = true;
            for (float value : features.descriptors().values()) {
                finite &= Float.isFinite(value);
            }
            assertThat(finite).isTrue();
        }
    }

    @Test
    void findsNothingInABlackImage() {
        try (FeatureExtractor extractor = open(100)) {
            assertThat(extractor
                            .extract(GrayImage.wrap(160, 120, new float[160 * 120]))
                            .size())
                    .isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 3", "7, 9", "8, 8", "20000, 3", "3, 5000", "33, 65"})
    void takesAnImageOfAnySize(int width, int height) {
        float[] pixels = new float[width * height];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (i * 37 % 101) / 100f;
        }
        try (FeatureExtractor extractor = open(100)) {
            LocalFeatures features = extractor.extract(GrayImage.wrap(width, height, pixels));

            assertThat(features.imageSize()).isEqualTo(new ImageSize(width, height));
            assertThat(features.size()).isLessThanOrEqualTo(100);
            for (int i = 0; i < features.size(); i++) {
                assertThat(features.imageSize()
                                .contains(
                                        features.keypoints().x(i),
                                        features.keypoints().y(i)))
                        .isTrue();
            }
        }
    }

    @Test
    void givesTheSameAgain() {
        GrayImage image = picture(160, 120);
        try (FeatureExtractor extractor = open(100);
                FeatureExtractor other = open(100)) {
            LocalFeatures features = extractor.extract(image);

            assertThat(extractor.extract(image)).isEqualTo(features);
            assertThat(other.extract(image)).isEqualTo(features);
        }
    }

    @Test
    void worksForSeveralThreadsAtOnce() throws Exception {
        GrayImage image0 = picture(160, 120);
        GrayImage image1 = picture(120, 160);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try (FeatureExtractor extractor = open(100)) {
            LocalFeatures features0 = extractor.extract(image0);
            LocalFeatures features1 = extractor.extract(image1);
            for (int repeat = 0; repeat < 5; repeat++) {
                List<Callable<LocalFeatures>> tasks =
                        List.of(() -> extractor.extract(image0), () -> extractor.extract(image1));
                List<Future<LocalFeatures>> found = threads.invokeAll(tasks);
                assertThat(found.get(0).get()).isEqualTo(features0);
                assertThat(found.get(1).get()).isEqualTo(features1);
            }
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void hasAName() {
        try (FeatureExtractor extractor = open(10)) {
            assertThat(extractor.name()).isNotBlank();
        }
    }
}
