package io.tiepoint.synthetic.text;

import io.tiepoint.core.geometry.Homography;
import java.awt.geom.Path2D;
import java.awt.geom.PathIterator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The outline of a line of text: straight lines and quadratic curves. The unit is the height of the face's capitals; text starts at (0, 0)
 * on its base line and goes to the right, and y points down. Parts may overlap, as the letters of a script do; what any of them covers is
 * covered, once.
 */
public final class Outline {
    /** Shorter pieces are no sides but blunt a corner. Less than a px of most letters. */
    private static final double SHORTEST = 0.01;

    /** How exactly it is found out whether one part covers a point of another one. */
    private static final double COVER_ERROR = 1e-4;

    private static final double SAME = 1e-6;

    private static final int MOST_PIECES = 64;

    /**
     * Parts, each of a contour and its holes, [part][contour][4N]: the start x, y of each piece and its control point, with which it bends to
     * the start of the next one. That of a straight piece is its middle.
     */
    private final double[][][] parts;

    private final double advance;

    private Outline(double[][][] parts, double advance) {
        this.parts = parts;
        this.advance = advance;
    }

    /** Letters side by side, where they are. */
    static Outline of(List<Outline> letters, double advance) {
        List<double[][]> parts = new ArrayList<>();
        for (Outline letter : letters) {
            parts.addAll(List.of(letter.parts));
        }
        return new Outline(parts.toArray(double[][][]::new), advance);
    }

    /**
     * A letter of a font.
     *
     * @param path y upwards; holes go around the other way
     * @param unit what is to be one unit
     */
    static Outline of(Path2D path, double unit, double advance) {
        List<double[]> contours = new ArrayList<>();
        Contour contour = new Contour(unit);
        double[] c = new double[6];
        for (PathIterator it = path.getPathIterator(null); !it.isDone(); it.next()) {
            switch (it.currentSegment(c)) {
                case PathIterator.SEG_MOVETO -> contour.start(c[0], c[1]);
                case PathIterator.SEG_LINETO -> contour.line(c[0], c[1]);
                case PathIterator.SEG_QUADTO -> contour.curve(c);
                case PathIterator.SEG_CLOSE -> contours.add(contour.close());
                default -> throw new IllegalStateException("font: expected quadratic curves, found cubic ones");
            }
        }
        contours.removeIf(points -> points.length == 0);
        return new Outline(grouped(contours), advance);
    }

    /** Gives each hole to the smallest contour around it. */
    private static double[][][] grouped(List<double[]> contours) {
        List<double[]> outer = new ArrayList<>();
        List<List<double[]>> groups = new ArrayList<>();
        for (double[] contour : contours) {
            if (area(contour) > 0) {
                outer.add(contour);
                groups.add(new ArrayList<>(List.of(contour)));
            }
        }
        for (double[] contour : contours) {
            if (area(contour) <= 0) {
                int around = -1;
                for (int i = 0; i < outer.size(); i++) {
                    double[] polygon = polygon(new double[][] {outer.get(i)}, COVER_ERROR);
                    boolean isSmaller = around < 0 || area(outer.get(i)) < area(outer.get(around));
                    around = isSmaller && contains(polygon, contour[0], contour[1]) ? i : around;
                }
                if (around >= 0) {
                    groups.get(around).add(contour);
                }
            }
        }
        return groups.stream().map(group -> group.toArray(double[][]::new)).toArray(double[][][]::new);
    }

    /** Twice the area of the polygon of starts and control points; positive if it goes around clockwise as seen, as a font's contours do. */
    private static double area(double[] contour) {
        double area = 0;
        int n = contour.length;
        for (int i = 0, j = n - 2; i < n; j = i, i += 2) {
            area += contour[j] * contour[i + 1] - contour[i] * contour[j + 1];
        }
        return area;
    }

    private static boolean contains(double[] polygon, double x, double y) {
        boolean inside = false;
        int n = polygon.length;
        for (int i = 0, j = n - 2; i < n; j = i, i += 2) {
            if (polygon[i + 1] > y != polygon[j + 1] > y) {
                double share = (y - polygon[i + 1]) / (polygon[j + 1] - polygon[i + 1]);
                inside ^= x < polygon[i] + (polygon[j] - polygon[i]) * share;
            }
        }
        return inside;
    }

    /** A contour in the making; closes with a straight piece where the path leaves a gap. */
    private static final class Contour {
        private final double unit;
        private double[] points = new double[64];
        private int count;
        private double startX;
        private double startY;
        private double x;
        private double y;

        Contour(double unit) {
            this.unit = unit;
        }

        void start(double toX, double toY) {
            count = 0;
            startX = x = toX;
            startY = y = toY;
        }

        void line(double toX, double toY) {
            if (x != toX || y != toY) {
                add((x + toX) / 2, (y + toY) / 2, toX, toY);
            }
        }

        /** Control point and end. With the control point at one of its ends a curve is straight. */
        void curve(double... c) {
            if ((c[0] == x && c[1] == y) || (c[0] == c[2] && c[1] == c[3])) {
                line(c[2], c[3]);
            } else {
                add(c[0], c[1], c[2], c[3]);
            }
        }

