package io.tiepoint.synthetic.shapes;

import io.tiepoint.core.random.Draws;
import io.tiepoint.synthetic.raster.Ellipse;
import java.util.ArrayList;
import java.util.List;

/** Filled ellipses that do not touch: edges and blobs without corners. */
final class Ellipses {
    private Ellipses() {}

    static void draw(Drawing drawing, int attempts) {
        Draws draws = drawing.draws;
        int shorter = drawing.shorterSide;
        List<double[]> circles = new ArrayList<>();
        for (int i = 0; i < attempts; i++) {
            double axis0 = Math.max(draws.nextDouble() * shorter / 4, shorter / 20.0);
            double axis1 = Math.max(draws.nextDouble() * shorter / 4, shorter / 20.0);
            double reach = Math.max(axis0, axis1);
            double x = draws.nextDouble(reach, drawing.size.width() - reach);
            double y = draws.nextDouble(reach, drawing.size.height() - reach);
            double angle = draws.nextDouble(0, Math.PI / 2);
            float color = drawing.colors.next();
            boolean free = true;
            for (double[] circle : circles) {
                free &= Planar.distance(x, y, circle[0], circle[1]) > reach + circle[2];
            }
            if (free) {
                circles.add(new double[] {x, y, reach});
                drawing.fill(new Ellipse(x, y, axis0, axis1, angle).toPolygon(), color);
                drawing.paint();
            }
        }
    }
}
