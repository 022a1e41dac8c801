package io.tiepoint.synthetic.shapes;

import static org.assertj.core.api.Assertions.assertThat;

import io.tiepoint.core.features.Keypoints;
import io.tiepoint.core.geometry.PixelPoint;
import io.tiepoint.core.image.GrayImage;
import io.tiepoint.core.image.ImageSize;
import io.tiepoint.core.random.Seed;
import io.tiepoint.synthetic.recipe.Range;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ShapesGeneratorTest {
    private static final ImageSize SIZE = new ImageSize(160, 120);
    private static final int SEEDS = 50;

    private static ShapesGenerator generator(long seed) {
        return new ShapesGenerator(ShapesRecipe.DEFAULT, SIZE, new Seed(seed));
    }

    @Test
    void makesTheSameSampleInAnyOrderAndThread() {
        ShapesGenerator first = generator(1);
        ShapesGenerator second = generator(1);
        List<ShapeSample> forwards = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            forwards.add(first.sample(i));
        }
        for (int i = 19; i >= 0; i--) {
            int index = i;
            ShapeSample elsewhere =
                    CompletableFuture.supplyAsync(() -> second.sample(index)).join();
            assertThat(elsewhere).isEqualTo(forwards.get(i));
        }
    }

    @Test
    void makesAnotherSampleForAnotherIndexOrSeed() {
        assertThat(generator(1).sample(Primitive.CUBE, 0))
                .isNotEqualTo(generator(1).sample(Primitive.CUBE, 1));
        assertThat(generator(1).sample(Primitive.CUBE, 0))
                .isNotEqualTo(generator(2).sample(Primitive.CUBE, 0));
    }

    @ParameterizedTest
    @EnumSource
    void labelsOnlyCornersInsideTheImage(Primitive primitive) {
        int corners = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            ShapeSample sample = generator(seed).sample(primitive, 0);
            Keypoints found = sample.corners();
            corners += found.size();
            for (int i = 0; i < found.size(); i++) {
                assertThat(SIZE.contains(found.x(i), found.y(i)))
                        .as("seed %s, corner %s", seed, i)
                        .isTrue();
                assertThat(found.score(i)).isEqualTo(1f);
            }
            for (float pixel : sample.image().pixels()) {
                assertThat(pixel).isBetween(0f, 1f);
            }
        }
        boolean negative = primitive == Primitive.ELLIPSES || primitive == Primitive.GAUSSIAN_NOISE;
        assertThat(corners > 0).as("%s has corners", primitive).isEqualTo(!negative);
    }

    @Test
    void drawsEveryPrimitiveAsOftenAsTheRecipeSays() {
        ShapesRecipe.Shares shares = new ShapesRecipe.Shares(0, 0, 0, 1, 0, 0, 0, 1, 0);
        int cubes = 0;
        Set<Primitive> seen = EnumSet.noneOf(Primitive.class);
        for (int i = 0; i < 1000; i++) {
            Primitive primitive = shares.at(i / 1000.0, ShapesRecipe.Extras.NONE);
            seen.add(primitive);
            cubes += primitive == Primitive.CUBE ? 1 : 0;
        }
        assertThat(seen).containsExactly(Primitive.ELLIPSES, Primitive.CUBE);
        assertThat(cubes).isEqualTo(500);
    }

    @ParameterizedTest
    @EnumSource
    void keepsTheCornersWhenOnlyTheLightChanges(Primitive primitive) {
        ShapesGenerator clean = new ShapesGenerator(ShapesRecipe.CLEAN, SIZE, new Seed(3));
        ShapeSample without = clean.sample(primitive, 5);
        ShapeSample with = generator(3).sample(primitive, 5);
        assertThat(with.corners()).isEqualTo(without.corners());
        assertThat(with.image()).isNotEqualTo(without.image());
    }

    @Test
    void labelsCheckerboardCornersWhereSubPixelFittingFindsThem() {
        ShapesRecipe clean = ShapesRecipe.CLEAN;
        ShapesRecipe.Boards boards = clean.boards();
        // The fit wants steps without lines on them, and smooth ones.
        ShapesRecipe withoutLines = new ShapesRecipe(
                clean.shares(),
                clean.background(),
                clean.minContrast(),
                clean.minPartContrast(),
                0.008,
                clean.lines(),
                clean.polygons(),
                clean.maxPolygons(),
                clean.maxEllipses(),
                clean.star(),
                new ShapesRecipe.Boards(
                        boards.cells(), boards.stripes(), boards.minStripe(), boards.distortion(), new Range(0, 0)),
                clean.cube(),
                clean.noise(),
                clean.extras(),
                clean.warp(),
                clean.photometric());
        List<Double> errors = new ArrayList<>();
        double sumX = 0;
        double sumY = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            ShapeSample sample =
                    new ShapesGenerator(withoutLines, SIZE, new Seed(seed)).sample(Primitive.CHECKERBOARD, 0);
            for (int i = 0; i < sample.corners().size(); i++) {
                PixelPoint corner = sample.corners().point(i);
                if (isAlone(sample.corners(), i)) {
                    PixelPoint fitted = fit(sample.image(), corner);
                    double error = Math.hypot(fitted.x() - corner.x(), fitted.y() - corner.y());
                    if (error < 1) {
                        errors.add(error);
                        sumX += fitted.x() - corner.x();
                        sumY += fitted.y() - corner.y();
                    }
                }
            }
        }
        assertThat(errors).hasSizeGreaterThan(200);
        errors.sort(null);
        assertThat(errors.get(errors.size() / 2)).as("median, px").isLessThan(0.05);
        // A wrong pixel frame would show as a shift of all.
        assertThat(sumX / errors.size()).as("mean shift, px").isBetween(-0.02, 0.02);
        assertThat(sumY / errors.size()).as("mean shift, px").isBetween(-0.02, 0.02);
    }

    /** Whether a corner is away from the border and from all others, so that a window about it holds nothing else. */
    private static boolean isAlone(Keypoints corners, int index) {
        float x = corners.x(index);
        float y = corners.y(index);
        boolean alone = x > 8 && y > 8 && x < SIZE.width() - 8 && y < SIZE.height() - 8;
        for (int i = 0; i < corners.size(); i++) {
            alone &= i == index || Math.hypot(corners.x(i) - x, corners.y(i) - y) > 16;
        }
        return alone;
    }

    /**
     * Solves for the point to which all gradients of a window are orthogonal (Foerstner and Guelch, 1987); NaN where one direction
     * hardly has any.
     */
    private static PixelPoint fit(GrayImage image, PixelPoint start) {
        double x = start.x();
        double y = start.y();
        for (int iteration = 0; iteration < 10; iteration++) {
            double xx = 0;
            double xy = 0;
            double yy = 0;
            double bx = 0;
            double by = 0;
            for (double dy = -7; dy <= 7; dy += 0.5) {
                for (double dx = -7; dx <= 7; dx += 0.5) {
                    // Nearer than this the blur mixes the edges, which pulls the fit into the sharper sector.
                    double radius = Math.hypot(dx, dy);
                    if (radius < 4 || radius > 7) {
                        continue;
                    }
                    double px = x + dx;
                    double py = y + dy;
                    double gx = image.sample(px + 0.5, py) - image.sample(px - 0.5, py);
                    double gy = image.sample(px, py + 0.5) - image.sample(px, py - 0.5);
                    xx += gx * gx;
                    xy += gx * gy;
                    yy += gy * gy;
                    bx += gx * gx * px + gx * gy * py;
                    by += gx * gy * px + gy * gy * py;
                }
            }
            double determinant = xx * yy - xy * xy;
            if (determinant < 0.03 * (xx + yy) * (xx + yy)) {
                return new PixelPoint(Double.NaN, Double.NaN);
            }
            x = (yy * bx - xy * by) / determinant;
            y = (xx * by - xy * bx) / determinant;
        }
        return new PixelPoint(x, y);
    }

    @Test
    void hidesCornersThatSomethingElseCovers() {
        float[] background = new float[SIZE.width() * SIZE.height()];
        Drawing drawing = new Drawing(
                SIZE,
                background,
                io.tiepoint.core.geometry.Homography.IDENTITY,
                new Seed(0).draws(),
                ShapesRecipe.CLEAN);
        drawing.corner(50, 50, JunctionKind.L);
        drawing.corner(100, 50, JunctionKind.END);
        drawing.fill(new double[] {40, 40, 60, 40, 60, 60, 40, 60}, 1f);
        drawing.paint();
        assertThat(drawing.keypoints().positions()).isEqualTo(new float[] {100, 50});
        assertThat(Arrays.stream(new int[] {45, 55}).mapToObj(i -> drawing.pixels()[50 * SIZE.width() + i]))
                .containsOnly(1f);
    }
}
