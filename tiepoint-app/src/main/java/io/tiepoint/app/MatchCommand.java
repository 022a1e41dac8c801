package io.tiepoint.app;

import io.tiepoint.app.picture.MatchGroups;
import io.tiepoint.app.picture.MatchPicture;
import io.tiepoint.app.picture.MatchedViews;
import io.tiepoint.core.check.Check;
import io.tiepoint.core.features.LocalFeatures;
import io.tiepoint.core.geometry.GeometryModel;
import io.tiepoint.core.geometry.TwoViewGeometry;
import io.tiepoint.core.image.ColorImage;
import io.tiepoint.core.image.GrayImage;
import io.tiepoint.core.image.ImageFiles;
import io.tiepoint.core.image.ImageSize;
import io.tiepoint.match.Tiepoint;
import io.tiepoint.match.geometry.Intrinsics;
import io.tiepoint.match.geometry.OpenCvRobustEstimator;
import io.tiepoint.match.geometry.RobustOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tiepoint match A B}: two photographs, matched. */
@Command(
        name = "match",
        header = "Finds the points that two photographs share.",
        description = {
            "",
            "Extracts keypoints from both images, matches them, and keeps the matches that agree with one geometry."
                    + " Writes a picture, and all numbers as JSON if asked to. Reads JPEG, PNG, TIFF, WebP, PNM and BMP,"
                    + " upright as their EXIF orientation says.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  tiepoint match a.jpg b.jpg",
            "      a flat scene, or a camera that only turned: a homography",
            "  tiepoint match a.jpg b.jpg --geometry fundamental --out pair.png",
            "      any other scene",
            "  tiepoint match a.jpg b.jpg --geometry essential --intrinsics 2900,2900,2016,1512",
            "      any other scene, by a camera that is calibrated",
            "  tiepoint match a.jpg b.jpg --json - | jq .geometry",
            "      the numbers to another program"
        })
