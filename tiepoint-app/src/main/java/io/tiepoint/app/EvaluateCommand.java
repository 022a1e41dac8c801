package io.tiepoint.app;

import io.tiepoint.app.evaluate.Band;
import io.tiepoint.app.evaluate.Detectors;
import io.tiepoint.app.evaluate.HPatchesPairs;
import io.tiepoint.app.evaluate.Interrupt;
import io.tiepoint.app.evaluate.Methods;
import io.tiepoint.app.evaluate.ModelFiles;
import io.tiepoint.app.evaluate.PairData;
import io.tiepoint.app.evaluate.PhotoPairs;
import io.tiepoint.app.evaluate.RealPairs;
import io.tiepoint.app.evaluate.ShapeSamples;
import io.tiepoint.app.evaluate.Stoppable;
import io.tiepoint.app.evaluate.WorstPairs;
import io.tiepoint.core.check.Check;
import io.tiepoint.core.features.Adaptivity;
import io.tiepoint.core.image.ImageSize;
import io.tiepoint.core.random.Seed;
import io.tiepoint.evaluate.DetectorEvaluation;
import io.tiepoint.evaluate.DetectorReport;
import io.tiepoint.evaluate.DetectorResult;
import io.tiepoint.evaluate.DetectorSample;
import io.tiepoint.evaluate.EvaluationPair;
import io.tiepoint.evaluate.EvaluationReport;
import io.tiepoint.evaluate.EvaluationTable;
import io.tiepoint.evaluate.MethodResults;
import io.tiepoint.evaluate.PairEvaluation;
import io.tiepoint.evaluate.PoseEvaluation;
import io.tiepoint.evaluate.PosePair;
import io.tiepoint.evaluate.PoseReport;
import io.tiepoint.evaluate.PoseSummary;
import io.tiepoint.interop.colmap.ColmapScene;
import io.tiepoint.interop.hpatches.HPatchesOptions;
import io.tiepoint.interop.megadepth.MegaDepth;
import io.tiepoint.interop.posed.OverlapSampling;
import io.tiepoint.interop.posed.PosedScenes;
import io.tiepoint.match.geometry.OpenCvRobustEstimator;
import io.tiepoint.match.geometry.RobustOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tiepoint evaluate}: measures methods side by side against exact truth. */
@Command(
        name = "evaluate",
        header = "Measures how well points are found and matched, against exact truth.",
        description = {
            "",
            "Runs the learned features beside classical ones on the same pixels, with the same number of keypoints and"
                    + " the same robust estimator (MAGSAC at 1 px), and prints a table: repeatability, matches, precision,"
                    + " AUC of the corner error, and the times of each stage. Ctrl-C ends it early and shows what was done"
                    + " until then.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  tiepoint evaluate --photos holiday --json report.json",
            "      pairs made from the photos of a folder: mild, medium and strong changes",
            "  tiepoint evaluate --hpatches hpatches-sequences-release --methods tiepoint-s,rootsift",
            "      the HPatches sequences, shorter side 480 px",
            "  tiepoint evaluate --megadepth megadepth1500 --max-keypoints 2048",
            "      photographs of real scenes with depth: matches by the depth maps, and the pose's AUC",
            "  tiepoint evaluate --colmap dense --pairs 200",
            "      the same on a COLMAP workspace with depth maps",
            "  tiepoint evaluate --photos holiday --model sp.onnx",
            "      an imported extractor; in --methods tiepoint-s-ratio is it with the ratio test",
            "  tiepoint evaluate --photos holiday --model sp.onnx --matcher-model lg.onnx",
            "      an imported extractor and matcher, also against the extractor alone",
            "  tiepoint evaluate --shapes 100",
            "      corner detection on fresh synthetic shapes, 100 of each kind"
        })
final class EvaluateCommand implements Callable<Integer> {
    private static final double INLIER_THRESHOLD_PX = 1;
    private static final int WARM_UP_RUNS = 3;
    private static final ImageSize SHAPE_SIZE = new ImageSize(160, 120);

