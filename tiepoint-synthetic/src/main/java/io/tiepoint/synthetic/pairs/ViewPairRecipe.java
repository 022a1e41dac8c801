package io.tiepoint.synthetic.pairs;

import io.tiepoint.core.check.Check;
import io.tiepoint.synthetic.homography.HomographyRecipe;
import io.tiepoint.synthetic.homography.PatchRecipe;
import io.tiepoint.synthetic.photometric.PhotometricRecipe;
import io.tiepoint.synthetic.recipe.Range;

/**
 * How two views of an image are made, under all kinds of geometry.
 *
 * @param shares how often each kind of geometry comes
 * @param views homography, light and camera; the distortions come after this homography
 * @param patch SuperPoint's sampler of homographies
 * @param similarityScale px of view 1 for each px of view 0, drawn log-uniformly; the turn is any
 * @param bend standard deviation of the displacements of a thin plate's nodes, as a share of the shorter side
 * @param lens strength of a radial distortion, see {@link io.tiepoint.synthetic.distortion.RadialLens}
 * @param fisheyeRad angle from the axis that the corners of a fisheye's image see
 * @param shutter largest turn in rad, and shift as a share of the sides, while a rolling shutter reads the image
 */
public record ViewPairRecipe(
        Shares shares,
        PairRecipe views,
        PatchRecipe patch,
        Range similarityScale,
        Range bend,
        Range lens,
        Range fisheyeRad,
        double shutter) {
    /** Every kind of geometry, under every kind of light and weather. */
    public static final ViewPairRecipe MIXED = of(
            new PairRecipe(HomographyRecipe.MEDIUM, PhotometricRecipe.MEDIUM, PhotometricRecipe.WEATHER, true),
            new Shares(0.3, 0.1, 0.2, 0.15, 0.1, 0.05, 0.1));

    /** Kinds of geometry. */
    public enum Geometry {
        /** glue-factory's corner sampler. */
        HOMOGRAPHY,
        /** SuperPoint's patch sampler. */
        PATCH,
        /** Any turn and scale. */
        SIMILARITY,
        /** A bent surface. */
        THIN_PLATE,
        /** A lens that bends straight lines. */
        LENS,
        /** A fisheye. */
        FISHEYE,
        /** A sensor that reads row after row. */
        ROLLING_SHUTTER
    }

    /** Checks the ranges. */
    public ViewPairRecipe {
        Check.that(similarityScale.min() > 0, "similarityScale: expected > 0, found %s", similarityScale.min());
        Check.that(bend.min() >= 0 && bend.max() <= 0.5, "bend: expected in [0, 0.5], found up to %s", bend.max());
        Check.that(
                lens.min() > -1 && lens.max() < 1, "lens: expected in (-1, 1), found %s to %s", lens.min(), lens.max());
        Check.that(
                fisheyeRad.min() > 0 && fisheyeRad.max() <= 1.4,
                "fisheyeRad: expected in (0, 1.4], found %s to %s",
                fisheyeRad.min(),
                fisheyeRad.max());
        Check.that(shutter >= 0 && shutter <= 0.33, "shutter: expected in [0, 0.33], found %s", shutter);
    }

    /** Homographies alone. */
    public static ViewPairRecipe of(PairRecipe views) {
        return of(views, new Shares(1, 0, 0, 0, 0, 0, 0));
    }

    private static ViewPairRecipe of(PairRecipe views, Shares shares) {
        return new ViewPairRecipe(
                shares,
                views,
                PatchRecipe.ADAPTATION,
                new Range(0.4, 2.5),
                new Range(0.01, 0.06),
                new Range(-0.35, 0.25),
                new Range(0.5, 1.2),
                0.12);
    }

    /** The same with one kind of geometry alone. */
    public ViewPairRecipe only(Geometry geometry) {
        double[] shares = new double[Geometry.values().length];
        for (int i = 0; i < shares.length; i++) {
            shares[i] = Geometry.values()[i] == geometry ? 1 : 0;
        }
        Shares one = new Shares(shares[0], shares[1], shares[2], shares[3], shares[4], shares[5], shares[6]);
        return new ViewPairRecipe(one, views, patch, similarityScale, bend, lens, fisheyeRad, shutter);
    }

    /**
     * How often each kind of geometry comes, relative to the others.
     *
     * @param homography see {@link Geometry#HOMOGRAPHY}
     * @param patch see {@link Geometry#PATCH}
     * @param similarity see {@link Geometry#SIMILARITY}
     * @param thinPlate see {@link Geometry#THIN_PLATE}
     * @param lens see {@link Geometry#LENS}
     * @param fisheye see {@link Geometry#FISHEYE}
     * @param rollingShutter see {@link Geometry#ROLLING_SHUTTER}
     */
    public record Shares(
            double homography,
            double patch,
            double similarity,
            double thinPlate,
            double lens,
            double fisheye,
            double rollingShutter) {
        /** Checks that something can be made. */
        public Shares {
            double sum = 0;
            for (double share :
                    new double[] {homography, patch, similarity, thinPlate, lens, fisheye, rollingShutter}) {
                Check.that(share >= 0, "shares: expected >= 0, found %s", share);
                sum += share;
            }
            Check.that(sum > 0, "shares: expected one of them > 0, found none");
        }

        /** The geometry at a position of the cumulated shares, from 0 to 1. */
        Geometry at(double position) {
            double left = 0;
            for (Geometry geometry : Geometry.values()) {
                left += of(geometry);
            }
            left *= position;
            Geometry last = Geometry.HOMOGRAPHY;
            for (Geometry geometry : Geometry.values()) {
                if (of(geometry) > 0) {
                    last = geometry;
                    left -= of(geometry);
                    if (left < 0) {
                        break;
                    }
                }
            }
            return last;
        }

        private double of(Geometry geometry) {
            return switch (geometry) {
                case HOMOGRAPHY -> homography;
                case PATCH -> patch;
                case SIMILARITY -> similarity;
                case THIN_PLATE -> thinPlate;
                case LENS -> lens;
                case FISHEYE -> fisheye;
                case ROLLING_SHUTTER -> rollingShutter;
            };
        }
    }
}
