package io.tiepoint.bench;

import io.tiepoint.core.features.Adaptivity;
import io.tiepoint.core.features.DescriptorMap;
import io.tiepoint.core.features.Descriptors;
import io.tiepoint.core.features.DetectionProfile;
import io.tiepoint.core.features.Keypoints;
import io.tiepoint.core.features.LocalFeatures;
import io.tiepoint.core.features.NormalisedKeypoints;
import io.tiepoint.core.geometry.PixelFrame;
import io.tiepoint.core.image.GrayImage;
import io.tiepoint.core.image.ImageSize;
import io.tiepoint.core.model.ModelCard;
import io.tiepoint.core.random.Draws;
import io.tiepoint.core.random.Seed;
import io.tiepoint.match.onnx.ExtractorOptions;
import io.tiepoint.match.onnx.MatcherOptions;
import io.tiepoint.match.onnx.OnnxExtractor;
import io.tiepoint.match.onnx.OnnxMatcher;
import io.tiepoint.synthetic.images.ProceduralImages;
import io.tiepoint.synthetic.images.ProceduralRecipe;
import io.tiepoint.synthetic.pairs.HomographyPair;
import io.tiepoint.synthetic.pairs.HomographyPairs;
import io.tiepoint.synthetic.pairs.PairRecipe;
import io.tiepoint.train.network.ExtractorNetwork;
import io.tiepoint.train.network.LightGlueNetwork;
import io.tiepoint.train.network.SuperPointNetwork;
import io.tiepoint.train.onnx.OnnxExport;
import io.tiepoint.train.torch.Precision;
import io.tiepoint.train.torch.Tensors;
import io.tiepoint.train.torch.Torch;
import io.tiepoint.train.torch.TorchExtractor;
import io.tiepoint.train.torch.TorchMatcher;
import io.tiepoint.train.torch.TorchOps;
import io.tiepoint.train.torch.Weights;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/**
 * Latency of full-size SuperPoint and LightGlue, ONNX Runtime and libtorch in turn in one process, and what it saves to stop early.
 * The weights are random: time does not depend on them, but for where LightGlue stops, which is set here. With an extractor's and
 * a matcher's file it also measures how far that matcher goes on easy and on hard synthetic pairs.
 *
 * <p>Arguments: {@code ROUNDS THREADS [EXTRACTOR.onnx MATCHER.onnx]}.
 */
public final class NetworkLatency {
    private static final ImageSize VGA = new ImageSize(640, 480);
    private static final int LAYERS = 9;
    private static final int PAIRS = 20;

    private final PrintStream out;
    private final int rounds;
    private final int threads;
    private final Path folder;

    private NetworkLatency(PrintStream out, int rounds, int threads, Path folder) {
        this.out = out;
        this.rounds = rounds;
        this.threads = threads;
        this.folder = folder;
    }

    /** Prints the report. */
    public static void main(String[] arguments) throws IOException {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 20;
        int threads = arguments.length > 1
                ? Integer.parseInt(arguments[1])
                : Runtime.getRuntime().availableProcessors();
        Torch.load(threads);
        NetworkLatency latency = new NetworkLatency(out, rounds, threads, Files.createTempDirectory("tiepoint-bench"));
        out.printf("median of %d rounds, %d threads%n", rounds, threads);
        latency.superPoint();
        for (int keypoints : new int[] {512, 1024}) {
            latency.lightGlue(keypoints);
        }
        if (arguments.length > 3) {
            latency.pairs(Path.of(arguments[2]), Path.of(arguments[3]));
        }
    }

    private static OnnxExport.Provenance provenance(String name) {
        return new OnnxExport.Provenance(
                name, "nothing", "Apache-2.0", ModelCard.emptyObject(), ModelCard.emptyObject());
    }

    /** Median durations in ms of tasks that take turns. */
    private double[] medians(Runnable... tasks) {
        double[][] ms = new double[tasks.length][rounds];
        for (int round = -2; round < rounds; round++) {
            for (int i = 0; i < tasks.length; i++) {
                long start = System.nanoTime();
                tasks[i].run();
                if (round >= 0) {
                    ms[i][round] = (System.nanoTime() - start) / 1e6;
                }
            }
        }
        return Arrays.stream(ms)
                .mapToDouble(row -> Arrays.stream(row).sorted().toArray()[rounds / 2])
                .toArray();
    }

    private void superPoint() throws IOException {
        SuperPointNetwork network = new SuperPointNetwork();
        GrayImage image = new ProceduralImages(ProceduralRecipe.DEFAULT, new Seed(1), VGA).image(0);
        DetectionProfile profile = DetectionProfile.SUPERGLUE;
        try (Weights weights = Weights.initial(network, new Seed(1));
                OnnxExtractor onnx = OnnxExtractor.open(
                        OnnxExport.extractor(
                                network, weights, ModelCard.Detection.of(profile), provenance("superpoint"), folder),
                        new ExtractorOptions(1024, threads))) {
            double[] ms = medians(
                    () -> use(onnx.extract(image).size()),
                    () -> use(extract(network, weights, image, profile).size()));
            out.printf("SuperPoint %s: ONNX Runtime %.1f ms, libtorch %.1f ms%n", VGA, ms[0], ms[1]);
        }
    }

