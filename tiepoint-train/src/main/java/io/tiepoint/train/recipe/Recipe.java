package io.tiepoint.train.recipe;

import io.tiepoint.core.check.Check;
import io.tiepoint.train.loss.DescriptorLoss;
import io.tiepoint.train.network.CompactExtractor;
import io.tiepoint.train.network.ExtractorNetwork;
import io.tiepoint.train.network.LightGlueNetwork;
import io.tiepoint.train.network.MatcherNetwork;
import io.tiepoint.train.network.PositionEncoder;
import io.tiepoint.train.network.SuperGlueNetwork;
import io.tiepoint.train.network.SuperPointNetwork;
import io.tiepoint.train.run.TrainingOptions;
import io.tiepoint.train.torch.Precision;
import java.util.List;

/**
 * Everything that decides what weights come out: the same recipe and seed give the same samples on every machine.
 *
 * @param name such as {@code laptop}
 * @param model name of the weights, such as {@code tiepoint-s}
 * @param seed of all samples and initial weights
 * @param precision in what convolutions and linear layers compute
 * @param extractor architecture of the detector and descriptor
 * @param matcher architecture of the matcher
 * @param corners first stage: a corner detector from synthetic shapes (MagicPoint)
 * @param adapt second stage: homographic adaptation labels images
 * @param features third stage: detector and descriptor together
 * @param matching fourth stage: the matcher
 */