    /** What to evaluate on. */
    static final class Data {
        @Option(names = "--photos", paramLabel = "DIR", description = "Make pairs from the photos of this folder.")
        private @Nullable Path photos;

        @Option(names = "--hpatches", paramLabel = "DIR", description = "Read the HPatches sequences in this folder.")
        private @Nullable Path hpatches;

        @Option(
                names = "--megadepth",
                paramLabel = "DIR",
                description =
                        "Read MegaDepth: scene_info/*.npz with the files that it names, or views.txt and pairs.txt.")
        private @Nullable Path megadepth;

        @Option(
                names = "--colmap",
                paramLabel = "DIR",
                description = "Read a COLMAP model (sparse) with images and depth maps (stereo/depth_maps).")
        private @Nullable Path colmap;

        @Option(
                names = "--shapes",
                paramLabel = "N",
                description = "Draw so many synthetic shapes of each kind, and judge the corners that are detected.")
        private @Nullable Integer shapes;
    }

    @Spec
    private CommandSpec spec;

    @ArgGroup(multiplicity = "1")
    private Data data;

    @Option(
            names = "--methods",
            split = ",",
            paramLabel = "NAME",
            description =
                    "What to compare, the one that the others are compared with first (default: all that there are).")
    private @Nullable List<String> methods;

    @Option(
            names = "--model",
            paramLabel = "FILE",
            description = "Extractor to use instead of tiepoint-s, an .onnx file with its card beside it.")
    private @Nullable Path model;

    @Option(
            names = "--matcher-model",
            paramLabel = "FILE",
            description =
                    "Matcher to use instead of the one of tiepoint-s, likewise (LightGlue or SuperGlue), as the method"
                            + " tiepoint-s-lightglue; without it an extractor of --model is compared with nearest"
                            + " neighbours.")
    private @Nullable Path matcherModel;

    @Mixin
    private AdaptivityOptions adaptivity;