    private static LocalFeatures extract(
            SuperPointNetwork network, Weights weights, GrayImage image, DetectionProfile profile) {
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            TorchOps ops = new TorchOps(weights, Precision.FLOAT32);
            ExtractorNetwork.Outputs<Tensor> outputs = network.forward(ops, TorchExtractor.batch(List.of(image)));
            float[] heatmap = Tensors.toArray(ExtractorNetwork.heatmap(ops, outputs.logits()));
            int rows = image.height() / ExtractorNetwork.CELL;
            int columns = image.width() / ExtractorNetwork.CELL;
            DescriptorMap map = new DescriptorMap(
                    Tensors.toArray(ops.l2Normalize(outputs.descriptors(), 1)),
                    network.descriptorSize(),
                    rows,
                    columns,
                    ExtractorNetwork.CELL);
            Keypoints keypoints = profile.select(heatmap, image.width(), image.size(), profile.published());
            return new LocalFeatures(keypoints, map.sample(keypoints, profile.sampling(), image.size()), image.size());
        }
    }

    private static LocalFeatures features(int count, long seed) {
        Draws draws = new Seed(seed).draws();
        float[] positions = new float[2 * count];
        for (int i = 0; i < count; i++) {
            positions[2 * i] = (float) draws.nextDouble(0, VGA.width());
            positions[2 * i + 1] = (float) draws.nextDouble(0, VGA.height());
        }
        float[] descriptors = new float[256 * count];
        for (int i = 0; i < descriptors.length; i++) {
            descriptors[i] = (float) draws.nextGaussian() / 16;
        }
        return new LocalFeatures(
                Keypoints.of(positions, new float[count]), Descriptors.wrap(count, 256, descriptors), VGA);
    }

    /** Weights with which every keypoint is sure of its match after some layers, and before of nothing. */
    private static Weights settledAfter(LightGlueNetwork network, int layers) {
        try (Weights initial = Weights.initial(network, new Seed(1))) {
            Map<String, float[]> values = initial.values();
            for (int i = 0; i < LAYERS - 1; i++) {
                float[] bias = {i + 1 >= layers ? 30f : -30f};
                values.put("token_confidence." + i + ".token.0.bias", bias);
            }
            return Weights.of(network, values, "weights of the benchmark");
        }
    }

    private void lightGlue(int keypoints) throws IOException {
        LightGlueNetwork network = new LightGlueNetwork(256, 256, LAYERS, 4);
        LocalFeatures features0 = features(keypoints, 1);
        LocalFeatures features1 = features(keypoints, 2);
        TorchMatcher.View view0 = view(features0);
        TorchMatcher.View view1 = view(features1);
        for (int layers : new int[] {LAYERS, 6, 3}) {
            Adaptivity adaptivity = layers == LAYERS ? Adaptivity.NONE : Adaptivity.PUBLISHED;
            try (Weights weights = settledAfter(network, layers);
                    OnnxMatcher onnx = OnnxMatcher.open(
                            OnnxExport.matcher(network, weights, PixelFrame.CENTRE, provenance("lightglue"), folder),
                            new MatcherOptions(0.1, threads, adaptivity))) {
                TorchMatcher torch = new TorchMatcher(network, weights, Precision.FLOAT32, adaptivity, 0.1);
                double[] ms = medians(
                        () -> use(onnx.match(features0, features1).size()),
                        () -> use(torch.match(view0, view1).matches().size()));
                out.printf(
                        "LightGlue %d keypoints, %d of %d layers: ONNX Runtime %.1f ms, libtorch %.1f ms%n",
                        keypoints, onnx.matchAdaptively(features0, features1).layers(), LAYERS, ms[0], ms[1]);
            }
        }
    }

    private static TorchMatcher.View view(LocalFeatures features) {
        return new TorchMatcher.View(
                NormalisedKeypoints.positions(features, PixelFrame.CENTRE),
                features.descriptors().values());
    }

    private void pairs(Path extractorOnnx, Path matcherOnnx) throws IOException {
        try (OnnxExtractor extractor = OnnxExtractor.open(extractorOnnx, new ExtractorOptions(1024, threads));
                OnnxMatcher whole = OnnxMatcher.open(matcherOnnx, new MatcherOptions(0.1, threads));
                OnnxMatcher adaptive =
                        OnnxMatcher.open(matcherOnnx, new MatcherOptions(0.1, threads, Adaptivity.PUBLISHED))) {
            for (double difficulty : new double[] {0.1, 1}) {
                ProceduralImages images =
                        new ProceduralImages(ProceduralRecipe.DEFAULT, new Seed(1), new ImageSize(960, 720));
                HomographyPairs pairs = new HomographyPairs(PairRecipe.TRAINING, images, VGA, new Seed(1));
                double[] sums = new double[4];
                for (int i = 0; i < PAIRS; i++) {
                    HomographyPair pair = pairs.pair(i, difficulty);
                    LocalFeatures features0 = extractor.extract(pair.image0());
                    LocalFeatures features1 = extractor.extract(pair.image1());
                    double[] ms = medians(
                            () -> use(whole.match(features0, features1).size()),
                            () -> use(adaptive.match(features0, features1).size()));
                    sums[0] += ms[0];
                    sums[1] += ms[1];
                    sums[2] += adaptive.matchAdaptively(features0, features1).layers();
                    sums[3] += features0.size();
                }
                out.printf(
                        "%s on %d pairs of difficulty %.1f, mean of %.0f keypoints: all layers %.1f ms, adaptive %.1f ms"
                                + " (%.1f layers)%n",
                        whole.name(),
                        PAIRS,
                        difficulty,
                        sums[3] / PAIRS,
                        sums[0] / PAIRS,
                        sums[1] / PAIRS,
                        sums[2] / PAIRS);
            }
        }
    }

    /** Keeps a result from being computed for nobody. */
    private static void use(int count) {
        if (count < 0) {
            throw new IllegalStateException("expected a count, found " + count);
        }
    }
}
