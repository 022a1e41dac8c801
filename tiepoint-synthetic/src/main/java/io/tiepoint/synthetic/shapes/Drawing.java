package io.tiepoint.synthetic.shapes;

import io.tiepoint.core.features.Keypoints;
import io.tiepoint.core.geometry.Homography;
import io.tiepoint.core.image.ImageSize;
import io.tiepoint.core.random.Draws;
import io.tiepoint.synthetic.raster.Canvas;
import io.tiepoint.synthetic.shapes.CornerLabel.Visibility;
import io.tiepoint.synthetic.text.Outline;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A drawing through a homography: geometry is warped before it is rasterised, so that neither edges nor labels are resampled. What
 * is painted over an earlier corner hides it.
 */
final class Drawing {
    /** Geometry nearer to the horizon than this share of the weight at the middle is cut off. */
    private static final double MIN_WEIGHT = 0.05;

    /** How far a polygon may be from its curve. */
    private static final double FLATTENING_PX = 0.008;

    final ImageSize size;
    final int shorterSide;
    final Draws draws;
    final Colors colors;
    private final Canvas canvas;
    private final Homography imageFromSource;
    private Homography imageFromLocal;
    private double unitWeight;
    private double[] corners = new double[64];
    private JunctionKind[] kinds = new JunctionKind[32];
    private int cornerCount;
    private final List<CornerLabel> unseen = new ArrayList<>();

    Drawing(ImageSize size, float[] background, Homography imageFromSource, Draws draws, ShapesRecipe recipe) {
        this.size = size;
        this.draws = draws;
        this.imageFromSource = imageFromSource;
        shorterSide = Math.min(size.width(), size.height());
        canvas = new Canvas(size, background);
        colors = new Colors(draws, mean(background), recipe.minContrast(), recipe.minPartContrast());
        imageFromLocal = imageFromSource;
        unitWeight = imageFromLocal.weight(size.width() / 2.0, size.height() / 2.0);
    }

    private static float mean(float[] pixels) {
        double sum = 0;
        for (float pixel : pixels) {
            sum += pixel;
        }
        return (float) (sum / pixels.length);
    }

    /** From here on geometry is given in coordinates of its own, of which (x, y) is the middle. */
    void setMap(Homography sourceFromLocal, double x, double y) {
        imageFromLocal = imageFromSource.compose(sourceFromLocal);
        unitWeight = imageFromLocal.weight(x, y);
    }

    /** Adds a filled polygon to the layer. */
    void fill(double[] polygon, float value) {
        double[] mapped = map(polygon);
        if (mapped.length >= 6) {
            hide(mapped);
            canvas.add(mapped, value);
        }
    }

    /** Paints text, part by part, since they may overlap. */
    void paint(Outline text, float value) {
        for (double[] part : text.polygons(imageFromLocal, FLATTENING_PX)) {
            fill(part, value);
            paint();
        }
    }

    /** Adds a segment with square ends. */
    void line(double x0, double y0, double x1, double y1, double thickness, float value) {
        double length = Math.sqrt((x1 - x0) * (x1 - x0) + (y1 - y0) * (y1 - y0));
        if (length < 1e-9) {
            return;
        }
        double nx = -(y1 - y0) / length * thickness / 2;
        double ny = (x1 - x0) / length * thickness / 2;
        fill(new double[] {x0 + nx, y0 + ny, x1 + nx, y1 + ny, x1 - nx, y1 - ny, x0 - nx, y0 - ny}, value);
    }

    /** Paints the layer. */
    void paint() {
        canvas.paint();
    }

    /** Paints the layer with a mottled texture about each pixel's value. */
    void paint(Mottle mottle, float value) {
        canvas.paint((row, from, to, coverage, pixels) -> {
            for (int column = from; column < to; column++) {
                int i = row * size.width() + column;
                pixels[i] += coverage[column] * (value + mottle.at(column, row) - pixels[i]);
            }
        });
    }

    /** Paints the layer with a gradient about a value. */
    void paint(Gradient gradient, float value) {
        canvas.paint((row, from, to, coverage, pixels) -> {
            for (int column = from; column < to; column++) {
                int i = row * size.width() + column;
                float tone = Math.min(Math.max(value + gradient.at(column, row), 0f), 1f);
                pixels[i] += coverage[column] * (tone - pixels[i]);
            }
        });
    }

    /**
     * Adds a Gaussian spot; it is brightest, or darkest, exactly where its centre is mapped to.
     *
     * @param spot centre x and y, two standard deviations, angle of the first one
     * @param amplitude what is added at the centre
     */
    void blob(double[] spot, double amplitude) {
        double reach = 3.5 * Math.max(spot[2], spot[3]);
        double[] box = map(new double[] {
            spot[0] - reach,
            spot[1] - reach,
            spot[0] + reach,
            spot[1] - reach,
            spot[0] + reach,
            spot[1] + reach,
            spot[0] - reach,
            spot[1] + reach
        });
        if (box.length < 8) {
            return;
        }
        Homography localFromImage = imageFromLocal.inverse();
        double cos = StrictMath.cos(spot[4]);
        double sin = StrictMath.sin(spot[4]);
        float[] pixels = canvas.pixels();
        int lastRow = (int) Math.min(max(box, 1), size.height() - 1);
        int lastColumn = (int) Math.min(max(box, 0), size.width() - 1);
        for (int row = (int) Math.max(-max(negated(box), 1), 0); row <= lastRow; row++) {
            for (int column = (int) Math.max(-max(negated(box), 0), 0); column <= lastColumn; column++) {
                var local = localFromImage.map(column + 0.5, row + 0.5);
                double dx = local.x() - spot[0];
                double dy = local.y() - spot[1];
                double u = (cos * dx + sin * dy) / spot[2];
                double v = (cos * dy - sin * dx) / spot[3];
                pixels[row * size.width() + column] += (float) (amplitude * StrictMath.exp(-0.5 * (u * u + v * v)));
            }
        }
    }

