package io.tiepoint.match.refine;

import static org.assertj.core.api.Assertions.assertThat;

import io.tiepoint.core.features.Descriptors;
import io.tiepoint.core.features.Keypoints;
import io.tiepoint.core.features.LocalFeatures;
import io.tiepoint.core.features.MatchRefiner;
import io.tiepoint.core.features.Matches;
import io.tiepoint.core.geometry.Homography;
import io.tiepoint.core.geometry.PixelPoint;
import io.tiepoint.core.image.GrayImage;
import io.tiepoint.core.image.ImageSize;
import io.tiepoint.core.image.Resize;
import io.tiepoint.core.random.Draws;
import io.tiepoint.core.random.Seed;
import io.tiepoint.testkit.BlobImage;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PatchAlignmentTest {
    private static final int WIDTH = 321;
    private static final int HEIGHT = 243;
    private static final ImageSize SIZE = new ImageSize(WIDTH, HEIGHT);

    /** Two exact views of a plane of soft blobs, and keypoints of which both views see each other's. */
    private static final class Scene {
        private final MatchRefiner.Images images;
        private final float[] positions0;
        private final float[] truth1;

        Scene(Homography h1From0, long seed) {
            this(h1From0, seed, 1);
        }

        /** The images are larger by a factor than the size that keypoints are given in. */
        Scene(Homography h1From0, long seed, int factor) {
            ImageSize size = new ImageSize(factor * WIDTH, factor * HEIGHT);
            BlobImage picture = new BlobImage(size, new Seed(seed));
            this.images = new MatchRefiner.Images(
                    picture.draw(), darker(picture.draw(h1From0.resized(factor, factor), size)));
            Draws draws = new Seed(seed).child("keypoints").draws();
            this.positions0 = new float[2 * 300];
            this.truth1 = new float[positions0.length];
            for (int k = 0; k < positions0.length; ) {
                double x = draws.nextDouble(12, WIDTH - 12);
                double y = draws.nextDouble(12, HEIGHT - 12);
                PixelPoint in1 = h1From0.map(x, y);
                if (in1.x() > 12 && in1.y() > 12 && in1.x() < WIDTH - 12 && in1.y() < HEIGHT - 12) {
                    positions0[k] = (float) x;
                    truth1[k++] = (float) in1.x();
                    positions0[k] = (float) y;
                    truth1[k++] = (float) in1.y();
                }
            }
        }

        /** Under less light and with less contrast. */
        private static GrayImage darker(GrayImage image) {
            float[] pixels = image.pixels().clone();
            for (int i = 0; i < pixels.length; i++) {
                pixels[i] = 0.1f + 0.6f * pixels[i];
            }
            return GrayImage.wrap(image.width(), image.height(), pixels);
        }

        int size() {
            return positions0.length / 2;
        }

        LocalFeatures features0() {
            return features(positions0, SIZE);
        }

        /** Where the keypoints are seen in view 1, each moved by up to so much. */
        LocalFeatures features1(double jitterPx, Draws draws) {
            float[] moved = truth1.clone();
            for (int i = 0; i < moved.length; i++) {
                moved[i] += (float) draws.nextDouble(-jitterPx, jitterPx);
            }
            return features(moved, SIZE);
        }

        private static LocalFeatures features(float[] positions, ImageSize size) {
            int count = positions.length / 2;
            return new LocalFeatures(
                    Keypoints.of(positions, new float[count]), Descriptors.wrap(count, 1, new float[count]), size);
        }

        double[] errors(MatchRefiner.Refined refined) {
            double[] errors = new double[refined.matches().size()];
            for (int m = 0; m < errors.length; m++) {
                int k0 = refined.matches().index0(m);
                int k1 = refined.matches().index1(m);
                errors[m] = Math.hypot(
                        refined.keypoints1().x(k1) - truth1[2 * k0],
                        refined.keypoints1().y(k1) - truth1[2 * k0 + 1]);
            }
            Arrays.sort(errors);
            return errors;
        }
    }

    private static Homography similarity(double degrees, double scale) {
        double c = scale * Math.cos(Math.toRadians(degrees));
        double s = scale * Math.sin(Math.toRadians(degrees));
        double x = WIDTH / 2.0;
        double y = HEIGHT / 2.0;
        return Homography.of(c, -s, x - c * x + s * y + 4.3, s, c, y - s * x - c * y - 2.7, 2e-4, -1e-4, 1);
    }

    private static Matches identity(int count) {
        int[] indices = IntStream.range(0, count).toArray();
        float[] scores = new float[count];
        Arrays.fill(scores, 0.5f);
        return Matches.of(indices, indices, scores);
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "10, 0.9", "30, 1.3", "-45, 0.7", "90, 1", "170, 1.6", "20, 0.5"})
    void findsThePointToATenthOfAPixel(double degrees, double scale) {
        Scene scene = new Scene(similarity(degrees, scale), 1);
        LocalFeatures features1 = scene.features1(2.5, new Seed(2).draws());

        MatchRefiner.Refined refined =
                new PatchAlignment(1).refine(scene.images, scene.features0(), features1, identity(scene.size()));

        double[] errors = scene.errors(refined);
        assertThat(errors.length).isGreaterThan(scene.size() * 8 / 10);
        assertThat(errors[errors.length / 2]).isLessThan(0.06);
        assertThat(errors[errors.length * 9 / 10]).isLessThan(0.25);
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "30, 1.3", "-45, 0.7"})
    void isMoreExactWhereTheImagesShowMoreThanTheNetworkSaw(double degrees, double scale) {
        Scene scene = new Scene(similarity(degrees, scale), 1, 2);
        LocalFeatures features1 = scene.features1(2, new Seed(2).draws());
        MatchRefiner.Images small = new MatchRefiner.Images(
                Resize.fitLongerSide(scene.images.image0(), WIDTH), Resize.fitLongerSide(scene.images.image1(), WIDTH));

        double[] few =
                scene.errors(new PatchAlignment(1).refine(small, scene.features0(), features1, identity(scene.size())));
        double[] many = scene.errors(
                new PatchAlignment(1).refine(scene.images, scene.features0(), features1, identity(scene.size())));

        assertThat(many).hasSameSizeAs(few);
        assertThat(many[many.length / 2]).isLessThan(0.85 * few[few.length / 2]);
    }

    @Test
    void dropsWrongMatchesAndKeepsTheRightOnes() {
        Scene scene = new Scene(similarity(25, 1.2), 3);
        Draws draws = new Seed(4).draws();
        LocalFeatures exact = scene.features1(1, draws);
        float[] positions = exact.keypoints().positions();
        for (int k = 0; k < scene.size() / 2; k++) {
            positions[2 * k] = (float) draws.nextDouble(0, WIDTH);
            positions[2 * k + 1] = (float) draws.nextDouble(0, HEIGHT);
        }
        LocalFeatures features1 =
                exact.withKeypoints(Keypoints.of(positions, exact.keypoints().scores()));

        MatchRefiner.Refined refined =
                new PatchAlignment(1).refine(scene.images, scene.features0(), features1, identity(scene.size()));

        double[] errors = scene.errors(refined);
        assertThat(errors.length).isGreaterThan(scene.size() * 4 / 10);
        assertThat(Arrays.stream(errors).filter(e -> e < 1).count()).isGreaterThan(errors.length * 98L / 100);
    }

    @Test
    void matchesKeypointsBetweenTheGoodOnes() {
        Scene scene = new Scene(similarity(-15, 0.9), 5);
        LocalFeatures features1 = scene.features1(2, new Seed(6).draws());
        Matches third = identity(scene.size()).select(IntStream.range(0, 100).toArray());

        MatchRefiner.Refined refined = new PatchAlignment(1).refine(scene.images, scene.features0(), features1, third);

        double[] errors = scene.errors(refined);
        assertThat(errors.length).isGreaterThan(200);
        assertThat(errors[errors.length * 9 / 10]).isLessThan(0.3);
    }

    @Test
    void leavesUnmatchedKeypointsAndFewMatchesAlone() {
        Scene scene = new Scene(similarity(5, 1), 7);
        LocalFeatures features1 = scene.features1(2, new Seed(8).draws());
        Matches few = identity(7);

        MatchRefiner.Refined refined = new PatchAlignment(1).refine(scene.images, scene.features0(), features1, few);

        assertThat(refined.matches()).isEqualTo(few);
        assertThat(refined.keypoints1()).isEqualTo(features1.keypoints());

        MatchRefiner.Refined more =
                new PatchAlignment(1).refine(scene.images, scene.features0(), features1, identity(scene.size()));
        boolean[] matched = new boolean[scene.size()];
        for (int m = 0; m < more.matches().size(); m++) {
            matched[more.matches().index1(m)] = true;
        }
        for (int k = 0; k < matched.length; k++) {
            if (!matched[k]) {
                assertThat(more.keypoints1().point(k))
                        .isEqualTo(features1.keypoints().point(k));
            }
        }
    }

    @Test
    void isTheSameWithAnyNumberOfThreads() {
        Scene scene = new Scene(similarity(12, 1.1), 9);
        LocalFeatures features1 = scene.features1(3, new Seed(10).draws());
        Matches matches = identity(scene.size());

        MatchRefiner.Refined one = new PatchAlignment(1).refine(scene.images, scene.features0(), features1, matches);

        for (int run = 0; run < 3; run++) {
            assertThat(new PatchAlignment(4).refine(scene.images, scene.features0(), features1, matches))
                    .isEqualTo(one);
        }
    }

    @Test
    void flatImagesConfirmNothing() {
        Scene scene = new Scene(similarity(0, 1), 11);
        GrayImage flat = GrayImage.wrap(WIDTH, HEIGHT, new float[WIDTH * HEIGHT]);

        MatchRefiner.Refined refined = new PatchAlignment(1)
                .refine(
                        new MatchRefiner.Images(flat, flat),
                        scene.features0(),
                        scene.features1(1, new Seed(12).draws()),
                        identity(scene.size()));

        assertThat(refined.matches().size()).isZero();
    }

    @Test
    void dropsWhatLiesOnAStraightEdge() {
        float[] pixels = new float[WIDTH * HEIGHT];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = i % WIDTH + i / WIDTH < 280 ? 0.2f : 0.8f;
        }
        GrayImage edge = GrayImage.wrap(WIDTH, HEIGHT, pixels);
        int count = 100;
        float[] positions = new float[2 * count];
        for (int k = 0; k < count; k++) {
            positions[2 * k] = 60 + 1.5f * k;
            positions[2 * k + 1] = 280 - positions[2 * k];
        }
        LocalFeatures features = Scene.features(positions, SIZE);

        MatchRefiner.Refined refined =
                new PatchAlignment(1).refine(new MatchRefiner.Images(edge, edge), features, features, identity(count));

        assertThat(refined.matches().size()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 9, 31, 40})
    void takesImagesOfAnySize(int side) {
        float[] pixels = new float[side * side];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (i * 37 % 101) / 101f;
        }
        GrayImage image = GrayImage.wrap(side, side, pixels);
        int count = 20;
        float[] positions = new float[2 * count];
        Draws draws = new Seed(side).draws();
        for (int i = 0; i < positions.length; i++) {
            positions[i] = (float) draws.nextDouble(0, side);
        }
        LocalFeatures features = Scene.features(positions, image.size());

        MatchRefiner.Refined refined = new PatchAlignment(1)
                .refine(new MatchRefiner.Images(image, image), features, features, identity(count));

        for (int m = 0; m < refined.matches().size(); m++) {
            assertThat((double) refined.keypoints1().x(refined.matches().index1(m)))
                    .isFinite();
        }
    }
}
