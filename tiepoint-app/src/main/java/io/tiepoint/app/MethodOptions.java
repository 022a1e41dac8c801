package io.tiepoint.app;

import io.tiepoint.core.check.Check;
import io.tiepoint.core.features.FeatureExtractor;
import io.tiepoint.core.features.FeatureMatcher;
import io.tiepoint.match.classical.OrbExtractor;
import io.tiepoint.match.classical.SiftExtractor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
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
        NEAREST
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
                    "Who matches them: lightglue (learned; needs the extractor tiepoint) or nearest (mutually nearest"
                            + " descriptors) (default: lightglue for tiepoint, else nearest).")
    private @Nullable Matcher matcher;

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
            description = "Matcher to use, likewise; must be trained for the extractor.")
    private @Nullable Path matcherModel;

    @Option(
            names = "--max-keypoints",
            paramLabel = "N",
            defaultValue = "1024",
            description = "At most so many keypoints in each image (default: ${DEFAULT-VALUE}).")
    private int maxKeypoints;

    @Option(names = "--threads", paramLabel = "N", description = "Threads to work with (default: all cores).")
    private int threads = Runtime.getRuntime().availableProcessors();

    FeatureExtractor openExtractor() throws IOException {
        check();
        return switch (extractor) {
            case TIEPOINT -> throw new IOException("todo");
            case SIFT -> SiftExtractor.sift(maxKeypoints);
            case ROOTSIFT -> SiftExtractor.rootSift(maxKeypoints);
            case ORB -> new OrbExtractor(maxKeypoints);
        };
    }

    FeatureMatcher openMatcher() throws IOException {
        return switch (extractor) {
            case TIEPOINT -> throw new IOException("todo");
            case SIFT, ROOTSIFT -> SiftExtractor.matcher();
            case ORB -> OrbExtractor.matcher();
        };
    }

    private void check() {
        Check.that(maxKeypoints > 0, "--max-keypoints: expected > 0, found %s", maxKeypoints);
        Check.that(threads > 0, "--threads: expected > 0, found %s", threads);
        boolean learned = extractor == Extractor.TIEPOINT;
        String name = extractor.name().toLowerCase(Locale.ROOT);
        Check.that(
                learned || model == null, "--model: expected with the extractor tiepoint only, found it with %s", name);
        Check.that(
                learned || matcher != Matcher.LIGHTGLUE,
                "--matcher: expected nearest with the extractor %s, found lightglue, which reads the descriptors of"
                        + " tiepoint",
                name);
        Check.that(
                matcherModel == null || (learned && matcher != Matcher.NEAREST),
                "--matcher-model: expected with the matcher lightglue only, found it with nearest");
    }
}
