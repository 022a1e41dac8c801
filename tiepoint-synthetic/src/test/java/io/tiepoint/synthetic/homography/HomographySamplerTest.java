package io.tiepoint.synthetic.homography;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tiepoint.core.geometry.Homography;
import io.tiepoint.core.geometry.PixelPoint;
import io.tiepoint.core.image.ImageSize;
import io.tiepoint.core.random.Seed;
import io.tiepoint.synthetic.recipe.Range;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HomographySamplerTest {
    private static final ImageSize SIZE = new ImageSize(320, 240);

    static LongStream seeds() {
        return LongStream.range(0, 50);
    }

    private static Homography sample(HomographyRecipe recipe, long seed) {
        return new HomographySampler(recipe).sample(SIZE, SIZE, new Seed(seed).draws());
    }

    /** The part of view 0 that view 1 shows. */
    private static double[] shown(Homography h1From0) {
        double[] corners = Quads.corners(SIZE);
        Homography h0From1 = h1From0.inverse();
        double[] quad = new double[8];
        for (int i = 0; i < 8; i += 2) {
            PixelPoint point = h0From1.map(corners[i], corners[i + 1]);
            quad[i] = point.x();
            quad[i + 1] = point.y();
        }
        return quad;
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void staysWithinTheRangesOfTheRecipe(long seed) {
        for (HomographyRecipe recipe : new HomographyRecipe[] {
            HomographyRecipe.MILD, HomographyRecipe.MEDIUM, HomographyRecipe.STRONG, HomographyRecipe.TRAINING
        }) {
            Homography h1From0 = sample(recipe, seed);
            double[] quad = shown(h1From0);
            assertThat(Quads.isConvex(quad, 0)).isTrue();
            double scale = Math.sqrt(320 * 240 / Quads.area(quad));
            assertThat(scale)
                    .isBetween(recipe.scale().min() - 1e-6, recipe.scale().max() + 1e-6);
            assertThat(Math.abs(Quads.mean(quad, 0) - 160)).isLessThanOrEqualTo(160 * recipe.translation() + 1e-6);
            assertThat(Math.abs(Quads.mean(quad, 1) - 120)).isLessThanOrEqualTo(120 * recipe.translation() + 1e-6);
            assertThat(HomographySampler.overlap(h1From0, SIZE, SIZE)).isGreaterThanOrEqualTo(recipe.minOverlap());
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void turnsByNoMoreThanTheLargestAngle(long seed) {
        HomographyRecipe turning = new HomographyRecipe(0, Math.PI / 6, new Range(0.5, 2), 0.5, 0);
        Homography h1From0 = sample(turning, seed);
        double angle = Math.atan2(h1From0.entry(1, 0), h1From0.entry(0, 0));
        assertThat(Math.abs(angle)).isLessThanOrEqualTo(Math.PI / 6 + 1e-9);
    }

    @Test
    void reachesEveryTurnAndBothEndsOfTheScales() {
        double minScale = Double.MAX_VALUE;
        double maxScale = 0;
        int[] quadrants = new int[4];
        for (int seed = 0; seed < 500; seed++) {
            double[] quad = shown(sample(HomographyRecipe.TRAINING, seed));
            double scale = Math.sqrt(320 * 240 / Quads.area(quad));
            minScale = Math.min(minScale, scale);
            maxScale = Math.max(maxScale, scale);
            double angle = Math.atan2(quad[3] - quad[1], quad[2] - quad[0]) + Math.PI;
            quadrants[(int) (angle / (Math.PI / 2)) % 4]++;
        }
        assertThat(minScale).isLessThan(0.5);
        assertThat(maxScale).isGreaterThan(2);
        for (int quadrant : quadrants) {
            assertThat(quadrant).isGreaterThan(70);
        }
    }

    @Test
    void changesNothingAtDifficultyZero() {
        Homography h = sample(HomographyRecipe.TRAINING.withDifficulty(0), 1);
        PixelPoint point = h.map(17, 230);
        assertThat(point.x()).isCloseTo(17, within(1e-9));
        assertThat(point.y()).isCloseTo(230, within(1e-9));
        assertThat(HomographyRecipe.TRAINING.withDifficulty(1)).isEqualTo(HomographyRecipe.TRAINING);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void keepsAViewInsideItsSource(long seed) {
        ImageSize source = new ImageSize(640, 400);
        Homography viewFromSource =
                new HomographySampler(HomographyRecipe.TRAINING).sampleInside(source, SIZE, new Seed(seed).draws());
        double[] quad = shown(viewFromSource);
        assertThat(Quads.min(quad, 0)).isGreaterThanOrEqualTo(-1e-6);
        assertThat(Quads.min(quad, 1)).isGreaterThanOrEqualTo(-1e-6);
        assertThat(Quads.min(quad, 0) + Quads.extent(quad, 0)).isLessThanOrEqualTo(640 + 1e-6);
        assertThat(Quads.min(quad, 1) + Quads.extent(quad, 1)).isLessThanOrEqualTo(400 + 1e-6);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void showsAPatchThatStaysNearTheImage(long seed) {
        Homography h = new PatchSampler(PatchRecipe.SHAPES).sample(SIZE, new Seed(seed).draws());
        double[] quad = shown(h);
        assertThat(Quads.isConvex(quad, 0)).isTrue();
        assertThat(SIZE.contains(Quads.mean(quad, 0), Quads.mean(quad, 1))).isTrue();
    }

    @Test
    void measuresOverlap() {
        assertThat(HomographySampler.overlap(Homography.IDENTITY, SIZE, SIZE)).isEqualTo(1);
        assertThat(HomographySampler.overlap(Homography.translation(160, 0), SIZE, SIZE))
                .isEqualTo(0.5);
        assertThat(HomographySampler.overlap(Homography.scaling(4, 4), SIZE, SIZE))
                .isEqualTo(1);
        assertThat(HomographySampler.overlap(Homography.translation(400, 0), SIZE, SIZE))
                .isZero();
    }

    @Test
    void rejectsADifficultyBeyondOne() {
        assertThatThrownBy(() -> HomographyRecipe.MILD.withDifficulty(1.5).toString())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("difficulty: expected in [0, 1], found 1.5");
    }
}
