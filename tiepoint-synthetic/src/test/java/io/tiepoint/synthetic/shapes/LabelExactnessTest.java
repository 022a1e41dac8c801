package io.tiepoint.synthetic.shapes;

import static org.assertj.core.api.Assertions.assertThat;

import io.tiepoint.core.geometry.PixelPoint;
import io.tiepoint.core.image.ImageSize;
import io.tiepoint.core.random.Seed;
import io.tiepoint.synthetic.recipe.Range;
import io.tiepoint.synthetic.shapes.CornerLabel.Visibility;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Corners that are found again in noise-free renders lie where the labels say. */
class LabelExactnessTest {
    private static final ImageSize SIZE = new ImageSize(640, 480);
    private static final double MARGIN_PX = 28;
    private static final int SAMPLES = 150;
    private static final Map<JunctionKind, Integer> EDGES =
            Map.of(JunctionKind.L, 2, JunctionKind.T, 3, JunctionKind.Y, 3, JunctionKind.ARROW, 3, JunctionKind.X, 4);

    /** The published shapes on an even background, without lines on their edges, blurred by 1.2 px. */
    private static ShapesRecipe noiseFree() {
        ShapesRecipe clean = ShapesRecipe.CLEAN;
        ShapesRecipe.Boards boards = clean.boards();
        ShapesRecipe.Cube cube = clean.cube();
        Range none = new Range(0, 0);
        return new ShapesRecipe(
                clean.shares(),
                new ShapesRecipe.Background(
                        0, clean.background().blobRadius(), clean.background().blur()),
                clean.minContrast(),
                clean.minPartContrast(),
                1.2 / SIZE.height(),
                clean.lines(),
                clean.polygons(),
                clean.maxPolygons(),
                clean.maxEllipses(),
                clean.star(),
                new ShapesRecipe.Boards(
                        boards.cells(), boards.stripes(), boards.minStripe(), boards.distortion(), none),
                new ShapesRecipe.Cube(cube.side(), cube.rotationRad(), cube.scale(), cube.translation(), none),
                clean.noise(),
                clean.extras(),
                clean.warp(),
                clean.photometric());
    }

    @ParameterizedTest
    @EnumSource(names = {"LINES", "POLYGON", "STAR", "CHECKERBOARD", "STRIPES", "CUBE"})
    void liesWhereItIsFoundAgain(Primitive primitive) {
        ShapesGenerator shapes = new ShapesGenerator(noiseFree(), SIZE, new Seed(11));
        List<Double> errors = new ArrayList<>();
        double sumX = 0;
        double sumY = 0;
        for (int index = 0; index < SAMPLES; index++) {
            ShapeSample sample = shapes.sample(primitive, index);
            CornerFit fit = new CornerFit(sample.image());
            for (int i = 0; i < sample.labels().size(); i++) {
                CornerLabel label = sample.labels().get(i);
                Optional<PixelPoint> found = isAlone(sample.labels(), label) ? find(fit, sample, i) : Optional.empty();
                if (found.isPresent()) {
                    errors.add(found.get().distanceTo(new PixelPoint(label.x(), label.y())));
                    sumX += found.get().x() - label.x();
                    sumY += found.get().y() - label.y();
                }
            }
        }
        errors.sort(null);
        assertThat(errors).hasSizeGreaterThan(40);
        String told = primitive + ": " + errors.size() + " corners, median " + errors.get(errors.size() / 2) + ", p99 "
                + errors.get(errors.size() * 99 / 100);
        assertThat(errors.get(errors.size() / 2)).as(told).isLessThan(0.05);
        assertThat(errors.get(errors.size() * 99 / 100)).as(told).isLessThan(0.2);
        // A wrong pixel frame would show as a shift of all.
        assertThat(sumX / errors.size()).as(told).isBetween(-0.02, 0.02);
        assertThat(sumY / errors.size()).as(told).isBetween(-0.02, 0.02);
    }

    private static boolean isAlone(List<CornerLabel> labels, CornerLabel label) {
        boolean alone = label.visibility() == Visibility.VISIBLE
                && label.x() > MARGIN_PX
                && label.y() > MARGIN_PX
                && label.x() < SIZE.width() - MARGIN_PX
                && label.y() < SIZE.height() - MARGIN_PX;
        for (CornerLabel other : labels) {
            alone &= other.equals(label) || Math.hypot(other.x() - label.x(), other.y() - label.y()) > MARGIN_PX;
        }
        return alone;
    }

    private static Optional<PixelPoint> find(CornerFit fit, ShapeSample sample, int index) {
        List<CornerLabel> labels = sample.labels();
        CornerLabel label = labels.get(index);
        if (label.kind() != JunctionKind.END) {
            int edges = EDGES.getOrDefault(label.kind(), 0);
            boolean isStar = sample.primitive() == Primitive.STAR;
            return isStar ? Optional.empty() : fit.corner(label.x(), label.y(), edges);
        }
        boolean allSeen = labels.stream().allMatch(other -> other.visibility() == Visibility.VISIBLE);
        if (!allSeen) {
            return Optional.empty(); // the other end of the line is not known then
        }
        // A line's ends come one after the other; the middle of a star comes last.
        CornerLabel other =
                sample.primitive() == Primitive.STAR ? labels.get(labels.size() - 1) : labels.get(index ^ 1);
        return fit.end(label.x(), label.y(), other.x(), other.y(), 0.03 * SIZE.height());
    }
}
