package io.tiepoint.match.refine;

import io.tiepoint.core.features.Keypoints;
import io.tiepoint.core.features.LocalFeatures;
import io.tiepoint.core.features.MatchRefiner;
import io.tiepoint.core.features.Matches;
import io.tiepoint.core.image.ImageSize;
import java.util.Arrays;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The state of one pair while its matches are refined. */
final class Refinement {
    /** Matches that one thread takes at a time. */
    private static final int CHUNK = 32;

    private static final double COARSE_STEP = 2;
    private static final double MIN_COARSE_CORRELATION = 0.3;
    private static final Neighbourhoods.Tolerance CHECKED = new Neighbourhoods.Tolerance(0.6, 0.06);
    /** Number of neighbours that have to agree. */
    private static final int MIN_SUPPORT = 4;

    private static final double MIN_DETERMINANT = 0.02;
    /** Keypoints nearer than this to where one is expected can stand for it, px of the view that shows less. */
    private static final double GROW_PX = 6;
    /** How far from a good match its affinity is trusted, px. */
    private static final double GROW_REACH_PX = 60;

    private static final double GROW_CORRELATION = 0.8;
    /** Samples are not nearer to each other than this, px of the images. */
    private static final double FINEST_PX = 0.7;
    /** So far detail may move a match, px of the keypoints. */
    private static final double FINISH_PX = 1;

    private static final double MIN_FINE_CORRELATION = 0.6;

    private final ScaledPyramid pyramid0;
    private final ScaledPyramid pyramid1;
    private final Keypoints keypoints0;
    private final Keypoints keypoints1;
    private final ImageSize size0;
    private final ImageSize size1;
    private final MatchedPoints points;
    private final Affinity[] affinities;
    private final int threads;

    Refinement(
            MatchRefiner.Images images,
            LocalFeatures features0,
            LocalFeatures features1,
            Matches matches,
            int threads) {
        this.keypoints0 = features0.keypoints();
        this.keypoints1 = features1.keypoints();
        this.size0 = features0.imageSize();
        this.size1 = features1.imageSize();
        this.pyramid0 = new ScaledPyramid(images.image0(), size0);
        this.pyramid1 = new ScaledPyramid(images.image1(), size1);
        int capacity = matches.size() + Math.min(keypoints0.size(), keypoints1.size());
        this.points = new MatchedPoints(keypoints0, keypoints1, matches, capacity);
        this.affinities = new Affinity[capacity];
        this.threads = threads;
    }

    MatchedPoints points() {
        return points;
    }

    /**
     * One round over all matches.
     *
     * @param coarseFirst whether matches are so far off that they are aligned at half the resolution first
     * @param tolerance of the neighbours
     * @param minCorrelation how alike the patches have to be
     * @param maxShift how far a match may move, px of the view that shows less
     */
    record Pass(boolean coarseFirst, Neighbourhoods.Tolerance tolerance, double minCorrelation, double maxShift) {
        /** Positions are the detector's: a few px off, and some matches are wrong. */
        static final Pass ROUGH = new Pass(true, new Neighbourhoods.Tolerance(4, 0.4), 0.6, 8);
        /** Positions are nearly exact. */
        static final Pass EXACT = new Pass(false, new Neighbourhoods.Tolerance(1.5, 0.15), 0.7, 4);
    }

    /** Does something for each index on all threads, with an aligner for each part; returns for which it was true. */
    private boolean[] forEach(int count, Function<PatchAligner, IntPredicate> work) {
        boolean[] done = new boolean[count];
        IntStream chunks = IntStream.range(0, (count + CHUNK - 1) / CHUNK);
        (threads > 1 ? chunks.parallel() : chunks).forEach(chunk -> {
            IntPredicate one = work.apply(new PatchAligner(pyramid0, pyramid1));
            for (int i = chunk * CHUNK; i < Math.min((chunk + 1) * CHUNK, count); i++) {
                done[i] = one.test(i);
            }
        });
        return done;
    }

    /**
     * Asks the neighbours of each match, then aligns it.
     *
     * @param usable which matches take part
     * @return which of them are good
     */
    boolean[] pass(boolean[] usable, Pass pass) {
        Neighbourhoods neighbourhoods = new Neighbourhoods(points, usable, size0, pass.tolerance);
        double[] x = points.x1.clone();
        double[] y = points.y1.clone();
        boolean[] good = forEach(points.size, aligner -> i -> {
            if (!usable[i]) {
                return false;
            }
            Neighbourhoods.Consensus consensus = neighbourhoods.of(i);
            affinities[i] = consensus.affinity();
            if (consensus.support() < MIN_SUPPORT
                    || consensus.affinity().determinant() < MIN_DETERMINANT
                    || !align(aligner, i, pass.coarseFirst)) {
                return false;
            }
            x[i] = aligner.x();
            y[i] = aligner.y();
            double shift = Math.hypot(x[i] - points.x1[i], y[i] - points.y1[i]);
            return aligner.correlation() > pass.minCorrelation
                    && shift < pass.maxShift * Math.max(consensus.affinity().scale(), 1);
        });
        for (int i = 0; i < good.length; i++) {
            if (good[i]) {
                points.move(i, x[i], y[i]);
            }
        }
        return good;
    }

    private boolean align(PatchAligner aligner, int i, boolean coarseFirst) {
        double startX = points.x1[i];
        double startY = points.y1[i];
        if (coarseFirst) {
            if (!aligner.align(points.x0[i], points.y0[i], startX, startY, affinities[i], COARSE_STEP)
                    || aligner.correlation() < MIN_COARSE_CORRELATION) {
                return false;
            }
            startX = aligner.x();
            startY = aligner.y();
        }
        return aligner.align(points.x0[i], points.y0[i], startX, startY, affinities[i], 1);
    }

