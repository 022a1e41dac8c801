package io.tiepoint.synthetic.shapes;

import io.tiepoint.core.geometry.PixelPoint;
import io.tiepoint.core.image.GrayImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds corners in noise-free images again, from the pixels alone: edges are located far enough from the corner that the blur does not mix
 * them, and their straight lines are intersected. The orthogonality of gradients (Foerstner and Guelch, 1987) would not do: where
 * edges meet at less than 90 degrees it is pulled into the corner.
 */
final class CornerFit {
    private static final double HALF_PROFILE_PX = 5;
    private static final double FARTHEST_PX = 22;
    private static final double STEP_PX = 0.25;
    private static final double MIN_JUMP = 0.05;
    /** Points of an edge that lie further from its line show that something else is in the way. */
    private static final double MOST_RESIDUAL_PX = 0.05;

    private static final double MOST_CHANGE = 0.004;

    private final GrayImage image;

    CornerFit(GrayImage image) {
        this.image = image;
    }

    /** A straight line: a point on it, its direction, and how far the points that it was fitted to lie from it. */
    private record Line(double x, double y, double dx, double dy, double residualPx) {
        boolean isStraight() {
            return residualPx < MOST_RESIDUAL_PX;
        }
    }

    /** The corner near a place at which so many edges meet; empty if their number is another one or two are too close. */
    Optional<PixelPoint> corner(double x, double y, int edges) {
        List<Double> angles = edgeAngles(x, y);
        if (angles.size() != edges) {
            return Optional.empty();
        }
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < edges; i++) {
            double gap = Math.PI / 2;
            for (int k = 0; k < edges; k++) {
                double turn = Math.abs(Math.IEEEremainder(angles.get(i) - angles.get(k), 2 * Math.PI));
                gap = k == i ? gap : Math.min(gap, turn);
            }
            double nearest = (HALF_PROFILE_PX + 1.5) / Math.sin(gap);
            if (nearest > FARTHEST_PX - 5) {
                return Optional.empty();
            }
            lines.add(edgeLine(x, y, angles.get(i), nearest));
        }
        if (!lines.stream().allMatch(Line::isStraight)) {
            return Optional.empty();
        }
        return Optional.of(intersection(lines));
    }

    /** Where the brightness jumps on a circle. */
    private List<Double> edgeAngles(double x, double y) {
        int n = 360;
        double[] jumps = new double[n];
        for (int i = 0; i < n; i++) {
            jumps[i] = Math.abs(onCircle(x, y, i + 7) - onCircle(x, y, i - 7));
        }
        List<Double> angles = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            boolean isLargest = jumps[i] > MIN_JUMP;
            for (int k = -9; k <= 9; k++) {
                double other = jumps[(i + k + n) % n];
                isLargest &= k < 0 ? jumps[i] > other : jumps[i] >= other;
            }
            if (isLargest) {
                angles.add(Math.toRadians(i));
            }
        }
        return angles;
    }

    private double onCircle(double x, double y, int degrees) {
        double angle = Math.toRadians(degrees);
        double radius = 0.7 * FARTHEST_PX;
        return image.sample(x + radius * Math.cos(angle), y + radius * Math.sin(angle));
    }

    private Line edgeLine(double x, double y, double angle, double nearest) {
        double dx = Math.cos(angle);
        double dy = Math.sin(angle);
        Line line = new Line(x, y, dx, dy, 0);
        for (int round = 0; round < 3; round++) {
            List<double[]> points = new ArrayList<>();
            for (double r = nearest; r <= FARTHEST_PX; r += 0.5) {
                double px = line.x + r * line.dx;
                double py = line.y + r * line.dy;
                double offset = edgeOffset(px, py, -line.dy, line.dx);
                points.add(new double[] {px - offset * line.dy, py + offset * line.dx});
            }
            line = through(points, line);
        }
        return isEven(line, nearest) ? line : new Line(line.x, line.y, line.dx, line.dy, Double.POSITIVE_INFINITY);
    }

    /** Whether both sides of an edge have one brightness all along; if not, something else is near. */
    private boolean isEven(Line line, double nearest) {
        double[] range = {1, 0, 1, 0};
        for (double r = nearest; r <= FARTHEST_PX; r += 0.5) {
            for (int side = -1; side <= 1; side += 2) {
                double value = image.sample(
                        line.x + r * line.dx - side * HALF_PROFILE_PX * line.dy,
                        line.y + r * line.dy + side * HALF_PROFILE_PX * line.dx);
                range[side + 1] = Math.min(range[side + 1], value);
                range[side + 2] = Math.max(range[side + 2], value);
            }
        }
        return range[1] - range[0] < MOST_CHANGE && range[3] - range[2] < MOST_CHANGE;
    }

    /** How far along a direction the edge lies: from the share of both brightnesses; any symmetric blur leaves it as it is. */
    private double edgeOffset(double x, double y, double nx, double ny) {
        double before = image.sample(x - HALF_PROFILE_PX * nx, y - HALF_PROFILE_PX * ny);
        double after = image.sample(x + HALF_PROFILE_PX * nx, y + HALF_PROFILE_PX * ny);
        double sum = 0;
        for (double t = -HALF_PROFILE_PX + STEP_PX / 2; t < HALF_PROFILE_PX; t += STEP_PX) {
            sum += (image.sample(x + t * nx, y + t * ny) - before) / (after - before) * STEP_PX;
        }
        return HALF_PROFILE_PX - sum;
    }

    /** The line of least squares, with the direction of another one. */
    private static Line through(List<double[]> points, Line like) {
        double mx = points.stream().mapToDouble(p -> p[0]).average().orElseThrow();
        double my = points.stream().mapToDouble(p -> p[1]).average().orElseThrow();
        double xx = 0;
        double xy = 0;
        double yy = 0;
        for (double[] p : points) {
            xx += (p[0] - mx) * (p[0] - mx);
            xy += (p[0] - mx) * (p[1] - my);
            yy += (p[1] - my) * (p[1] - my);
        }
        double angle = 0.5 * Math.atan2(2 * xy, xx - yy);
        double dx = Math.cos(angle);
        double dy = Math.sin(angle);
        double sign = Math.signum(dx * like.dx + dy * like.dy);
        // From the point that is nearest to the old start, so that distances keep their meaning.
        double t = (like.x - mx) * dx + (like.y - my) * dy;
        double squares = 0;
        for (double[] p : points) {
            double distance = (p[1] - my) * dx - (p[0] - mx) * dy;
            squares += distance * distance;
        }
        double residual = Math.sqrt(squares / points.size());
        return new Line(mx + t * dx, my + t * dy, sign * dx, sign * dy, residual);
    }

    /** The point with the least sum of squared distances. */
    private static PixelPoint intersection(List<Line> lines) {
        double a = 0;
        double b = 0;
        double c = 0;
        double u = 0;
        double v = 0;
        for (Line line : lines) {
            double nx = -line.dy;
            double ny = line.dx;
            double d = nx * line.x + ny * line.y;
            a += nx * nx;
            b += nx * ny;
            c += ny * ny;
            u += nx * d;
            v += ny * d;
        }
        double determinant = a * c - b * b;
        return new PixelPoint((c * u - b * v) / determinant, (a * v - b * u) / determinant);
    }

    /** The end of a line that comes from a direction: its axis, and where the brightness falls to the half along it. */
    Optional<PixelPoint> end(double x, double y, double fromX, double fromY, double widthPx) {
        double length = Math.hypot(x - fromX, y - fromY);
        Line axis = new Line(x, y, (fromX - x) / length, (fromY - y) / length, 0);
        double reach = widthPx / 2 + HALF_PROFILE_PX;
        for (int round = 0; round < 3; round++) {
            List<double[]> points = new ArrayList<>();
            for (double r = HALF_PROFILE_PX + 2; r <= FARTHEST_PX; r += 0.5) {
                double px = axis.x + r * axis.dx;
                double py = axis.y + r * axis.dy;
                double offset = centroid(px, py, -axis.dy, axis.dx, reach);
                points.add(new double[] {px - offset * axis.dy, py + offset * axis.dx});
            }
            axis = through(points, axis);
        }
        double offset = edgeOffset(axis.x, axis.y, -axis.dx, -axis.dy);
        PixelPoint end = new PixelPoint(axis.x - offset * axis.dx, axis.y - offset * axis.dy);
        return axis.isStraight() && Double.isFinite(end.x()) ? Optional.of(end) : Optional.empty();
    }

    private double centroid(double x, double y, double nx, double ny, double reach) {
        double background =
                (image.sample(x - reach * nx, y - reach * ny) + image.sample(x + reach * nx, y + reach * ny)) / 2;
        double sum = 0;
        double moment = 0;
        for (double t = -reach; t <= reach; t += STEP_PX) {
            double value = image.sample(x + t * nx, y + t * ny) - background;
            sum += value;
            moment += t * value;
        }
        return moment / sum;
    }
}
