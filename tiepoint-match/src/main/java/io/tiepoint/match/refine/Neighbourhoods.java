package io.tiepoint.match.refine;

import io.tiepoint.core.image.ImageSize;

/**
 * For each match, the affinity on which the matches around it agree. Right matches have neighbours that moved alike; wrong ones
 * lie anywhere. One neighbour at a time proposes a similarity, and the one that most of the others bear out is made an affinity
 * by least squares.
 *
 * @see <a href="https://arxiv.org/abs/2006.04250">Cavalli et al., AdaLAM, 2020, section 3</a>
 */
final class Neighbourhoods {
    private static final int NEIGHBOURS = 40;
    /** So many of them, the nearest ones, propose. */
    private static final int PROPOSERS = 16;

    /** Share of the neighbours that leaves no doubt. */
    private static final double ENOUGH = 0.5;

    /** A nearer neighbour says too little about turn and scale. */
    private static final double MIN_DISTANCE_PX = 6;

    private static final double MAX_SCALE = 5;
    private static final int ROUNDS = 2;
    /** Least squares are held near the similarity by as much as two neighbours at 20 px. */
    private static final double PRIOR = 2 * 20 * 20;

    private final MatchedPoints points;
    private final Tolerance tolerance;
    private final PointGrid grid;

    /**
     * How far a neighbour may be from where it is expected: {@code noisePx + slope * distance}, px of view 1.
     *
     * @param noisePx how exact positions are
     * @param slope how far the surroundings may be from a similarity, px for each px
     */
    record Tolerance(double noisePx, double slope) {
        double at(double scale, double distance) {
            return Math.max(scale, 1) * noisePx + slope * scale * distance;
        }
    }

    Neighbourhoods(MatchedPoints points, boolean[] usable, ImageSize size0, Tolerance tolerance) {
        this.points = points;
        this.tolerance = tolerance;
        this.grid = new PointGrid(points.x0, points.y0, usable, size0.width(), size0.height(), NEIGHBOURS);
    }

    /**
     * What the neighbours of a match say.
     *
     * @param affinity of the surroundings
     * @param support number of neighbours that agree
     */
    record Consensus(Affinity affinity, int support) {
        static final Consensus NONE = new Consensus(Affinity.IDENTITY, 0);
    }

    /** Asks the neighbours of a match. */
    Consensus of(int i) {
        Offsets offsets = new Offsets(points, i, grid.nearest(points.x0[i], points.y0[i], NEIGHBOURS, i));
        double best = 0;
        Affinity similarity = Affinity.IDENTITY;
        for (int j = 0; j < Math.min(offsets.u.length, PROPOSERS) && best < ENOUGH * offsets.u.length; j++) {
            double square0 = offsets.distance[j] * offsets.distance[j];
            double square1 = square(offsets.s[j], offsets.t[j]);
            if (square0 < MIN_DISTANCE_PX * MIN_DISTANCE_PX
                    || square1 > square0 * MAX_SCALE * MAX_SCALE
                    || square1 * MAX_SCALE * MAX_SCALE < square0) {
                continue;
            }
            double cos = (offsets.u[j] * offsets.s[j] + offsets.v[j] * offsets.t[j]) / square0;
            double sin = (offsets.u[j] * offsets.t[j] - offsets.v[j] * offsets.s[j]) / square0;
            Affinity proposed = new Affinity(cos, -sin, sin, cos);
            double score = score(offsets, proposed);
            if (score > best) {
                best = score;
                similarity = proposed;
            }
        }
        return best == 0 ? Consensus.NONE : fitted(offsets, similarity);
    }

    private static double square(double x, double y) {
        return x * x + y * y;
    }

    private double score(Offsets offsets, Affinity affinity) {
        double scale = affinity.scale();
        double score = 0;
        for (int k = 0; k < offsets.u.length; k++) {
            double limit = tolerance.at(scale, offsets.distance[k]);
            double share = square(offsets.errorX(affinity, k), offsets.errorY(affinity, k)) / (limit * limit);
            if (share < 1) {
                score += 1 - share;
            }
        }
        return score;
    }

    /** Least squares over the neighbours that agree. */
    private Consensus fitted(Offsets offsets, Affinity similarity) {
        Affinity affinity = similarity;
        int support = 0;
        for (int round = 0; round < ROUNDS; round++) {
            // An affinity fits better than a similarity, so less is tolerated in the second round.
            Tolerance limits = round == 0 ? tolerance : new Tolerance(tolerance.noisePx, tolerance.slope / 2);
            double uu = PRIOR;
            double uv = 0;
            double vv = PRIOR;
            double us = PRIOR * affinity.a();
            double vs = PRIOR * affinity.b();
            double ut = PRIOR * affinity.c();
            double vt = PRIOR * affinity.d();
            double scale = affinity.scale();
            support = 0;
            for (int k = 0; k < offsets.u.length; k++) {
                double u = offsets.u[k];
                double v = offsets.v[k];
                double limit = limits.at(scale, offsets.distance[k]);
                if (square(offsets.errorX(affinity, k), offsets.errorY(affinity, k)) < limit * limit) {
                    support++;
                    uu += u * u;
                    uv += u * v;
                    vv += v * v;
                    us += u * offsets.s[k];
                    vs += v * offsets.s[k];
                    ut += u * offsets.t[k];
                    vt += v * offsets.t[k];
                }
            }
            double determinant = uu * vv - uv * uv;
            affinity = new Affinity(
                    (us * vv - vs * uv) / determinant,
                    (vs * uu - us * uv) / determinant,
                    (ut * vv - vt * uv) / determinant,
                    (vt * uu - ut * uv) / determinant);
        }
        return new Consensus(affinity, support);
    }

    /** Where the neighbours of a match lie relative to it: (u, v) in view 0, (s, t) in view 1; px. */
    private static final class Offsets {
        private final double[] u;
        private final double[] v;
        private final double[] s;
        private final double[] t;
        private final double[] distance;

        Offsets(MatchedPoints points, int i, int[] near) {
            u = new double[near.length];
            v = new double[near.length];
            s = new double[near.length];
            t = new double[near.length];
            distance = new double[near.length];
            for (int j = 0; j < near.length; j++) {
                u[j] = points.x0[near[j]] - points.x0[i];
                v[j] = points.y0[near[j]] - points.y0[i];
                s[j] = points.x1[near[j]] - points.x1[i];
                t[j] = points.y1[near[j]] - points.y1[i];
                distance[j] = Math.sqrt(square(u[j], v[j]));
            }
        }

        double errorX(Affinity affinity, int k) {
            return s[k] - affinity.a() * u[k] - affinity.b() * v[k];
        }

        double errorY(Affinity affinity, int k) {
            return t[k] - affinity.c() * u[k] - affinity.d() * v[k];
        }
    }
}
