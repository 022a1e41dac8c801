package io.tiepoint.synthetic.shapes;

import io.tiepoint.core.check.Check;
import io.tiepoint.synthetic.homography.PatchRecipe;
import io.tiepoint.synthetic.photometric.PhotometricRecipe;
import io.tiepoint.synthetic.recipe.Count;
import io.tiepoint.synthetic.recipe.Range;

/**
 * How shapes are drawn. The defaults are the published ones (rpautrat/SuperPoint, {@code synthetic_shapes.py} and
 * {@code magic-point_shapes.yaml}). Lengths are shares of the image's shorter side; brightness is in [0, 1].
 *
 * @param shares how often each primitive is drawn, relative to the others
 * @param background what is behind the shapes
 * @param minContrast least difference between a shape and the mean of the background
 * @param minPartContrast least difference between neighbouring parts of one shape, where 20 tries find it
 * @param smoothing standard deviation of the blur that follows the drawing
 * @param lines segments
 * @param polygons corners of polygons
 * @param maxPolygons most polygons of one image
 * @param maxEllipses most ellipses of one image
 * @param star branches
 * @param boards checkerboards and stripes
 * @param cube the box
 * @param noise standard deviation of the noise primitive
 * @param extras what the published set lacks
 * @param warp homographic augmentation
 * @param photometric photometric augmentation
 */
