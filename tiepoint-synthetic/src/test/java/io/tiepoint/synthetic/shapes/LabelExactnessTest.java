package io.tiepoint.synthetic.shapes;

import io.tiepoint.core.geometry.PixelPoint;
import io.tiepoint.core.image.ImageSize;
import io.tiepoint.core.random.Seed;
import io.tiepoint.synthetic.recipe.Range;
import io.tiepoint.synthetic.shapes.CornerLabel.Visibility;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Corners that are found again in noise-free renders lie where the labels say. */
class LabelExactnessTest {
    private static final ImageSize SIZE = new ImageSize(640, 480);
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
        LabelErrors errors = new LabelErrors();
        for (int index = 0; index < SAMPLES; index++) {
            ShapeSample sample = shapes.sample(primitive, index);
            CornerFit fit = new CornerFit(sample.image());
            for (int i = 0; i < sample.labels().size(); i++) {
                CornerLabel label = sample.labels().get(i);
                Optional<PixelPoint> found =
                        LabelErrors.isAlone(sample.labels(), label, SIZE) ? find(fit, sample, i) : Optional.empty();
                found.ifPresent(point -> errors.add(label, point));
            }
        }
        errors.assertBelow(primitive, 40, 0.05, 0.2, 0.02);
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