    /**
     * Adds matches between keypoints that have none, near good ones: where their affinity leads, a keypoint must lie, and the
     * images must agree.
     *
     * @param good which matches are good
     * @return likewise, the new ones included
     */
    boolean[] grow(boolean[] good) {
        boolean[] free0 = new boolean[keypoints0.size()];
        boolean[] free1 = new boolean[keypoints1.size()];
        Arrays.fill(free0, true);
        Arrays.fill(free1, true);
        for (int i = 0; i < good.length; i++) {
            if (good[i]) {
                free0[points.indices0[i]] = false;
                free1[points.indices1[i]] = false;
            }
        }
        PointGrid matched = new PointGrid(points.x0, points.y0, good, size0.width(), size0.height(), 1);
        PointGrid unmatched1 = grid(keypoints1, free1, size1);
        @Nullable Proposal[] proposals = new @Nullable Proposal[free0.length];
        boolean[] proposed = forEach(free0.length, aligner -> k -> {
            proposals[k] = free0[k] ? proposal(k, matched, unmatched1, aligner) : null;
            return proposals[k] != null;
        });
        @Nullable Proposal[] best = new @Nullable Proposal[free1.length];
        for (int k = 0; k < proposed.length; k++) {
            Proposal proposal = proposals[k];
            if (proposal != null
                    && (best[proposal.k1] == null || proposal.correlation > best[proposal.k1].correlation)) {
                best[proposal.k1] = proposal;
            }
        }
        boolean[] all = Arrays.copyOf(good, good.length + free0.length);
        for (@Nullable Proposal proposal : best) {
            if (proposal != null) {
                all[points.size] = true;
                float score = (float) Math.min(proposal.correlation, 1);
                points.add(proposal.k0, proposal.k1, score, keypoints0.x(proposal.k0), keypoints0.y(proposal.k0));
                points.move(points.size - 1, proposal.x, proposal.y);
            }
        }
        return Arrays.copyOf(all, points.size);
    }

    /** Asks the neighbours once more, now that all positions are exact; patches along an edge may have slid. */
    boolean[] check(boolean[] good) {
        Neighbourhoods neighbourhoods = new Neighbourhoods(points, good, size0, CHECKED);
        return forEach(
                points.size, aligner -> i -> good[i] && neighbourhoods.of(i).support() >= MIN_SUPPORT);
    }

    /**
     * Aligns good matches with all the detail of the images, where the network saw smaller ones. A match that this moves far, or
     * that looks less alike in detail, stays where it was.
     */
    void finish(boolean[] good) {
        boolean[] ignored = forEach(points.size, aligner -> i -> good[i] && finish(aligner, i));
    }

    private boolean finish(PatchAligner aligner, int i) {
        double scale = affinities[i].scale();
        // Px of each image between samples that are a px of the view that shows less apart.
        double detail = Math.min(pyramid0.unit() / Math.min(scale, 1), pyramid1.unit() * Math.max(scale, 1));
        double limit = FINISH_PX * Math.max(scale, 1);
        double x = points.x1[i];
        double y = points.y1[i];
        for (double step = 0.5; step * detail >= FINEST_PX; step /= 2) {
            if (!aligner.align(points.x0[i], points.y0[i], x, y, affinities[i], step)
                    || aligner.correlation() < MIN_FINE_CORRELATION
                    || Math.hypot(aligner.x() - points.x1[i], aligner.y() - points.y1[i]) > limit) {
                break;
            }
            x = aligner.x();
            y = aligner.y();
        }
        points.move(i, x, y);
        return true;
    }

    /** A match that could be added; where its point lies in view 1, and how alike the images are there. */
    private record Proposal(int k0, int k1, double x, double y, double correlation) {}

    private static PointGrid grid(Keypoints keypoints, boolean[] used, ImageSize size) {
        double[] x = new double[keypoints.size()];
        double[] y = new double[keypoints.size()];
        for (int k = 0; k < x.length; k++) {
            x[k] = keypoints.x(k);
            y[k] = keypoints.y(k);
        }
        return new PointGrid(x, y, used, size.width(), size.height(), 1);
    }

    /** The free keypoint of view 1 that lies where the nearest good match leads, if the images agree. */
    private @Nullable Proposal proposal(int k0, PointGrid matched, PointGrid unmatched1, PatchAligner aligner) {
        int[] guides = matched.nearest(keypoints0.x(k0), keypoints0.y(k0), 1, -1);
        if (guides.length == 0) {
            return null;
        }
        int guide = guides[0];
        double dx = keypoints0.x(k0) - points.x0[guide];
        double dy = keypoints0.y(k0) - points.y0[guide];
        if (Math.hypot(dx, dy) > GROW_REACH_PX) {
            return null;
        }
        Affinity affinity = affinities[guide];
        double x = points.x1[guide] + affinity.a() * dx + affinity.b() * dy;
        double y = points.y1[guide] + affinity.c() * dx + affinity.d() * dy;
        double reach = GROW_PX * Math.max(affinity.scale(), 1);
        int[] near = unmatched1.nearest(x, y, 1, -1);
        if (near.length == 0 || Math.hypot(keypoints1.x(near[0]) - x, keypoints1.y(near[0]) - y) > reach) {
            return null;
        }
        boolean agree = aligner.align(keypoints0.x(k0), keypoints0.y(k0), x, y, affinity, 1)
                && aligner.correlation() > GROW_CORRELATION
                && Math.hypot(aligner.x() - x, aligner.y() - y) < reach;
        return agree ? new Proposal(k0, near[0], aligner.x(), aligner.y(), aligner.correlation()) : null;
    }
}
