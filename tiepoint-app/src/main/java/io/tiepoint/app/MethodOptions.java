package io.tiepoint.app;

import io.tiepoint.core.check.Check;
import io.tiepoint.core.features.FeatureExtractor;
import io.tiepoint.match.Tiepoint;
import io.tiepoint.match.TiepointOptions;
import io.tiepoint.match.classical.OrbExtractor;
import io.tiepoint.match.classical.SiftExtractor;
import io.tiepoint.match.onnx.MatcherOptions;
import io.tiepoint.match.onnx.OnnxMatcher;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which extractor and matcher do the work. */
final class MethodOptions {
    /** Who finds and describes keypoints. */
    enum Extractor {
        TIEPOINT,
        SIFT,
        ROOTSIFT,
        ORB
    }

    /** Who matches them. */
    enum Matcher {
        LIGHTGLUE,
        NEAREST,
        RATIO,
        DUAL_SOFTMAX;

        /** As it is written on the command line. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    @Option(
            names = "--extractor",
            paramLabel = "NAME",
            defaultValue = "tiepoint",
            description = "Who finds keypoints: tiepoint, or a classical one to compare with: sift, rootsift, orb"
                    + " (default: ${DEFAULT-VALUE}).")
    private Extractor extractor;

    @Option(
            names = "--matcher",
            paramLabel = "NAME",
            description =
                    "Who matches them: nearest (mutually nearest descriptors), lightglue (learned; slower, a little more"
                            + " right; a file of --matcher-model is one), ratio (those that are much nearer than the second"
                            + " nearest) or dual-softmax (those that are each other's most probable) (default: nearest for"
                            + " tiepoint, lightglue with --matcher-model, else what is usual for the extractor).")
    private @Nullable Matcher matcher;

    @Option(
            names = "--refine",
            negatable = true,
            description =
                    "Move each match to where the two images look most alike around it, drop those that neither their"
                            + " neighbours nor the images bear out, and look for more between the good ones (default: with the"
                            + " extractor tiepoint only).")
    private @Nullable Boolean refine;

    @Option(
            names = "--turned",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Where refinement leaves next to nothing, also try the second image turned by 90, 180 and 270"
                    + " degrees (default: yes; sift, rootsift and orb bear turns by themselves).")
    private boolean turned;

    @Option(
            names = "--model",
            paramLabel = "FILE",
            description =
                    "Extractor to use, an .onnx file with its card beside it (default: the one that comes with the"
                            + " program).")
    private @Nullable Path model;

    @Option(
            names = "--matcher-model",
            paramLabel = "FILE",
            description =
                    "Learned matcher to use, likewise, trained for the extractor: that of --model, the one that comes"
                            + " with the program, sift or rootsift.")
    private @Nullable Path matcherModel;

    @Option(
            names = "--max-distance",
            paramLabel = "D",
            description =
                    "With nearest, ratio and dual-softmax: matched descriptors, which have norm 1, are at most so far"
                            + " apart (default: 2, which is any; Magic Leap's demo takes 0.7).")
    private @Nullable Double maxDistance;

    @Mixin
    private AdaptivityOptions adaptivity;

    @Option(
            names = "--max-keypoints",
            paramLabel = "N",
            defaultValue = "1024",
            description = "At most so many keypoints in each image (default: ${DEFAULT-VALUE}).")
    private int maxKeypoints;

    @Option(names = "--threads", paramLabel = "N", description = "Threads to work with (default: all cores).")
    private int threads = Runtime.getRuntime().availableProcessors();

    /**
     * Opens what the options name.
     *
     * @param resizeLongerSidePx larger images are made so small before extraction; 0 keeps every size
     */
    Tiepoint open(int resizeLongerSidePx) throws IOException {
        check();
        TiepointOptions options = TiepointOptions.DEFAULT
                .withMaxKeypoints(maxKeypoints)
                .withThreads(threads)
                .withResizeLongerSidePx(resizeLongerSidePx)
                .withRefine(refine == null ? extractor == Extractor.TIEPOINT : refine)
                .withTryTurned(turned && extractor == Extractor.TIEPOINT)
                .withMaxDistance(maxDistance == null ? TiepointOptions.DEFAULT.maxDistance() : maxDistance)
                .withAdaptivity(adaptivity.adaptivity())
                .withMatcher(TiepointOptions.Matcher.valueOf(chosen().name()));
        return switch (extractor) {
            case TIEPOINT -> openLearned(options);
            case SIFT -> openSift(SiftExtractor.sift(maxKeypoints), options);
            case ROOTSIFT -> openSift(SiftExtractor.rootSift(maxKeypoints), options);
            case ORB -> Tiepoint.of(new OrbExtractor(maxKeypoints), OrbExtractor.matcher(), options);
        };
    }