public record ShapesRecipe(
        Shares shares,
        Background background,
        double minContrast,
        double minPartContrast,
        double smoothing,
        Lines lines,
        Polygons polygons,
        int maxPolygons,
        int maxEllipses,
        Star star,
        Boards boards,
        Cube cube,
        Range noise,
        Extras extras,
        PatchRecipe warp,
        PhotometricRecipe photometric) {
    /** The published recipe, at any size. */
    public static final ShapesRecipe DEFAULT = new ShapesRecipe(
            new Shares(1, 1, 1, 0.3, 1, 1, 0.2, 1, 0.1),
            new Background(100, new Range(0.0267, 0.0413), new Range(150 / 960.0, 500 / 960.0)),
            30 / 255.0,
            50 / 255.0,
            3.5 / 960,
            new Lines(new Count(1, 9), new Range(0.01, 0.02)),
            new Polygons(new Count(3, 7), new Range(0.1, 0.5), 0.4, 0.01, 2.0944),
            30,
            20,
            new Star(new Count(3, 5), new Range(0.2, 0.5), 0.3, new Range(0.01, 0.02)),
            new Boards(new Count(3, 6), new Count(5, 12), 0.04, new Range(0.05, 0.2), new Range(0.01, 0.015)),
            new Cube(
                    new Range(0.2, 0.8667),
                    new Range(0.3142, 1.2566),
                    new Range(0.4, 1.0),
                    0.2,
                    new Range(0.003, 0.015)),
            new Range(0.02, 0.3),
            Extras.NONE,
            PatchRecipe.SHAPES,
            PhotometricRecipe.SHAPES);

    /** The published recipe without photometric changes. */
    public static final ShapesRecipe CLEAN = DEFAULT.clean();

    /** Beside the published shapes those that they lack, seen by a camera with a lens and a sensor. */
    public static final ShapesRecipe RICH =
            DEFAULT.withExtras(Extras.RICH).withPhotometric(PhotometricRecipe.RICH_SHAPES);

    /** Checks what the nested records cannot. */
    public ShapesRecipe {
        Check.that(minContrast >= 0 && minContrast < 0.5, "minContrast: expected in [0, 0.5), found %s", minContrast);
        Check.that(minPartContrast >= 0, "minPartContrast: expected >= 0, found %s", minPartContrast);
        Check.that(smoothing >= 0, "smoothing: expected >= 0, found %s", smoothing);
        Check.that(maxPolygons > 0, "maxPolygons: expected > 0, found %s", maxPolygons);
        Check.that(maxEllipses > 0, "maxEllipses: expected > 0, found %s", maxEllipses);
        Check.that(noise.min() >= 0, "noise: expected >= 0, found %s", noise.min());
    }

    /** The same shapes, sample by sample, without photometric changes. */
    public ShapesRecipe clean() {
        return withPhotometric(PhotometricRecipe.NONE);
    }

    /** The same shapes, sample by sample, with other photometric changes. */
    public ShapesRecipe withPhotometric(PhotometricRecipe changed) {
        return new ShapesRecipe(
                shares,
                background,
                minContrast,
                minPartContrast,
                smoothing,
                lines,
                polygons,
                maxPolygons,
                maxEllipses,
                star,
                boards,
                cube,
                noise,
                extras,
                warp,
                changed);
    }

    /** The same with other extras; published shapes stay the same, sample by sample, where they are drawn. */
    public ShapesRecipe withExtras(Extras changed) {
        return new ShapesRecipe(
                shares,
                background,
                minContrast,
                minPartContrast,
                smoothing,
                lines,
                polygons,
                maxPolygons,
                maxEllipses,
                star,
                boards,
                cube,
                noise,
                changed,
                warp,
                photometric);
    }

    /**
     * How often each primitive is drawn, relative to the others; the published set has fewer of the negatives and the stripes.
     *
     * @param lines see {@link Primitive#LINES}
     * @param polygon see {@link Primitive#POLYGON}
     * @param multiplePolygons see {@link Primitive#MULTIPLE_POLYGONS}
     * @param ellipses see {@link Primitive#ELLIPSES}
     * @param star see {@link Primitive#STAR}
     * @param checkerboard see {@link Primitive#CHECKERBOARD}
     * @param stripes see {@link Primitive#STRIPES}
     * @param cube see {@link Primitive#CUBE}
     * @param gaussianNoise see {@link Primitive#GAUSSIAN_NOISE}
     */
    public record Shares(
            double lines,
            double polygon,
            double multiplePolygons,
            double ellipses,
            double star,
            double checkerboard,
            double stripes,
            double cube,
            double gaussianNoise) {
        /** Checks that something can be drawn. */
        public Shares {
            double sum = 0;
            for (double share : new double[] {
                lines, polygon, multiplePolygons, ellipses, star, checkerboard, stripes, cube, gaussianNoise
            }) {
                Check.that(share >= 0, "shares: expected >= 0, found %s", share);
                sum += share;
            }
            Check.that(sum > 0, "shares: expected one of them > 0, found none");
        }

        /** The primitive at a position of the cumulated shares, from 0 to 1. */
        Primitive at(double position, Extras extras) {
            double sum = 0;
            for (Primitive primitive : Primitive.values()) {
                sum += of(primitive, extras);
            }
            double left = position * sum;
            Primitive last = Primitive.LINES;
            for (Primitive primitive : Primitive.values()) {
                double share = of(primitive, extras);
                if (share > 0) {
                    last = primitive;
                    left -= share;
                    if (left < 0) {
                        return last;
                    }
                }
            }
            return last;
        }

        private double of(Primitive primitive, Extras extras) {
            return switch (primitive) {
                case LINES -> lines;
                case POLYGON -> polygon;
                case MULTIPLE_POLYGONS -> multiplePolygons;
                case ELLIPSES -> ellipses;
                case STAR -> star;
                case CHECKERBOARD -> checkerboard;
                case STRIPES -> stripes;
                case CUBE -> cube;
                case GAUSSIAN_NOISE -> gaussianNoise;
                case CURVES -> extras.shares().curves();
                case WIRES -> extras.shares().wires();
                case LETTERS -> extras.shares().letters();
                case BLOBS -> extras.shares().blobs();
                case LAYERS -> extras.shares().layers();
            };
        }
    }

    /**
     * What the published set lacks.
     *
     * @param shares how often each of it is drawn, relative to the published shapes
     * @param curves number of curved lines and leaves
     * @param curveThickness of a curved line
     * @param wires number of thin lines
     * @param wireThickness of a thin line; also less than a pixel
     * @param letterHeight of the words
     * @param blobs number of soft spots
     * @param blobSigma standard deviation of a spot
     * @param layers number of polygons and ellipses that hide each other
     * @param gradient most change of brightness within a layer, over the shorter side
     */
    public record Extras(
            ExtraShares shares,
            Count curves,
            Range curveThickness,
            Count wires,
            Range wireThickness,
            Range letterHeight,
            Count blobs,
            Range blobSigma,
            Count layers,
            double gradient) {
        /** None of it. */
        public static final Extras NONE = of(new ExtraShares(0, 0, 0, 0, 0));
        /** Some of all of it. */
        public static final Extras RICH = of(new ExtraShares(0.7, 0.7, 0.7, 0.3, 2));

        /** Checks what the nested records cannot. */
        public Extras {
            Check.that(wireThickness.min() > 0, "wireThickness: expected > 0, found %s", wireThickness.min());
            Check.that(curveThickness.min() > 0, "curveThickness: expected > 0, found %s", curveThickness.min());
            Check.that(letterHeight.min() >= 0.02, "letterHeight: expected >= 0.02, found %s", letterHeight.min());
            Check.that(blobSigma.min() > 0, "blobSigma: expected > 0, found %s", blobSigma.min());
            Check.that(gradient >= 0, "gradient: expected >= 0, found %s", gradient);
        }

        private static Extras of(ExtraShares shares) {
            return new Extras(
                    shares,
                    new Count(1, 8),
                    new Range(0.008, 0.025),
                    new Count(2, 9),
                    new Range(0.003, 0.01),
                    new Range(0.12, 0.35),
                    new Count(1, 12),
                    new Range(0.012, 0.06),
                    new Count(3, 9),
                    0.2);
        }
    }

    /**
     * How often each of the extras is drawn, relative to the published shapes.
     *
     * @param curves see {@link Primitive#CURVES}
     * @param wires see {@link Primitive#WIRES}
     * @param letters see {@link Primitive#LETTERS}
     * @param blobs see {@link Primitive#BLOBS}
     * @param layers see {@link Primitive#LAYERS}
     */
    public record ExtraShares(double curves, double wires, double letters, double blobs, double layers) {
        /** Checks the shares. */
        public ExtraShares {
            for (double share : new double[] {curves, wires, letters, blobs, layers}) {
                Check.that(share >= 0, "extras.shares: expected >= 0, found %s", share);
            }
        }
    }

    /**
     * A blurred background.
     *
     * @param blobs number of discs
     * @param blobRadius radius of a disc
     * @param blur side of the box that blurs them
     */
    public record Background(int blobs, Range blobRadius, Range blur) {}

    /**
     * Line segments.
     *
     * @param number of segments
     * @param thickness of a segment
     */
    public record Lines(Count number, Range thickness) {}

    /**
     * Polygons.
     *
     * @param corners number of corners
     * @param radius of the circle that holds the polygon
     * @param minRadiusFactor a corner lies at least this share of the radius from the centre
     * @param minSide corners closer together are dropped
     * @param maxAngleRad corners with a larger angle are dropped, since they are hardly corners
     */
    public record Polygons(Count corners, Range radius, double minRadiusFactor, double minSide, double maxAngleRad) {
        /** Checks that polygons can be drawn. */
        public Polygons {
            Check.that(corners.min() >= 3, "polygons.corners: expected >= 3, found %s", corners.min());
            Check.that(maxAngleRad > 1.6, "polygons.maxAngleRad: expected > 1.6 rad, found %s", maxAngleRad);
        }
    }

    /**
     * Star of segments.
     *
     * @param branches number of segments
     * @param radius of the circle that holds the star
     * @param minRadiusFactor a tip lies at least this share of the radius from the centre
     * @param thickness of a segment
     */
    public record Star(Count branches, Range radius, double minRadiusFactor, Range thickness) {}

    /**
     * Checkerboards and stripes.
     *
     * @param cells rows, and columns, of a checkerboard
     * @param stripes number of bars
     * @param minStripe narrowest bar
     * @param distortion displacement of the corners that distort a board, as a share of the longer side; half of it for the perspective
     * @param lineThickness of the lines that are drawn along some of the edges
     */
    public record Boards(Count cells, Count stripes, double minStripe, Range distortion, Range lineThickness) {}

    /**
     * A box.
     *
     * @param side length of a side, before the scale
     * @param rotationRad turn about each axis
     * @param scale factor
     * @param translation of the centre from the middle of the image, either way, as a share of the width and the height
     * @param edgeThickness of the lines along the edges
     */
    public record Cube(Range side, Range rotationRad, Range scale, double translation, Range edgeThickness) {}
}
