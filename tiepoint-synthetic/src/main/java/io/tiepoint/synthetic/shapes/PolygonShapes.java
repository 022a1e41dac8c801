package io.tiepoint.synthetic.shapes;

import io.tiepoint.core.geometry.Homography;
import io.tiepoint.core.geometry.PixelPoint;
import io.tiepoint.core.random.Draws;
import java.util.ArrayList;
import java.util.List;

/** Filled polygons. */
final class PolygonShapes {
    private PolygonShapes() {}

    static void one(Drawing drawing, ShapesRecipe.Polygons recipe) {
        double[] polygon;
        do {
            polygon = draw(drawing, recipe, recipe.radius().max());
        } while (polygon.length == 0);
        drawing.fill(polygon, drawing.colors.next());
        drawing.paint();
        label(drawing, polygon);
    }

    /** As many as find a place of their own. */
    static void many(Drawing drawing, ShapesRecipe.Polygons recipe, int attempts) {
        double clearance = 2 * recipe.minSide() * drawing.shorterSide;
        List<double[]> placed = new ArrayList<>();
        for (int i = 0; i < attempts; i++) {
            double[] polygon = draw(drawing, recipe, recipe.radius().max());
            float color = drawing.colors.next();
            Mottle mottle = new Mottle(drawing.shorterSide, drawing.draws);
            if (polygon.length == 0 || touches(polygon, placed, clearance)) {
                continue;
            }
            placed.add(polygon);
            drawing.fill(polygon, color);
            drawing.paint(mottle, color);
            label(drawing, polygon);
        }
    }

    static void label(Drawing drawing, double[] polygon) {
        for (int i = 0; i < polygon.length; i += 2) {
            drawing.corner(polygon[i], polygon[i + 1], JunctionKind.L);
        }
    }

    /** One polygon, or an empty array if too few of its corners are corners. */
    static double[] draw(Drawing drawing, ShapesRecipe.Polygons recipe, double maxRadius) {
        Draws draws = drawing.draws;
        int n = recipe.corners().draw(draws);
        double radius = Math.max(draws.nextDouble() * maxRadius, recipe.radius().min()) * drawing.shorterSide;
        double x = draws.nextDouble(radius, drawing.size.width() - radius);
        double y = draws.nextDouble(radius, drawing.size.height() - radius);
        double[] polygon = new double[2 * n];
        for (int i = 0; i < n; i++) {
            double angle = 2 * Math.PI * (i + draws.nextDouble()) / n;
            double length = Math.max(draws.nextDouble(), recipe.minRadiusFactor()) * radius;
            polygon[2 * i] = x + length * StrictMath.cos(angle);
            polygon[2 * i + 1] = y + length * StrictMath.sin(angle);
        }
        // Dropping a corner changes its neighbours' angles, so until none is dropped.
        int before;
        do {
            before = polygon.length;
            polygon = dropFlatCorners(polygon, recipe, drawing.shorterSide);
        } while (polygon.length >= 6 && polygon.length < before);
        return polygon.length >= 6 && isSimple(polygon) ? polygon : new double[0];
    }

    private static double[] dropFlatCorners(double[] polygon, ShapesRecipe.Polygons recipe, int shorterSide) {
        int n = polygon.length;
        double minSide = recipe.minSide() * shorterSide;
        double minCosine = StrictMath.cos(recipe.maxAngleRad());
        double[] kept = new double[n];
        int count = 0;
        for (int i = 0; i < n; i += 2) {
            int before = (i + n - 2) % n;
            int after = (i + 2) % n;
            double ax = polygon[before] - polygon[i];
            double ay = polygon[before + 1] - polygon[i + 1];
            double bx = polygon[after] - polygon[i];
            double by = polygon[after + 1] - polygon[i + 1];
            double a = Math.sqrt(ax * ax + ay * ay);
            double b = Math.sqrt(bx * bx + by * by);
            if (a > minSide && (ax * bx + ay * by) / (a * b) > minCosine) {
                kept[count++] = polygon[i];
                kept[count++] = polygon[i + 1];
            }
        }
        return java.util.Arrays.copyOf(kept, count);
    }

    static double[] side(double[] polygon, int i) {
        int j = (i + 2) % polygon.length;
        return new double[] {polygon[i], polygon[i + 1], polygon[j], polygon[j + 1]};
    }

    private static boolean isSimple(double[] polygon) {
        for (int i = 0; i < polygon.length; i += 2) {
            for (int j = i + 4; j < polygon.length; j += 2) {
                boolean neighbours = i == 0 && j == polygon.length - 2;
                if (!neighbours && Planar.segmentDistance(side(polygon, i), side(polygon, j)) == 0) {
                    return false;
                }
            }
        }
        return true;
    }

    /** A rectangle's left, top, right and bottom, mapped, as a polygon. */
    static double[] rectangle(Homography map, double[] box) {
        double[] polygon = new double[8];
        for (int corner = 0; corner < 4; corner++) {
            PixelPoint point = map.map(box[corner == 0 || corner == 3 ? 0 : 2], box[corner < 2 ? 1 : 3]);
            polygon[2 * corner] = point.x();
            polygon[2 * corner + 1] = point.y();
        }
        return polygon;
    }

    /** Whether a polygon comes nearer to one of others than a clearance. */
    static boolean touches(double[] polygon, List<double[]> others, double clearance) {
        for (double[] other : others) {
            if (Drawing.contains(other, polygon[0], polygon[1]) || Drawing.contains(polygon, other[0], other[1])) {
                return true;
            }
            for (int i = 0; i < polygon.length; i += 2) {
                for (int j = 0; j < other.length; j += 2) {
                    if (Planar.segmentDistance(side(polygon, i), side(other, j)) < clearance) {
                        return true;
                    }
                }
            }
        }
        return false;
    }
}