    @Option(names = "--threads", paramLabel = "N", description = "Threads to work with (default: all cores).")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--max-keypoints",
            paramLabel = "N",
            defaultValue = "1024",
            description = "At most so many keypoints in each view, for every method (default: ${DEFAULT-VALUE}).")
    private int maxKeypoints;

    @Option(
            names = "--band",
            split = ",",
            paramLabel = "BAND",
            defaultValue = "mild,medium,strong",
            description = "How much the views of --photos differ (default: ${DEFAULT-VALUE}).")
    private List<Band> bands;

    @Option(
            names = "--pairs-per-photo",
            paramLabel = "N",
            defaultValue = "2",
            description = "Pairs of each photo in each band (default: ${DEFAULT-VALUE}).")
    private int pairsPerPhoto;

    @Option(
            names = "--scene-info",
            paramLabel = "PATH",
            description = "Scene infos of --megadepth that lie elsewhere: an .npz file or a folder of them.")
    private @Nullable Path sceneInfo;

    @Option(
            names = "--pairs",
            paramLabel = "N",
            description = "At most so many pairs of each real scene, spread over the overlaps (default: every pair).")
    private @Nullable Integer pairsPerScene;

    @Option(
            names = "--overlap",
            split = ",",
            arity = "1",
            paramLabel = "MIN,MAX",
            defaultValue = "0.1,0.7",
            description = "Overlap of the pairs of real scenes, where they are not listed (default: ${DEFAULT-VALUE}).")
    private double[] overlap;

    @Option(
            names = "--resize",
            paramLabel = "PX",
            defaultValue = "1600",
            description = "Longer side that larger images of real scenes are reduced to (default: ${DEFAULT-VALUE}).")
    private int longSide;

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "Use the first N photos or sequences only, or N pairs of real scenes.")
    private @Nullable Integer limit;

    @Option(
            names = "--seed",
            paramLabel = "SEED",
            defaultValue = "0",
            description = "Pairs, shapes and estimates depend on it (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--json", paramLabel = "FILE", description = "Write everything, each pair too, to this file.")
    private @Nullable Path json;

    @Option(
            names = "--failures",
            paramLabel = "DIR",
            description = "Draw the three worst pairs of each method in each band into this folder.")
    private @Nullable Path failures;

    @Option(names = "--overwrite", description = "Write over files that are there already.")
    private boolean overwrite;

    @Override
    public Integer call() throws IOException {
        if (json != null) {
            Outputs.expectWritable(json, overwrite);
        }
        boolean isPlane = data.photos != null || data.hpatches != null;
        Check.that(
                failures == null || isPlane,
                "--failures: expected with --photos or --hpatches, found it with other data");
        Check.that(
                sceneInfo == null || data.megadepth != null,
                "--scene-info: expected with --megadepth, found it with other data");
        if (data.shapes != null) {
            return evaluateShapes(data.shapes);
        }
        return isPlane ? evaluatePairs(openPairs()) : evaluateScenes(openScenes());
    }

    private RealPairs openScenes() throws IOException {
        Check.that(overlap.length == 2, "--overlap: expected MIN,MAX, found %s numbers", overlap.length);
        int pairs = pairsPerScene == null ? OverlapSampling.EVERY_PAIR : pairsPerScene;
        Check.that(pairs > 0, "--pairs: expected > 0, found %s", pairs);
        int most = limit == null ? Integer.MAX_VALUE : limit;
        Check.that(most > 0, "--limit: expected > 0, found %s", most);
        PosedScenes scenes;
        if (data.colmap != null) {
            scenes = ColmapScene.open(data.colmap);
        } else if (data.megadepth != null) {
            scenes = sceneInfo == null ? MegaDepth.open(data.megadepth) : MegaDepth.open(data.megadepth, sceneInfo);
        } else {
            throw new IllegalStateException("the option group makes sure that there is one");
        }
        OverlapSampling sampling = new OverlapSampling(overlap[0], overlap[1], OverlapSampling.LIGHTGLUE.bins(), pairs);
        return RealPairs.open(scenes, sampling, longSide, most, new Seed(seed));
    }

    private int evaluateScenes(RealPairs real) throws IOException {
        Map<String, String> options = options(real.description());
        options.put(
                "estimator",
                "OpenCV USAC MAGSAC of essential matrices, inlier threshold " + INLIER_THRESHOLD_PX + " px");
        List<String> names = methods == null ? Methods.defaultNames(models()) : methods;
        try (Methods opened = Methods.open(names, models(), maxKeypoints, threads);
                Interrupt interrupt = new Interrupt();
                Progress progress = Progress.start("evaluate", "pairs", 0, real.count(), err())) {
            Stoppable<PosePair> pairs = new Stoppable<>(real.pairs(), interrupt, progress::step);
            List<PoseSummary> results = new PoseEvaluation(
                            opened.list(),
                            (camera0, camera1) -> new OpenCvRobustEstimator(RobustOptions.essential(
                                            RealPairs.intrinsics(camera0), RealPairs.intrinsics(camera1))
                                    .withThresholdPx(INLIER_THRESHOLD_PX)),
                            WARM_UP_RUNS,
                            new Seed(seed))
                    .run(pairs);
            boolean complete = pairs.given() == real.count();
            progress.close();
            if (pairs.given() > 0) {
                PoseReport report = PoseReport.of(results, options, new Seed(seed), complete);
                write(report.toText(), report.toJson());
            }
            return end(pairs, "pairs", real.count());
        }
    }

    private PairData openPairs() throws IOException {
        int most = limit == null ? Integer.MAX_VALUE : limit;
        Check.that(most > 0, "--limit: expected > 0, found %s", most);
        if (data.hpatches != null) {
            return HPatchesPairs.open(data.hpatches, HPatchesOptions.DEFAULT, most);
        }
        if (data.photos != null) {
            return PhotoPairs.open(data.photos, bands, pairsPerPhoto, most, new Seed(seed));
        }
        throw new IllegalStateException("the option group makes sure that there is one");
    }

    private int evaluatePairs(PairData pairData) throws IOException {
        RobustOptions robust = RobustOptions.homography().withThresholdPx(INLIER_THRESHOLD_PX);
        Map<String, String> options = options(pairData.description());
        options.put(
                "estimator",
                "OpenCV USAC MAGSAC, inlier threshold " + robust.thresholdPx() + " px, confidence "
                        + robust.confidence() + ", at most " + robust.maxIterations() + " trials, at least "
                        + robust.minInliers() + " inliers");
        List<String> names = methods == null ? Methods.defaultNames(models()) : methods;
        Optional<WorstPairs> worstPairs =
                failures == null ? Optional.empty() : Optional.of(new WorstPairs(failures, overwrite));
        try (Methods opened = Methods.open(names, models(), maxKeypoints, threads);
                Interrupt interrupt = new Interrupt();
                Progress progress = Progress.start("evaluate", "pairs", 0, pairData.pairCount(), err())) {
            Stoppable<EvaluationPair> pairs = new Stoppable<>(pairData.pairs(), interrupt, progress::step);
            List<MethodResults> results = new PairEvaluation(
                            opened.list(), new OpenCvRobustEstimator(robust), WARM_UP_RUNS, new Seed(seed))
                    .run(pairs);
            boolean complete = pairs.given() == pairData.pairCount();
            progress.close();
            if (pairs.given() > 0) {
                EvaluationReport report = EvaluationReport.of(results, options, new Seed(seed), complete);
                write(EvaluationTable.of(report), report.toJson());
            }
            if (complete && worstPairs.isPresent()) {
                worstPairs.get().draw(pairData, opened.list(), results);
            }
            return end(pairs, "pairs", pairData.pairCount());
        }
    }

    private int evaluateShapes(int imagesPerPrimitive) throws IOException {
        ShapeSamples shapes = new ShapeSamples(imagesPerPrimitive, SHAPE_SIZE, new Seed(seed));
        List<String> names = methods == null ? Detectors.NAMES : methods;
        try (Detectors opened = Detectors.open(names, models(), maxKeypoints, threads);
                Interrupt interrupt = new Interrupt();
                Progress progress = Progress.start("evaluate", "images", 0, shapes.count(), err())) {
            Stoppable<DetectorSample> samples = new Stoppable<>(shapes.samples(), interrupt, progress::step);
            List<DetectorResult> results =
                    new DetectorEvaluation(opened.list(), WARM_UP_RUNS, new Seed(seed)).run(samples);
            progress.close();
            Map<String, String> options = options(shapes.description());
            boolean complete = samples.given() == shapes.count();
            DetectorReport report = DetectorReport.of(results, options, new Seed(seed), complete);
            write(report.toText(), report.toJson());
            return end(samples, "images", shapes.count());
        }
    }

    private Map<String, String> options(Map<String, String> ofData) {
        Map<String, String> options = new TreeMap<>(ofData);
        options.put("maxKeypoints", String.valueOf(maxKeypoints));
        options.put("threads", String.valueOf(threads));
        if (model != null) {
            options.put("model", String.valueOf(model.getFileName()));
        }
        if (matcherModel != null) {
            options.put("matcherModel", String.valueOf(matcherModel.getFileName()));
        }
        Adaptivity used = adaptivity.adaptivity();
        options.put("depthConfidence", String.valueOf(used.depthConfidence()));
        options.put("widthConfidence", String.valueOf(used.widthConfidence()));
        options.put("seed", String.valueOf(seed));
        return options;
    }

    private void write(String table, String jsonText) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        out.print(table);
        out.flush();
        if (json != null) {
            Outputs.writeText(jsonText, json);
        }
    }

    private int end(Stoppable<?> elements, String unit, int total) throws IOException {
        elements.throwFailure();
        if (elements.given() == total) {
            return 0;
        }
        err().println("tiepoint: stopped after " + elements.given() + " of " + total + " " + unit);
        err().flush();
        return 1;
    }

    private ModelFiles models() {
        return new ModelFiles(model, matcherModel, adaptivity.adaptivity());
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }
}
