package io.tiepoint.synthetic.shapes;

import static org.assertj.core.api.Assertions.assertThat;

import io.tiepoint.core.image.GrayImage;
import io.tiepoint.core.image.ImageSize;
import io.tiepoint.core.random.Seed;
import io.tiepoint.synthetic.shapes.CornerLabel.Visibility;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RichShapesTest {
    private static final ImageSize SIZE = new ImageSize(160, 120);
    private static final ShapesGenerator CLEAN = new ShapesGenerator(ShapesRecipe.RICH.clean(), SIZE, new Seed(4));

    private static final Map<Primitive, Set<JunctionKind>> KINDS = Map.ofEntries(
            Map.entry(Primitive.LINES, Set.of(JunctionKind.END)),
            Map.entry(Primitive.POLYGON, Set.of(JunctionKind.L)),
            Map.entry(Primitive.MULTIPLE_POLYGONS, Set.of(JunctionKind.L)),
            Map.entry(Primitive.ELLIPSES, Set.of()),
            Map.entry(
                    Primitive.STAR,
                    Set.of(
                            JunctionKind.END,
                            JunctionKind.T,
                            JunctionKind.Y,
                            JunctionKind.X,
                            JunctionKind.ARROW,
                            JunctionKind.CENTRE)),
            Map.entry(Primitive.CHECKERBOARD, Set.of(JunctionKind.L, JunctionKind.T, JunctionKind.X)),
            Map.entry(Primitive.STRIPES, Set.of(JunctionKind.L, JunctionKind.T)),
            Map.entry(Primitive.CUBE, Set.of(JunctionKind.L, JunctionKind.Y, JunctionKind.ARROW)),
            Map.entry(Primitive.GAUSSIAN_NOISE, Set.of()),
            Map.entry(Primitive.CURVES, Set.of(JunctionKind.END, JunctionKind.L)),
            Map.entry(Primitive.WIRES, Set.of(JunctionKind.END, JunctionKind.X)),
            Map.entry(Primitive.LETTERS, Set.of(JunctionKind.L)),
            Map.entry(Primitive.BLOBS, Set.of(JunctionKind.CENTRE)),
            Map.entry(Primitive.LAYERS, Set.of(JunctionKind.L, JunctionKind.T)));

    @ParameterizedTest
    @EnumSource
    void labelsTheKindsOfJunctionsThatAPrimitiveHas(Primitive primitive) {
        Map<JunctionKind, Integer> found = new EnumMap<>(JunctionKind.class);
        for (int i = 0; i < 300; i++) {
            ShapeSample sample = CLEAN.sample(primitive, i);
            int visible = 0;
            for (CornerLabel label : sample.labels()) {
                assertThat(SIZE.contains(label.x(), label.y()))
                        .isEqualTo(label.visibility() != Visibility.OUT_OF_FRAME);
                found.merge(label.kind(), 1, Integer::sum);
                if (label.visibility() == Visibility.VISIBLE) {
                    assertThat(sample.corners().x(visible)).isEqualTo((float) label.x());
                    assertThat(sample.corners().y(visible)).isEqualTo((float) label.y());
                    visible++;
                }
            }
            assertThat(visible).isEqualTo(sample.corners().size());
        }
        assertThat(found).containsOnlyKeys(KINDS.getOrDefault(primitive, Set.of()));
    }

    @Test
    void aBoxHasOneNearCornerThreeSidesAndThreeOuterCorners() {
        for (int i = 0; i < 50; i++) {
            Map<JunctionKind, Integer> kinds = new EnumMap<>(JunctionKind.class);
            for (CornerLabel label : CLEAN.sample(Primitive.CUBE, i).labels()) {
                kinds.merge(label.kind(), 1, Integer::sum);
            }
            assertThat(kinds).isEqualTo(Map.of(JunctionKind.Y, 1, JunctionKind.ARROW, 3, JunctionKind.L, 3));
        }
    }

    @Test
    void junctionsAreNamedByTheirAngles() {
        assertThat(JunctionKind.of(0)).isEqualTo(JunctionKind.END);
        assertThat(JunctionKind.of(0, 1)).isEqualTo(JunctionKind.L);
        assertThat(JunctionKind.of(0, 2.1, -2.1)).isEqualTo(JunctionKind.Y);
        assertThat(JunctionKind.of(0, 0.5, 1)).isEqualTo(JunctionKind.ARROW);
        assertThat(JunctionKind.of(3, 3 + Math.PI, 4)).isEqualTo(JunctionKind.T);
        assertThat(JunctionKind.of(6, 0.1, 0.2)).isEqualTo(JunctionKind.ARROW);
        assertThat(JunctionKind.of(0, 1, 3, 4)).isEqualTo(JunctionKind.X);
        assertThat(JunctionKind.of(0, 1, 2, 3, 4)).isEqualTo(JunctionKind.CENTRE);
    }

    @Test
    void theMiddleOfASpotIsItsExtreme() {
        int spots = 0;
        for (int i = 0; i < 100; i++) {
            ShapeSample sample = new ShapesGenerator(flatBackground(), SIZE, new Seed(5)).sample(Primitive.BLOBS, i);
            for (CornerLabel label : sample.labels()) {
                boolean isInside = label.x() > 4 && label.y() > 4 && label.x() < 156 && label.y() < 116;
                if (isInside) {
                    spots++;
                    GrayImage image = sample.image();
                    double ring = 0;
                    for (int k = 0; k < 8; k++) {
                        double angle = k * Math.PI / 4;
                        ring += image.sample(label.x() + 3 * Math.cos(angle), label.y() + 3 * Math.sin(angle)) / 8;
                    }
                    double middle = image.sample(label.x(), label.y());
                    assertThat(Math.abs(middle - ring)).isGreaterThan(0.003);
                    // Symmetric about the label: opposite pixels are alike.
                    double left = image.sample(label.x() - 1, label.y());
                    double right = image.sample(label.x() + 1, label.y());
                    assertThat(Math.abs(left - right)).isLessThan(0.15 * Math.abs(middle - ring) + 0.01);
                }
            }
        }
        assertThat(spots).isGreaterThan(100);
    }

    private static ShapesRecipe flatBackground() {
        ShapesRecipe rich = ShapesRecipe.RICH.clean();
        return new ShapesRecipe(
                rich.shares(),
                new ShapesRecipe.Background(
                        0, rich.background().blobRadius(), rich.background().blur()),
                rich.minContrast(),
                rich.minPartContrast(),
                0,
                rich.lines(),
                rich.polygons(),
                rich.maxPolygons(),
                rich.maxEllipses(),
                rich.star(),
                rich.boards(),
                rich.cube(),
                rich.noise(),
                rich.extras(),
                rich.warp(),
                rich.photometric());
    }

    @Test
    void layersHideCornersAndSaySo() {
        int hidden = 0;
        for (int i = 0; i < 100; i++) {
            for (CornerLabel label : CLEAN.sample(Primitive.LAYERS, i).labels()) {
                hidden += label.visibility() == Visibility.HIDDEN ? 1 : 0;
            }
        }
        assertThat(hidden).isGreaterThan(100);
    }

    @Test
    void publishedShapesStayTheSameWithExtras() {
        ShapesGenerator plain = new ShapesGenerator(ShapesRecipe.CLEAN, SIZE, new Seed(4));
        for (Primitive primitive : Primitive.PUBLISHED) {
            assertThat(CLEAN.sample(primitive, 3)).isEqualTo(plain.sample(primitive, 3));
        }
    }
}
