package io.tiepoint.app;

import io.tiepoint.core.check.Check;
import io.tiepoint.core.features.Adaptivity;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** When a learned matcher may stop early, and which keypoints it may drop. */
final class AdaptivityOptions {
    @Option(
            names = "--adaptive",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Let a learned matcher that can (LightGlue) stop as soon as its matches are settled, and drop"
                    + " keypoints that have none (default: yes).")
    private boolean adaptive;

    @Option(
            names = "--depth-confidence",
            paramLabel = "SHARE",
            description = "It stops when more than this share of the keypoints is sure of its match (default: 0.95;"
                    + " 0: never).")
    private @Nullable Double depth;

    @Option(
            names = "--width-confidence",
            paramLabel = "SHARE",
            description = "It drops a keypoint that is this sure to have no match (default: 0.99; 0: never).")
    private @Nullable Double width;

    Adaptivity adaptivity() {
        Check.that(
                adaptive || (depth == null && width == null),
                "--no-adaptive: expected without --depth-confidence and --width-confidence, found it with one of them");
        if (!adaptive) {
            return Adaptivity.NONE;
        }
        return new Adaptivity(
                share("--depth-confidence", depth, Adaptivity.PUBLISHED.depthConfidence()),
                share("--width-confidence", width, Adaptivity.PUBLISHED.widthConfidence()));
    }

    private static double share(String name, @Nullable Double given, double usual) {
        Check.that(
                given == null || (given >= 0 && given <= 1),
                "%s: expected in [0, 1], found %s",
                name,
                String.valueOf(given));
        return given == null ? usual : given;
    }
}
