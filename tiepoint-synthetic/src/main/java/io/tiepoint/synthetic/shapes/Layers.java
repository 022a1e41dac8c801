package io.tiepoint.synthetic.shapes;

import io.tiepoint.core.random.Draws;
import io.tiepoint.synthetic.raster.Ellipse;
import java.util.ArrayList;
import java.util.List;

/**
 * Polygons and ellipses with gradients that hide each other. Where an outline goes on behind another one is a T; what is covered later
 * is labelled as hidden.
 */
final class Layers {
    private static final double MIN_SINE = 0.35;

    private Layers() {}

    static void draw(Drawing drawing, ShapesRecipe recipe) {
        Draws draws = drawing.draws;
        double clearance = 0.03 * drawing.shorterSide;
        List<double[]> outlines = new ArrayList<>();
        List<Float> colors = new ArrayList<>();
        for (int i = recipe.extras().layers().draw(draws); i > 0; i--) {
            boolean isEllipse = draws.chance(0.25);
            double[] outline = isEllipse
                    ? ellipse(drawing)
                    : PolygonShapes.draw(
                            drawing,
                            recipe.polygons(),
                            recipe.polygons().radius().max());
            float[] others = new float[colors.size()];
            for (int k = 0; k < others.length; k++) {
                others[k] = colors.get(k);
            }
            float color = drawing.colors.differentFrom(others);
            Gradient gradient = Gradient.draw(recipe.extras().gradient(), drawing);
            if (outline.length == 0) {
                continue;
            }
            drawing.fill(outline, color);
            drawing.paint(gradient, color);
            if (!isEllipse) {
                PolygonShapes.label(drawing, outline);
            }
            for (int k = 0; k < outlines.size(); k++) {
                crossings(drawing, outlines, k, outline, clearance);
            }
            outlines.add(outline);
            colors.add(color);
        }
    }

    private static double[] ellipse(Drawing drawing) {
        Draws draws = drawing.draws;
        double radius = draws.nextDouble(0.1, 0.4) * drawing.shorterSide;
        return new Ellipse(
                        draws.nextDouble(radius, drawing.size.width() - radius),
                        draws.nextDouble(radius, drawing.size.height() - radius),
                        radius,
                        radius * draws.nextDouble(0.4, 1),
                        draws.nextDouble(0, Math.PI))
                .toPolygon();
    }

    /** Labels where a layer's outline goes behind the new one, unless another layer covers the place. */
    private static void crossings(Drawing drawing, List<double[]> layers, int layer, double[] over, double clearance) {
        double[] under = layers.get(layer);
        for (int i = 0; i < under.length; i += 2) {
            for (int j = 0; j < over.length; j += 2) {
                double[] point = crossing(PolygonShapes.side(under, i), PolygonShapes.side(over, j));
                if (point.length == 2 && isClear(point, under, clearance) && isClear(point, over, clearance)) {
                    boolean isCovered = false;
                    for (int k = layer + 1; k < layers.size(); k++) {
                        isCovered |= Drawing.contains(layers.get(k), point[0], point[1]);
                    }
                    if (!isCovered) {
                        drawing.corner(point[0], point[1], JunctionKind.T);
                    }
                }
            }
        }
    }

    /** Whether no corner is near; the points of a round outline are none. */
    private static boolean isClear(double[] point, double[] outline, double clearance) {
        if (outline.length > 2 * 10) {
            return true;
        }
        for (int i = 0; i < outline.length; i += 2) {
            if (Planar.distance(point[0], point[1], outline[i], outline[i + 1]) < clearance) {
                return false;
            }
        }
        return true;
    }

    /** Where two segments cross, or nothing if they do not or are nearly parallel. */
    private static double[] crossing(double[] a, double[] b) {
        double ux = a[2] - a[0];
        double uy = a[3] - a[1];
        double vx = b[2] - b[0];
        double vy = b[3] - b[1];
        double cross = ux * vy - uy * vx;
        if (Math.abs(cross) < MIN_SINE * Math.sqrt((ux * ux + uy * uy) * (vx * vx + vy * vy))) {
            return new double[0];
        }
        double t = ((b[0] - a[0]) * vy - (b[1] - a[1]) * vx) / cross;
        double s = ((b[0] - a[0]) * uy - (b[1] - a[1]) * ux) / cross;
        return t >= 0 && t < 1 && s >= 0 && s < 1 ? new double[] {a[0] + t * ux, a[1] + t * uy} : new double[0];
    }
}