        private void add(double controlX, double controlY, double toX, double toY) {
            if (count + 4 > points.length) {
                points = Arrays.copyOf(points, 2 * points.length);
            }
            points[count++] = x / unit;
            points[count++] = -y / unit;
            points[count++] = controlX / unit;
            points[count++] = -controlY / unit;
            x = toX;
            y = toY;
        }

        double[] close() {
            line(startX, startY);
            return Arrays.copyOf(points, count);
        }
    }

    /** How far further text starts to the right. */
    public double advance() {
        return advance;
    }

    /** Left, top, right and bottom of the smallest rectangle around all control points; all 0 of blanks. */
    public double[] box() {
        return parts.length == 0 ? new double[4] : box(parts);
    }

    private static double[] box(double[][]... parts) {
        double[] box = {
            Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY
        };
        for (double[][] part : parts) {
            for (double[] contour : part) {
                for (int i = 0; i < contour.length; i += 2) {
                    box[0] = Math.min(box[0], contour[i]);
                    box[1] = Math.min(box[1], contour[i + 1]);
                    box[2] = Math.max(box[2], contour[i]);
                    box[3] = Math.max(box[3], contour[i + 1]);
                }
            }
        }
        return box;
    }

    /** The same, further to the right. */
    Outline moved(double right) {
        double[][][] moved = new double[parts.length][][];
        for (int p = 0; p < parts.length; p++) {
            moved[p] = new double[parts[p].length][];
            for (int c = 0; c < parts[p].length; c++) {
                moved[p][c] = parts[p][c].clone();
                for (int i = 0; i < moved[p][c].length; i += 2) {
                    moved[p][c][i] += right;
                }
            }
        }
        return new Outline(moved, advance);
    }

    /**
     * Where two sides meet at an angle, or two parts cross at one, [N 2]. Where an outline goes on smoothly is no corner, and what another
     * part covers is none. A corner may be blunted by what is less than a hundredth of a unit; it lies in the middle of that.
     *
     * @param maxAngleRad larger angles are hardly corners
     */
    public double[] corners(double maxAngleRad) {
        double minCosine = StrictMath.cos(maxAngleRad);
        List<double[]> corners = new ArrayList<>();
        List<double[]> boxes = new ArrayList<>();
        for (double[][] part : parts) {
            boxes.add(box(new double[][][] {part}));
        }
        for (int p = 0; p < parts.length; p++) {
            for (double[] contour : parts[p]) {
                for (double[] corner : corners(contour, minCosine)) {
                    addUncovered(corner, p, p, boxes, corners);
                }
            }
            for (int q = p + 1; q < parts.length; q++) {
                if (overlap(boxes.get(p), boxes.get(q))) {
                    for (double[] crossing : crossings(parts[p], parts[q])) {
                        if (crossing[2] > minCosine) {
                            addUncovered(crossing, p, q, boxes, corners);
                        }
                    }
                }
            }
        }
        double[] found = new double[2 * corners.size()];
        for (int i = 0; i < corners.size(); i++) {
            System.arraycopy(corners.get(i), 0, found, 2 * i, 2);
        }
        return found;
    }

    private static boolean overlap(double[] a, double[] b) {
        return a[0] <= b[2] && b[0] <= a[2] && a[1] <= b[3] && b[1] <= a[3];
    }

    private static List<double[]> crossings(double[][] a, double[][] b) {
        List<double[]> crossings = new ArrayList<>();
        for (double[] first : a) {
            for (double[] second : b) {
                crossings.addAll(Crossings.of(first, second));
            }
        }
        return crossings;
    }

    /** Adds a corner of one part, or of two, unless a third one covers it or it is there, as where parts cross at a joint. */
    private void addUncovered(double[] corner, int p, int q, List<double[]> boxes, List<double[]> corners) {
        for (double[] other : corners) {
            if (Math.abs(corner[0] - other[0]) + Math.abs(corner[1] - other[1]) < SAME) {
                return;
            }
        }
        double[] point = {corner[0], corner[1], corner[0], corner[1]};
        for (int other = 0; other < parts.length; other++) {
            if (other != p
                    && other != q
                    && overlap(boxes.get(other), point)
                    && contains(polygon(parts[other], COVER_ERROR), corner[0], corner[1])) {
                return;
            }
        }
        corners.add(corner);
    }

    private static List<double[]> corners(double[] contour, double minCosine) {
        List<double[]> corners = new ArrayList<>();
        int last = lastSide(contour);
        int before = last;
        for (int i = 0; i <= last; i++) {
            if (isSide(contour, i)) {
                if (cosine(contour, before, i) > minCosine) {
                    corners.add(corner(contour, before, i));
                }
                before = i;
            }
        }
        return corners;
    }