public record Recipe(
        String name,
        String model,
        long seed,
        Precision precision,
        Extractor extractor,
        Matcher matcher,
        Corners corners,
        Adapt adapt,
        Features features,
        Matching matching) {
    /** Checks the names. */
    public Recipe {
        Check.that(!name.isBlank(), "name: expected a name, found none");
        // It becomes the name of files.
        Check.that(
                model.matches("[A-Za-z0-9][A-Za-z0-9._-]*"),
                "model: expected a name of letters, digits, dots, dashes and underscores, found \"%s\"",
                model);
        Check.that(
                matcher.type != MatcherType.SUPERGLUE || matcher.width == extractor.descriptorSize,
                "matcher.width: expected extractor.descriptorSize %s of SUPERGLUE, found %s",
                extractor.descriptorSize,
                matcher.width);
    }

    /** The same, with the precision that this machine is fastest in where the recipe leaves it open. */
    public Recipe resolved() {
        return new Recipe(
                name, model, seed, precision.resolve(), extractor, matcher, corners, adapt, features, matching);
    }

    /** Architectures of extractors. */
    public enum ExtractorType {
        /** {@link CompactExtractor}. */
        COMPACT,
        /** {@link SuperPointNetwork}; its sizes are fixed, and a file need not say them. */
        SUPERPOINT,
        /** {@link SuperPointNetwork} with batch normalisation after each ReLU, as rpautrat's; its sizes are fixed too. */
        SUPERPOINT_RPAUTRAT
    }

    /**
     * Architecture of the extractor.
     *
     * @param type which network
     * @param quarterWidths of {@link CompactExtractor}; empty for others
     * @param eighthWidths likewise
     * @param headWidth channels inside each head
     * @param descriptorSize D
     */
    public record Extractor(
            ExtractorType type,
            List<Integer> quarterWidths,
            List<Integer> eighthWidths,
            int headWidth,
            int descriptorSize) {
        /** Checks the values. */
        public Extractor {
            quarterWidths = List.copyOf(quarterWidths);
            eighthWidths = List.copyOf(eighthWidths);
            checkWidths("extractor.quarterWidths", type, quarterWidths);
            checkWidths("extractor.eighthWidths", type, eighthWidths);
            Check.that(headWidth > 0, "extractor.headWidth: expected > 0, found %s", headWidth);
            Check.that(descriptorSize > 0, "extractor.descriptorSize: expected > 0, found %s", descriptorSize);
            Check.that(
                    type == ExtractorType.COMPACT
                            || (descriptorSize == SuperPointNetwork.DESCRIPTOR_SIZE
                                    && headWidth == SuperPointNetwork.HEAD_WIDTH),
                    "extractor: expected headWidth %s and descriptorSize %s of %s, found %s and %s",
                    SuperPointNetwork.HEAD_WIDTH,
                    SuperPointNetwork.DESCRIPTOR_SIZE,
                    type,
                    headWidth,
                    descriptorSize);
        }

        private static void checkWidths(String name, ExtractorType type, List<Integer> widths) {
            boolean compact = type == ExtractorType.COMPACT;
            Check.that(
                    widths.isEmpty() != compact && widths.stream().allMatch(width -> width > 0),
                    "%s: expected %s of %s, found %s",
                    name,
                    compact ? "numbers > 0" : "none",
                    type,
                    widths);
        }

        /** Makes the network, without weights. */
        public ExtractorNetwork network() {
            return switch (type) {
                case COMPACT -> new CompactExtractor(quarterWidths, eighthWidths, headWidth, descriptorSize);
                case SUPERPOINT -> new SuperPointNetwork();
                case SUPERPOINT_RPAUTRAT -> new SuperPointNetwork(SuperPointNetwork.Variant.RPAUTRAT);
            };
        }
    }

    /** How a matcher learns where keypoints lie. */
    public enum Positions {
        /** {@link PositionEncoder#ROTARY}, as LightGlue does. */
        ROTARY(PositionEncoder.ROTARY),
        /** {@link PositionEncoder#ABSOLUTE}, as SuperGlue does. */
        ABSOLUTE(PositionEncoder.ABSOLUTE),
        /** {@link PositionEncoder#NONE}. */
        NONE(PositionEncoder.NONE);

        private final PositionEncoder encoder;

        Positions(PositionEncoder encoder) {
            this.encoder = encoder;
        }

        PositionEncoder encoder() {
            return encoder;
        }
    }

    /** Architectures of matchers. */
    public enum MatcherType {
        /** {@link LightGlueNetwork}. */
        LIGHTGLUE,
        /** {@link SuperGlueNetwork}. */
        SUPERGLUE
    }

    /**
     * Architecture of the matcher. Where a file does not say, it is {@link MatcherType#LIGHTGLUE} with
     * {@link Positions#ROTARY}, or SuperGlue with {@link Positions#ABSOLUTE} and the published iterations.
     *
     * @param type which network
     * @param width of the states; of SuperGlue the length of the descriptors
     * @param layers of LightGlue, each of self- and cross-attention; of SuperGlue, where they take turns, both together
     * @param heads of each attention; 4 of SuperGlue
     * @param positions how it learns where keypoints lie
     * @param sinkhornIterations of SuperGlue's optimal transport; 0 of LightGlue
     */
    public record Matcher(
            MatcherType type, int width, int layers, int heads, Positions positions, int sinkhornIterations) {
        /** LightGlue with rotary positions. */
        public Matcher(int width, int layers, int heads) {
            this(MatcherType.LIGHTGLUE, width, layers, heads, Positions.ROTARY, 0);
        }

        /** Checks the values. */
        public Matcher {
            boolean superGlue = type == MatcherType.SUPERGLUE;
            Check.that(
                    !superGlue || (heads == SuperGlueNetwork.HEADS && positions == Positions.ABSOLUTE),
                    "matcher: expected %s heads and ABSOLUTE positions of SUPERGLUE, found %s and %s",
                    SuperGlueNetwork.HEADS,
                    heads,
                    positions);
            Check.that(
                    superGlue ? sinkhornIterations > 0 : sinkhornIterations == 0,
                    "matcher.sinkhornIterations: expected %s of %s, found %s",
                    superGlue ? "> 0" : "0",
                    type,
                    sinkhornIterations);
            Check.that(layers > 0, "matcher.layers: expected > 0, found %s", layers);
            Check.that(heads > 0, "matcher.heads: expected > 0, found %s", heads);
            Check.that(
                    width > 0 && width % (2L * heads) == 0,
                    "matcher.width: expected a multiple of twice the heads = %s, found %s",
                    2L * heads,
                    width);
        }

        /** Makes the network, without weights. */
        public MatcherNetwork network(int descriptorSize) {
            return type == MatcherType.SUPERGLUE
                    ? new SuperGlueNetwork(width, layers, sinkhornIterations)
                    : new LightGlueNetwork(descriptorSize, width, layers, heads, positions.encoder());
        }
    }

    /**
     * Training on synthetic shapes.
     *
     * @param width of the images, px; a multiple of 8
     * @param height likewise
     * @param batch images for each step
     * @param training how long and how fast
     */
    public record Corners(int width, int height, int batch, TrainingOptions training) {
        /** Checks the values. */
        public Corners {
            checkSize("corners", width, height);
            Check.that(batch > 0, "corners.batch: expected > 0, found %s", batch);
        }
    }

    /**
     * Homographic adaptation.
     *
     * @param images to label
     * @param width of the images, px; a multiple of 8
     * @param height likewise
     * @param warps of each image; SuperPoint's paper takes 100
     * @param threshold smallest mean probability of a label
     * @param nmsRadiusPx labels are no closer than this
     * @param maxLabels of one image
     */
    public record Adapt(
            int images, int width, int height, int warps, double threshold, int nmsRadiusPx, int maxLabels) {
        /** Checks the values. */
        public Adapt {
            checkSize("adapt", width, height);
            Check.that(images > 1, "adapt.images: expected > 1, found %s", images);
            Check.that(warps > 0, "adapt.warps: expected > 0, found %s", warps);
            Check.that(threshold > 0 && threshold < 1, "adapt.threshold: expected in (0, 1), found %s", threshold);
            Check.that(nmsRadiusPx > 0, "adapt.nmsRadiusPx: expected > 0 px, found %s", nmsRadiusPx);
            Check.that(maxLabels > 0, "adapt.maxLabels: expected > 0, found %s", maxLabels);
        }
    }

    /**
     * Joint training of detector and descriptor on pairs of views of the labelled images.
     *
     * @param pairs for each step
     * @param points of each pair that the descriptor loss compares
     * @param descriptorLoss which one
     * @param descriptorWeight of the descriptor's loss beside the detector's
     * @param curriculumShare share of the steps over which the warps grow to their full strength
     * @param maxRotationDeg in-plane rotation at full strength
     * @param training how long and how fast
     */
    public record Features(
            int pairs,
            int points,
            DescriptorLoss descriptorLoss,
            double descriptorWeight,
            double curriculumShare,
            double maxRotationDeg,
            TrainingOptions training) {
        /** Checks the values. */
        public Features {
            Check.that(pairs > 0, "features.pairs: expected > 0, found %s", pairs);
            Check.that(points > 1, "features.points: expected > 1, found %s", points);
            Check.that(descriptorWeight >= 0, "features.descriptorWeight: expected >= 0, found %s", descriptorWeight);
            checkShare("features.curriculumShare", curriculumShare);
            checkRotation("features.maxRotationDeg", maxRotationDeg);
        }
    }

    /**
     * Training of the matcher on fresh pairs.
     *
     * @param width of the images, px; a multiple of 8
     * @param height likewise
     * @param pairs for each step
     * @param keypoints of each view; random positions fill up what the detector does not find
     * @param matchPx transfer error below which two keypoints match; px
     * @param noMatchPx a keypoint without any other one within this distance is unmatched; px
     * @param curriculumShare share of the steps over which the warps grow to their full strength
     * @param maxRotationDeg in-plane rotation at full strength
     * @param training how long and how fast
     */
    public record Matching(
            int width,
            int height,
            int pairs,
            int keypoints,
            double matchPx,
            double noMatchPx,
            double curriculumShare,
            double maxRotationDeg,
            TrainingOptions training) {
        /** Checks the values. */
        public Matching {
            checkSize("matching", width, height);
            Check.that(pairs > 0, "matching.pairs: expected > 0, found %s", pairs);
            Check.that(keypoints > 1, "matching.keypoints: expected > 1, found %s", keypoints);
            Check.that(matchPx > 0, "matching.matchPx: expected > 0 px, found %s", matchPx);
            Check.that(noMatchPx >= matchPx, "matching.noMatchPx: expected >= %s px, found %s", matchPx, noMatchPx);
            checkShare("matching.curriculumShare", curriculumShare);
            checkRotation("matching.maxRotationDeg", maxRotationDeg);
        }
    }

    private static void checkSize(String stage, int width, int height) {
        int cell = ExtractorNetwork.CELL;
        Check.that(
                width > 0 && height > 0 && width % cell == 0 && height % cell == 0,
                "%s: expected width and height that are multiples of %s px, found %sx%s",
                stage,
                cell,
                width,
                height);
    }

    private static void checkShare(String name, double share) {
        Check.that(share >= 0 && share <= 1, "%s: expected in [0, 1], found %s", name, share);
    }

    private static void checkRotation(String name, double degrees) {
        Check.that(degrees >= 0 && degrees <= 180, "%s: expected in [0, 180], found %s", name, degrees);
    }
}