    private static double max(double[] points, int axis) {
        double max = Double.NEGATIVE_INFINITY;
        for (int i = axis; i < points.length; i += 2) {
            max = Math.max(max, points[i]);
        }
        return max;
    }

    private static double[] negated(double[] points) {
        double[] negated = new double[points.length];
        for (int i = 0; i < points.length; i++) {
            negated[i] = -points[i];
        }
        return negated;
    }

    float[] pixels() {
        return canvas.pixels();
    }

    /** Labels a corner; drawn last, so that nothing painted so far hides it. */
    void corner(double x, double y, JunctionKind kind) {
        double weight = imageFromLocal.weight(x, y) / unitWeight;
        if (weight < MIN_WEIGHT) {
            return;
        }
        var point = imageFromLocal.map(x, y);
        if (!size.contains(point.x(), point.y())) {
            unseen.add(new CornerLabel(point.x(), point.y(), kind, Visibility.OUT_OF_FRAME));
            return;
        }
        if (cornerCount + 2 > corners.length) {
            corners = Arrays.copyOf(corners, 2 * corners.length);
            kinds = Arrays.copyOf(kinds, 2 * kinds.length);
        }
        kinds[cornerCount / 2] = kind;
        corners[cornerCount++] = point.x();
        corners[cornerCount++] = point.y();
    }

    Keypoints keypoints() {
        float[] positions = new float[cornerCount];
        int kept = 0;
        for (int i = 0; i < cornerCount; i += 2) {
            // Rounding to float may reach the far border, which lies outside.
            if (size.contains((float) corners[i], (float) corners[i + 1])) {
                positions[kept++] = (float) corners[i];
                positions[kept++] = (float) corners[i + 1];
            }
        }
        float[] scores = new float[kept / 2];
        Arrays.fill(scores, 1f);
        return Keypoints.of(Arrays.copyOf(positions, kept), scores);
    }

    /** All corners: the visible ones in the order of {@link #keypoints}, then the others. */
    List<CornerLabel> labels() {
        List<CornerLabel> labels = new ArrayList<>(cornerCount / 2 + unseen.size());
        for (int i = 0; i < cornerCount; i += 2) {
            if (size.contains((float) corners[i], (float) corners[i + 1])) {
                labels.add(new CornerLabel(corners[i], corners[i + 1], kinds[i / 2], Visibility.VISIBLE));
            }
        }
        labels.addAll(unseen);
        return labels;
    }

    private void hide(double[] polygon) {
        if (cornerCount == 0) {
            return;
        }
        double left = polygon[0];
        double top = polygon[1];
        double right = left;
        double bottom = top;
        for (int i = 2; i < polygon.length; i += 2) {
            left = Math.min(left, polygon[i]);
            right = Math.max(right, polygon[i]);
            top = Math.min(top, polygon[i + 1]);
            bottom = Math.max(bottom, polygon[i + 1]);
        }
        int kept = 0;
        for (int i = 0; i < cornerCount; i += 2) {
            double x = corners[i];
            double y = corners[i + 1];
            boolean isNear = x >= left && x <= right && y >= top && y <= bottom;
            if (isNear && contains(polygon, x, y)) {
                unseen.add(new CornerLabel(x, y, kinds[i / 2], Visibility.HIDDEN));
            } else {
                kinds[kept / 2] = kinds[i / 2];
                corners[kept++] = x;
                corners[kept++] = y;
            }
        }
        cornerCount = kept;
    }

    static boolean contains(double[] polygon, double x, double y) {
        boolean inside = false;
        int n = polygon.length;
        for (int i = 0, j = n - 2; i < n; j = i, i += 2) {
            if ((polygon[i + 1] > y) != (polygon[j + 1] > y)
                    && x
                            < polygon[i]
                                    + (polygon[j] - polygon[i])
                                            * (y - polygon[i + 1])
                                            / (polygon[j + 1] - polygon[i + 1])) {
                inside = !inside;
            }
        }
        return inside;
    }

    /** Maps a polygon and cuts off what lies near or beyond the horizon (Sutherland and Hodgman, 1974). */
    private double[] map(double[] polygon) {
        double[] mapped = new double[polygon.length + 4];
        int count = 0;
        int n = polygon.length;
        for (int i = 0, j = n - 2; i < n; j = i, i += 2) {
            double weightI = imageFromLocal.weight(polygon[i], polygon[i + 1]) / unitWeight - MIN_WEIGHT;
            double weightJ = imageFromLocal.weight(polygon[j], polygon[j + 1]) / unitWeight - MIN_WEIGHT;
            if ((weightI < 0) != (weightJ < 0)) {
                double t = weightJ / (weightJ - weightI);
                count = put(
                        mapped,
                        count,
                        polygon[j] + t * (polygon[i] - polygon[j]),
                        polygon[j + 1] + t * (polygon[i + 1] - polygon[j + 1]));
            }
            if (weightI >= 0) {
                count = put(mapped, count, polygon[i], polygon[i + 1]);
            }
            if (count > mapped.length - 4) {
                mapped = Arrays.copyOf(mapped, 2 * mapped.length);
            }
        }
        return Arrays.copyOf(mapped, count);
    }

    private int put(double[] mapped, int count, double x, double y) {
        var point = imageFromLocal.map(x, y);
        mapped[count] = point.x();
        mapped[count + 1] = point.y();
        return count + 2;
    }
}