    /** The mean of the joints between two sides, mostly one, weighted by how much the outline turns there. */
    private static double[] corner(double[] contour, int before, int after) {
        int n = contour.length / 4;
        double x = 0;
        double y = 0;
        double weights = 0;
        int piece = before;
        do {
            int next = (piece + 1) % n;
            double turn = 1 + cosine(contour, piece, next);
            // Never nothing; and what has no direction has no angle.
            double weight = turn > 1e-12 ? turn : 1e-12;
            x += weight * contour[4 * next];
            y += weight * contour[4 * next + 1];
            weights += weight;
            piece = next;
        } while (piece != after);
        return new double[] {x / weights, y / weights};
    }

    /** The last piece that is long enough to be a side, or -1. */
    private static int lastSide(double[] contour) {
        int side = contour.length / 4 - 1;
        while (side >= 0 && !isSide(contour, side)) {
            side--;
        }
        return side;
    }

    private static boolean isSide(double[] contour, int piece) {
        int start = 4 * piece;
        int end = (start + 4) % contour.length;
        double dx = contour[end] - contour[start];
        double dy = contour[end + 1] - contour[start + 1];
        return dx * dx + dy * dy > SHORTEST * SHORTEST;
    }

    /** Cosine of the angle between two sides at the corner between them: -1 if they are one line. */
    private static double cosine(double[] contour, int before, int after) {
        int end = (4 * before + 4) % contour.length;
        double ax = contour[4 * before + 2] - contour[end];
        double ay = contour[4 * before + 3] - contour[end + 1];
        double bx = contour[4 * after + 2] - contour[4 * after];
        double by = contour[4 * after + 3] - contour[4 * after + 1];
        return (ax * bx + ay * by) / Math.sqrt((ax * ax + ay * ay) * (bx * bx + by * by));
    }

    /**
     * The parts as polygons, [N 2] each. One with holes goes from contour to contour and back on the same way, so that holes stay open.
     * Where parts overlap, so do their polygons: paint one after the other.
     *
     * @param imageFromText where the text will be seen
     * @param errorPx how far a polygon may be from its curve there
     */
    public List<double[]> polygons(Homography imageFromText, double errorPx) {
        double error = errorPx / pxPerUnit(imageFromText);
        List<double[]> polygons = new ArrayList<>();
        for (double[][] part : parts) {
            polygons.add(polygon(part, error));
        }
        return polygons;
    }

    private static double[] polygon(double[][] part, double error) {
        double[] polygon = new double[256];
        int count = 0;
        for (double[] contour : part) {
            for (int i = 0; i < contour.length; i += 4) {
                int pieces = pieces(contour, i, error);
                if (count + 2 * pieces + 2 > polygon.length) {
                    polygon = Arrays.copyOf(polygon, Math.max(2 * polygon.length, count + 2 * pieces + 2));
                }
                count = flatten(contour, i, pieces, polygon, count);
            }
            polygon[count++] = contour[0];
            polygon[count++] = contour[1];
        }
        polygon = Arrays.copyOf(polygon, count + 2 * part.length);
        for (int c = part.length - 2; c > 0; c--) {
            polygon[count++] = part[c][0];
            polygon[count++] = part[c][1];
        }
        return Arrays.copyOf(polygon, count);
    }

    /** A chord of a parabola is at most this far from it: a quarter of its second difference over the square of their number. */
    private static int pieces(double[] contour, int start, double error) {
        int end = (start + 4) % contour.length;
        double dx = contour[start] - 2 * contour[start + 2] + contour[end];
        double dy = contour[start + 1] - 2 * contour[start + 3] + contour[end + 1];
        double number = Math.sqrt(Math.sqrt(dx * dx + dy * dy) / (4 * error));
        // On the horizon it is not a number.
        return number < MOST_PIECES ? Math.max((int) Math.ceil(number), 1) : MOST_PIECES;
    }

    private static int flatten(double[] contour, int start, int pieces, double[] polygon, int from) {
        int end = (start + 4) % contour.length;
        int count = from;
        for (int k = 0; k < pieces; k++) {
            double t = k / (double) pieces;
            double a = (1 - t) * (1 - t);
            double b = 2 * t * (1 - t);
            double c = t * t;
            polygon[count++] = a * contour[start] + b * contour[start + 2] + c * contour[end];
            polygon[count++] = a * contour[start + 1] + b * contour[start + 3] + c * contour[end + 1];
        }
        return count;
    }

    /** What a unit measures where the text is seen largest, or more: the Frobenius norm of the map's derivative. */
    private double pxPerUnit(Homography map) {
        double[] box = box();
        double largest = Double.MIN_NORMAL;
        for (int corner = 0; corner < 4; corner++) {
            double x = box[corner % 2 == 0 ? 0 : 2];
            double y = box[corner < 2 ? 1 : 3];
            double weight = map.weight(x, y);
            double squares = 0;
            for (int row = 0; row < 2; row++) {
                double value = (map.entry(row, 0) * x + map.entry(row, 1) * y + map.entry(row, 2)) / weight;
                for (int column = 0; column < 2; column++) {
                    double slope = (map.entry(row, column) - value * map.entry(2, column)) / weight;
                    squares += slope * slope;
                }
            }
            largest = Math.max(largest, Math.sqrt(squares));
        }
        return largest;
    }
}