final class MatchCommand implements Callable<Integer> {
    /** What the matches must agree with. */
    enum Geometry {
        HOMOGRAPHY,
        FUNDAMENTAL,
        ESSENTIAL,
        NONE
    }

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "A", description = "The first image.")
    private Path file0;

    @Parameters(index = "1", paramLabel = "B", description = "The second image.")
    private Path file1;

    @Mixin
    private MethodOptions method;

    @Option(
            names = "--geometry",
            paramLabel = "MODEL",
            defaultValue = "homography",
            description = "What the matches must agree with: homography, fundamental, essential or none"
                    + " (default: ${DEFAULT-VALUE}).")
    private Geometry geometry;

    @Option(
            names = "--threshold",
            paramLabel = "PX",
            description = "How far a match may be from the geometry, in px of the image as it is extracted"
                    + " (default: 3 for a homography, else 2).")
    private @Nullable Double thresholdPx;

    @Option(
            names = "--intrinsics",
            paramLabel = "FX,FY,CX,CY",
            split = ",",
            hideParamSyntax = true,
            description = "Camera of both images for --geometry essential: focal lengths and principal point in px, the"
                    + " image's top-left corner being 0,0 (default: a guess from the image size).")
    private double @Nullable [] intrinsics;

    @Option(
            names = "--resize",
            paramLabel = "PX",
            defaultValue = "1024",
            description = "Make the longer side at most so large before extraction; keypoints are given in px of the"
                    + " image as it is (default: ${DEFAULT-VALUE}; 0: never).")
    private int resizePx;

    @Option(names = "--json", paramLabel = "FILE", description = "Write all numbers to this file; - for the output.")
    private @Nullable Path json;

    @Option(
            names = "--out",
            paramLabel = "PICTURE",
            description = "Write the picture to this PNG file (default: a new one in the folder match).")
    private @Nullable Path out;

    @Option(names = "--overwrite", description = "Write over files that are there already.")
    private boolean overwrite;

    @Override
    public Integer call() throws IOException {
        boolean jsonToOutput = json != null && json.toString().equals("-");
        Path picture = checkOutputs(jsonToOutput);
        Check.that(resizePx >= 0, "--resize: expected >= 0 px, found %s", resizePx);

        long start = System.nanoTime();
        GrayImage image0 = ImageFiles.readGray(file0);
        GrayImage image1 = ImageFiles.readGray(file1);
        double decodingMs = VerifiedPair.millisecondsSince(start);

        VerifiedPair found;
        MatchJson.Origin origin;
        Optional<OpenCvRobustEstimator> estimator =
                options(image0.size(), image1.size()).map(OpenCvRobustEstimator::new);
        try (Tiepoint tiepoint = method.open(resizePx)) {
            found = VerifiedPair.of(tiepoint, estimator, image0, image1);
            origin = new MatchJson.Origin(
                    file0,
                    file1,
                    tiepoint.extractor().name(),
                    tiepoint.matcher().name(),
                    decodingMs);
        }

        if (json != null && !jsonToOutput) {
            Outputs.writeText(MatchJson.of(origin, found), json);
        }
        if (out == null) {
            Outputs.makeFolder(Path.of("match"));
        }
        Outputs.writePicture(draw(found), picture);
        PrintWriter tell =
                jsonToOutput ? spec.commandLine().getErr() : spec.commandLine().getOut();
        tell(tell, found, decodingMs, picture);
        if (jsonToOutput) {
            spec.commandLine().getOut().print(MatchJson.of(origin, found));
            spec.commandLine().getOut().flush();
        }
        return 0;
    }

    /** Checks before any work what will be written after it; gives the picture's file. */
    private Path checkOutputs(boolean jsonToOutput) throws IOException {
        Path picture = out;
        if (picture == null) {
            picture = Outputs.free(Path.of("match"), stem(file0) + "-" + stem(file1), ".png");
        } else {
            Outputs.expectWritable(picture, overwrite);
            Outputs.expectDifferent("--out", picture, file0, file1);
        }
        if (json != null && !jsonToOutput) {
            Outputs.expectWritable(json, overwrite);
            Outputs.expectDifferent("--json", json, file0, file1, picture);
        }
        return picture;
    }

    private static String stem(Path file) {
        Path name = file.getFileName();
        return name == null ? "image" : name.toString().replaceFirst("\\.[^.]*$", "");
    }

    private Optional<RobustOptions> options(ImageSize size0, ImageSize size1) {
        Check.that(
                intrinsics == null || geometry == Geometry.ESSENTIAL,
                "--intrinsics: expected only with --geometry essential, found it with --geometry %s",
                geometry.name().toLowerCase(Locale.ROOT));
        Optional<RobustOptions> options = switch (geometry) {
            case HOMOGRAPHY -> Optional.of(RobustOptions.homography());
            case FUNDAMENTAL -> Optional.of(RobustOptions.fundamental());
            case ESSENTIAL -> Optional.of(RobustOptions.essential(camera(size0), camera(size1)));
            case NONE -> Optional.empty();
        };
        // Keypoints are as exact as the image that they were extracted from, which may be smaller.
        double shrunk = Math.max(shrunk(size0), shrunk(size1));
        return options.map(o -> o.withThresholdPx((thresholdPx == null ? o.thresholdPx() : thresholdPx) * shrunk));
    }

    private double shrunk(ImageSize size) {
        int longerSide = Math.max(size.width(), size.height());
        return resizePx == 0 ? 1 : Math.max(longerSide / (double) resizePx, 1);
    }

    private Intrinsics camera(ImageSize size) {
        if (intrinsics == null) {
            return Intrinsics.guess(size);
        }
        Check.that(intrinsics.length == 4, "--intrinsics: expected 4 numbers FX,FY,CX,CY, found %s", intrinsics.length);
        return new Intrinsics(intrinsics[0], intrinsics[1], intrinsics[2], intrinsics[3]);
    }

    private ColorImage draw(VerifiedPair found) throws IOException {
        MatchedViews views = new MatchedViews(
                ImageFiles.readColor(file0),
                ImageFiles.readColor(file1),
                found.keypoints0(),
                found.keypoints1(),
                found.matches());
        MatchGroups groups = found.geometry()
                .map(g -> MatchGroups.byGeometry(found.matches(), g))
                .orElseGet(() -> MatchGroups.byScore(found.matches()));
        return MatchPicture.draw(views, groups, found.matches().size() + " matches");
    }

    private void tell(PrintWriter tell, VerifiedPair found, double decodingMs, Path picture) {
        tell.println(line(file0, found.pair().features0()));
        tell.println(line(file1, found.pair().features1()));
        tell.printf(Locale.ROOT, "%d matches%n", found.matches().size());
        found.pair()
                .effort()
                .ifPresent(effort -> tell.printf(
                        Locale.ROOT,
                        "matcher: %d of %d layers, %d and %d keypoints dropped on the way%n",
                        effort.layers(),
                        effort.allLayers(),
                        effort.dropped0(),
                        effort.dropped1()));
        if (geometry != Geometry.NONE) {
            tell.println(verdict(found));
        }
        tell.printf(
                Locale.ROOT,
                "%.0f ms decoding, %.0f ms extraction, %.0f ms matching, %.0f ms verification%n",
                decodingMs,
                found.extractionMs(),
                found.matchingMs(),
                found.verificationMs());
        tell.println("picture: " + picture);
        if (json != null && !json.toString().equals("-")) {
            tell.println("numbers: " + json);
        }
        tell.flush();
    }

    private static String line(Path file, LocalFeatures features) {
        return file + ": " + features.imageSize() + " px, " + features.size() + " keypoints";
    }

    private String verdict(VerifiedPair found) {
        String model = geometry.name().toLowerCase(Locale.ROOT);
        String name = geometry == Geometry.HOMOGRAPHY ? "a homography" : "one " + model + " matrix";
        Optional<TwoViewGeometry> estimate = found.geometry();
        if (estimate.isPresent()) {
            return estimate.get().inlierCount() + " of them agree with " + name;
        }
        if (found.matches().size() < GeometryModel.valueOf(geometry.name()).minimalMatches()) {
            return "too few matches for " + name + ": the images seem to show nothing in common";
        }
        return "no geometry explains the matches (" + name + " was tried): the images seem to show nothing in common";
    }
}