    private Matcher chosen() {
        if (matcher != null) {
            return matcher;
        }
        if (matcherModel != null) {
            return Matcher.LIGHTGLUE;
        }
        return extractor == Extractor.SIFT || extractor == Extractor.ROOTSIFT ? Matcher.RATIO : Matcher.NEAREST;
    }

    private Tiepoint openSift(FeatureExtractor sift, TiepointOptions options) throws IOException {
        if (matcherModel == null) {
            return Tiepoint.of(sift, Tiepoint.nearest(options.matcher(), options.maxDistance()), options);
        }
        OnnxMatcher learned = OnnxMatcher.open(
                matcherModel, new MatcherOptions(MatcherOptions.DEFAULT.minScore(), threads, options.adaptivity()));
        try {
            learned.checkTakes(sift.name(), SiftExtractor.DIMENSION, true);
        } catch (IOException e) {
            learned.close();
            throw e;
        }
        return Tiepoint.of(sift, learned, options);
    }

    private Tiepoint openLearned(TiepointOptions options) throws IOException {
        if (model == null) {
            return matcherModel == null ? Tiepoint.open(options) : Tiepoint.openWithMatcher(matcherModel, options);
        }
        // Without a matcher of its own the second file is not looked at.
        return Tiepoint.open(model, matcherModel == null ? model : matcherModel, options);
    }

    private void check() {
        Check.that(maxKeypoints > 0, "--max-keypoints: expected > 0, found %s", maxKeypoints);
        Check.that(threads > 0, "--threads: expected > 0, found %s", threads);
        boolean learned = extractor == Extractor.TIEPOINT;
        String name = extractor.name().toLowerCase(Locale.ROOT);
        Check.that(
                learned || model == null, "--model: expected with the extractor tiepoint only, found it with %s", name);
        boolean learnedMatcher = chosen() == Matcher.LIGHTGLUE;
        Check.that(
                learned || !learnedMatcher || matcherModel != null,
                "--matcher: expected nearest, ratio or dual-softmax with the extractor %s, found lightglue, which reads the"
                        + " descriptors of tiepoint; --matcher-model names another one",
                name);
        Check.that(
                extractor != Extractor.ORB || (chosen() == Matcher.NEAREST && maxDistance == null),
                "--matcher: expected nearest without --max-distance with the extractor orb, whose descriptors are bits,"
                        + " found %s",
                chosen());
        Check.that(
                !learnedMatcher || model == null || matcherModel != null,
                "--model: expected together with --matcher-model, since a learned matcher is trained for its extractor, or"
                        + " with --matcher nearest, ratio or dual-softmax; found it alone");
        Check.that(
                matcherModel == null || learnedMatcher,
                "--matcher-model: expected with the matcher lightglue only, found it with %s",
                chosen());
        Check.that(
                maxDistance == null || !learnedMatcher,
                "--max-distance: expected with nearest, ratio or dual-softmax, found it with lightglue");
        Check.that(
                maxDistance == null || (maxDistance > 0 && maxDistance <= 2),
                "--max-distance: expected in (0, 2], found %s",
                String.valueOf(maxDistance));
    }
}
