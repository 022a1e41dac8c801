package io.tiepoint.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tiepoint.core.features.FeatureExtractor;
import io.tiepoint.core.features.LocalFeatures;
import io.tiepoint.core.geometry.Homography;
import io.tiepoint.core.geometry.PixelPoint;
import io.tiepoint.core.image.GrayImage;
import io.tiepoint.core.image.ImageSize;
import io.tiepoint.core.random.Seed;
import io.tiepoint.match.classical.SiftExtractor;
import io.tiepoint.match.onnx.TestModels;
import io.tiepoint.testkit.BlobImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TiepointTest {
    private static final ImageSize SIZE = new ImageSize(240, 180);
    private static final Homography SHIFT = Homography.translation(16, -8);
    private static final BlobImage PICTURE = new BlobImage(SIZE, new Seed(3));

    @TempDir
    private Path folder;

    private Tiepoint open(TiepointOptions options) throws IOException {
        return Tiepoint.open(TestModels.writeExtractor(folder), TestModels.writeMatcher(folder), options);
    }

    private static double precision(PairMatching pair, Homography h1From0, double withinPx) {
        int right = 0;
        for (int i = 0; i < pair.matches().size(); i++) {
            PixelPoint expected = h1From0.map(
                    pair.features0().keypoints().point(pair.matches().index0(i)));
            PixelPoint found = pair.features1().keypoints().point(pair.matches().index1(i));
            right += found.distanceTo(expected) < withinPx ? 1 : 0;
        }
        return (double) right / pair.matches().size();
    }

    @ParameterizedTest
    @EnumSource(TiepointOptions.Matcher.class)
    void matchesAShiftedPicture(TiepointOptions.Matcher matcher) throws IOException {
        try (Tiepoint tiepoint = open(TiepointOptions.DEFAULT.withMatcher(matcher))) {
            PairMatching pair = tiepoint.match(PICTURE.draw(), PICTURE.draw(SHIFT, SIZE));

            assertThat(pair.matches().size()).isGreaterThan(50);
            assertThat(precision(pair, SHIFT, 1)).isGreaterThan(0.9);
            assertThat(pair.timings().extractionMs()).isPositive();
            assertThat(pair.timings().matchingMs()).isPositive();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void findsAPictureThatWasTurned(int quarters) throws IOException {
        double cos = Math.round(Math.cos(quarters * Math.PI / 2));
        double sin = Math.round(Math.sin(quarters * Math.PI / 2));
        Homography turn = Homography.of(
                cos,
                -sin,
                Math.max(0, SIZE.height() * sin) - Math.min(0, SIZE.width() * cos),
                sin,
                cos,
                -Math.min(0, SIZE.width() * sin) - Math.min(0, SIZE.height() * cos),
                0,
                0,
                1);
        ImageSize size = quarters == 2 ? SIZE : new ImageSize(SIZE.height(), SIZE.width());
        GrayImage turned = PICTURE.draw(turn, size);
        try (Tiepoint trying = open(TiepointOptions.DEFAULT.withMatcher(TiepointOptions.Matcher.NEAREST));
                Tiepoint plain = open(TiepointOptions.DEFAULT
                        .withMatcher(TiepointOptions.Matcher.NEAREST)
                        .withTryTurned(false))) {
            PairMatching found = trying.match(PICTURE.draw(), turned);

            assertThat(found.matches().size()).isGreaterThan(50);
            assertThat(precision(found, turn, 1)).isGreaterThan(0.9);
            assertThat(found.features1().imageSize()).isEqualTo(size);
            assertThat(plain.match(PICTURE.draw(), turned).matches().size()).isLessThan(16);
        }
    }

    @Test
    void givesPixelsOfTheOriginalWhateverTheNetworkSees() {
        Homography twice = Homography.scaling(2, 2);
        ImageSize large = new ImageSize(480, 360);
        TiepointOptions options = TiepointOptions.DEFAULT.withResizeLongerSidePx(300);
        try (Tiepoint tiepoint = Tiepoint.of(SiftExtractor.sift(400), SiftExtractor.matcher(), options)) {
            PairMatching pair = tiepoint.match(PICTURE.draw(), PICTURE.draw(twice, large));

            assertThat(pair.features0().imageSize()).isEqualTo(SIZE);
            assertThat(pair.features1().imageSize()).isEqualTo(large);
            assertThat(pair.matches().size()).isGreaterThan(50);
            assertThat(precision(pair, twice, 1.5)).isGreaterThan(0.9);
        }
    }

    @Test
    void givesTheSameForAnyNumberOfThreads() throws IOException {
        GrayImage image0 = PICTURE.draw();
        GrayImage image1 = PICTURE.draw(SHIFT, SIZE);
        try (Tiepoint one = open(TiepointOptions.DEFAULT.withThreads(1));
                Tiepoint four = open(TiepointOptions.DEFAULT.withThreads(4))) {
            PairMatching expected = one.match(image0, image1);
            PairMatching found = four.match(image0, image1);

            assertThat(found.features0().keypoints())
                    .isEqualTo(expected.features0().keypoints());
            assertThat(found.matches().size()).isCloseTo(expected.matches().size(), within(2));
        }
    }

    @Test
    void matchesImagesOfAnySize() throws IOException {
        try (Tiepoint tiepoint = open(TiepointOptions.DEFAULT.withMaxKeypoints(50))) {
            GrayImage point = GrayImage.wrap(1, 1, new float[1]);
            GrayImage strip = GrayImage.wrap(20000, 3, new float[60000]);

            assertThat(tiepoint.match(point, strip).matches().size()).isZero();
            assertThat(tiepoint.match(PICTURE.draw(), point).matches().size()).isZero();
        }
    }

    @Test
    void failsWithTheExtractorsErrorAfterBothImagesAreDone() {
        AtomicInteger calls = new AtomicInteger();
        FeatureExtractor failing = new FeatureExtractor() {
            @Override
            public String name() {
                return "failing";
            }

            @Override
            public LocalFeatures extract(GrayImage image) {
                calls.incrementAndGet();
                throw new IllegalStateException("image of " + image.size() + " px");
            }

            @Override
            public void close() {}
        };
        try (Tiepoint tiepoint =
                Tiepoint.of(failing, SiftExtractor.matcher(), TiepointOptions.DEFAULT.withThreads(2))) {
            assertThatThrownBy(() -> tiepoint.match(PICTURE.draw(), PICTURE.draw()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("image of 240x180 px");
            assertThat(calls).hasValue(2);
        }
    }

    @Test
    void rejectsOptionsThatMeanNothing() {
        assertThatThrownBy(() -> TiepointOptions.DEFAULT.withThreads(0)).hasMessage("threads: expected > 0, found 0");
        assertThatThrownBy(() -> TiepointOptions.DEFAULT.withMaxKeypoints(-1))
                .hasMessage("maxKeypoints: expected > 0, found -1");
    }
}
