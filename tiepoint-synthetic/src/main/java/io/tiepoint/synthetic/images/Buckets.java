package io.tiepoint.synthetic.images;

import java.util.Arrays;

/** Finds the two nearest of many points on a tile that repeats. */
final class Buckets {
    private final double[] xs;
    private final double[] ys;
    private final int cells;
    private final double cellPx;
    private final int[][] members;
    private int first;
    private double firstSquared;
    private double secondSquared;

    Buckets(double[] xs, double[] ys, double spacing) {
        this.xs = xs;
        this.ys = ys;
        cells = Math.max(3, (int) (Tile.SIDE / (1.5 * spacing)));
        cellPx = Tile.SIDE / (double) cells;
        members = new int[cells * cells][];
        Arrays.fill(members, new int[0]);
        for (int i = 0; i < xs.length; i++) {
            int row = (int) (ys[i] / cellPx);
            int cell = row * cells + (int) (xs[i] / cellPx);
            members[cell] = Arrays.copyOf(members[cell], members[cell].length + 1);
            members[cell][members[cell].length - 1] = i;
        }
    }

    /** Looks in the cell of a point and its neighbours, then in wider rings until two are found. */
    void findTwoNearest(double x, double y) {
        int column = (int) (x / cellPx);
        int row = (int) (y / cellPx);
        firstSquared = Double.POSITIVE_INFINITY;
        secondSquared = Double.POSITIVE_INFINITY;
        for (int reach = 1; reach <= cells && secondSquared == Double.POSITIVE_INFINITY; reach++) {
            firstSquared = Double.POSITIVE_INFINITY;
            for (int dy = -reach; dy <= reach; dy++) {
                for (int dx = -reach; dx <= reach; dx++) {
                    look(x, y, Math.floorMod(column + dx, cells), Math.floorMod(row + dy, cells));
                }
            }
        }
    }

    private void look(double x, double y, int column, int row) {
        for (int i : members[row * cells + column]) {
            double dx = wrapped(xs[i] - x);
            double dy = wrapped(ys[i] - y);
            double squared = dx * dx + dy * dy;
            if (squared < firstSquared) {
                secondSquared = i == first ? secondSquared : firstSquared;
                firstSquared = squared;
                first = i;
            } else if (squared < secondSquared && i != first) {
                secondSquared = squared;
            }
        }
    }

    private static double wrapped(double difference) {
        double distance = Math.abs(difference);
        return Math.min(distance, Tile.SIDE - distance);
    }

    int first() {
        return first;
    }

    double firstDistance() {
        return Math.sqrt(firstSquared);
    }

    double secondDistance() {
        return Math.sqrt(Math.min(secondSquared, 2.0 * Tile.SIDE * Tile.SIDE));
    }
}
