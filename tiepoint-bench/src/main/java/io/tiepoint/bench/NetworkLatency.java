package io.tiepoint.bench;

import io.tiepoint.core.features.AdaptiveMatches;
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
import io.tiepoint.match.onnx.TiepointModels;
import io.tiepoint.synthetic.images.ProceduralImages;
import io.tiepoint.synthetic.images.ProceduralRecipe;
import io.tiepoint.synthetic.pairs.HomographyPair;
import io.tiepoint.synthetic.pairs.HomographyPairs;
import io.tiepoint.synthetic.pairs.PairRecipe;
import io.tiepoint.train.network.ExtractorNetwork;
import io.tiepoint.train.network.LightGlueNetwork;
import io.tiepoint.train.network.ParameterSpec;
import io.tiepoint.train.network.SuperPointNetwork;
import io.tiepoint.train.onnx.OnnxExport;
import io.tiepoint.train.torch.Precision;
import io.tiepoint.train.torch.Tensors;
import io.tiepoint.train.torch.Torch;
import io.tiepoint.train.torch.TorchExtractor;
import io.tiepoint.train.torch.TorchMatcher;
import io.tiepoint.train.torch.TorchOps;
import io.tiepoint.train.torch.Weights;
import io.tiepoint.train.weights.Safetensors;
import io.tiepoint.train.weights.TorchWriter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * Latency of full-size SuperPoint and LightGlue: ONNX Runtime and libtorch in turn in one process, then PyTorch in one of its own
 * where {@code python3} has it ({@code torch_latency.py}); how much arithmetic that is beside what the processor can do; and what it
 * saves to stop early or to drop keypoints. The weights are random: time does not depend on them, but for where LightGlue stops,
 * which is set here. For a trained matcher, the shipped one unless other files are named, it says how far it goes on easy and on
 * hard synthetic pairs.
 *
 * <p>Arguments: {@code ROUNDS THREADS [EXTRACTOR.onnx MATCHER.onnx]}. With one thread the times are that thread's processor time, which
 * other work on the machine hardly changes; with more they are the clock's.
 */
public final class NetworkLatency {
    private static final ImageSize VGA = new ImageSize(640, 480);
    private static final int LAYERS = 9;
    private static final int WIDTH = 256;
    private static final int HEADS = 4;
    private static final int PAIRS = 10;
    private static final int PRODUCT = 1024;

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
        out.printf(
                "median of %d rounds, %d threads, %s%n",
                rounds, threads, threads == 1 ? "processor time of the thread" : "time of the clock");
        latency.product();
        latency.superPoint();
        for (int keypoints : new int[] {512, 1024}) {
            latency.lightGlue(keypoints);
        }
        latency.pairs(
                arguments.length > 3 ? Path.of(arguments[2]) : null,
                arguments.length > 3 ? Path.of(arguments[3]) : null);
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
                long start = now();
                tasks[i].run();
                if (round >= 0) {
                    ms[i][round] = (now() - start) / 1e6;
                }
            }
        }
        return Arrays.stream(ms)
                .mapToDouble(row -> Arrays.stream(row).sorted().toArray()[rounds / 2])
                .toArray();
    }

    private long now() {
        return threads == 1 ? ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() : System.nanoTime();
    }

    /** What a large matrix product reaches: no network is faster. */
    private void product() {
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            Tensor factor = torch.randn(PRODUCT, PRODUCT);
            double ms = medians(() -> use((int) factor.matmul(factor).size(0)))[0];
            out.printf("matrix product %d^3, float32: %.0f GFLOP/s%n", PRODUCT, 2 * Math.pow(PRODUCT, 3) / ms / 1e6);
        }
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
            out.printf(
                    "SuperPoint %s px, %.1f GFLOP: ONNX Runtime %.1f ms, libtorch %.1f ms%s%n",
                    VGA, superPointGflop(), ms[0], ms[1], python("superpoint", weights, VGA.height(), VGA.width()));
        }
    }

    /** Multiplications and additions of the convolutions. */
    private static double superPointGflop() {
        double flop = 0;
        for (ParameterSpec spec : new SuperPointNetwork().parameters()) {
            if (spec.shape().size() == 4) {
                String name = spec.name();
                int shrunk =
                        name.startsWith("conv1") ? 1 : name.startsWith("conv2") ? 2 : name.startsWith("conv3") ? 4 : 8;
                flop += 2.0 * spec.count() * VGA.width() * VGA.height() / shrunk / shrunk;
            }
        }
        return flop / 1e9;
    }

    /**
     * Of the exported graph with as many keypoints in both views: each of the two attentions of a layer compares all with all twice,
     * and its linear layers have 3, 4 and 2 (own) or 2, 4 and 2 (cross) times width^2 weights, the output's projection being part
     * of the second.
     */
    private static double lightGlueGflop(double keypoints) {
        double compared = 2 * 4 * keypoints * keypoints * WIDTH;
        double linear = 2 * keypoints * WIDTH * WIDTH * (3 + 4 + 2 + 2 + 4 + 2);
        double last = 2 * keypoints * WIDTH * WIDTH * 2 + 2 * keypoints * keypoints * WIDTH;
        return (2 * LAYERS * (compared + linear) + last) / 1e9;
    }

    /** What PyTorch takes with the same weights, in words; empty where there is none. */
    private String python(String network, Weights weights, int... sizes) throws IOException {
        Path script = folder.resolve("torch_latency.py");
        try (InputStream in = NetworkLatency.class.getResourceAsStream("torch_latency.py")) {
            Files.write(
                    script,
                    Objects.requireNonNull(in, "the script lies beside this class")
                            .readAllBytes());
        }
        Path state = folder.resolve(network + ".pth");
        Map<String, Safetensors.Entry> tensors = new LinkedHashMap<>();
        Map<String, float[]> values = weights.values();
        for (ParameterSpec spec : weights.specs()) {
            tensors.put(
                    spec.name(), new Safetensors.Entry(spec.shape(), values.getOrDefault(spec.name(), new float[0])));
        }
        TorchWriter.write(state, tensors);
        List<String> command = new ArrayList<>(List.of(
                System.getProperty("tiepoint.python", "python3"),
                script.toString(),
                String.valueOf(threads),
                String.valueOf(rounds),
                network,
                state.toString()));
        for (int size : sizes) {
            command.add(String.valueOf(size));
        }
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String[] words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .strip()
                    .split(" ", -1);
            return process.waitFor() == 0 && words.length == 2
                    ? ", PyTorch " + words[0] + " (the network alone) " + words[1] + " ms"
                    : ", no PyTorch in " + command.get(0);
        } catch (IOException e) {
            return ", no " + command.get(0);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while PyTorch computed", e);
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

    /**
     * Weights with which every keypoint is sure of its match after some layers, and before of nothing; half of the keypoints seem to
     * have no match after the first layer, all of them to have one after others.
     */
    private static Weights settledAfter(LightGlueNetwork network, int layers) {
        try (Weights initial = Weights.initial(network, new Seed(1))) {
            Map<String, float[]> values = initial.values();
            for (int i = 0; i < LAYERS - 1; i++) {
                float[] bias = {i + 1 >= layers ? 30f : -30f};
                values.put("token_confidence." + i + ".token.0.bias", bias);
                float[] matchable = {i == 0 ? 0 : 30};
                values.put("log_assignment." + i + ".matchability.bias", matchable);
            }
            float[] sides = values.getOrDefault("log_assignment.0.matchability.weight", new float[0]);
            for (int i = 0; i < sides.length; i++) {
                sides[i] *= 1e4f;
            }
            return Weights.of(network, values, "weights of the benchmark");
        }
    }

    private void lightGlue(int keypoints) throws IOException {
        LightGlueNetwork network = new LightGlueNetwork(WIDTH, WIDTH, LAYERS, HEADS);
        LocalFeatures features0 = features(keypoints, 1);
        LocalFeatures features1 = features(keypoints, 2);
        Adaptivity half = new Adaptivity(-1, Adaptivity.PUBLISHED.widthConfidence());
        Map<Adaptivity, int[]> ways = new LinkedHashMap<>();
        ways.put(Adaptivity.NONE, new int[] {LAYERS});
        ways.put(Adaptivity.PUBLISHED, new int[] {6, 3});
        ways.put(half, new int[] {LAYERS});
        for (Map.Entry<Adaptivity, int[]> way : ways.entrySet()) {
            for (int layers : way.getValue()) {
                lightGlue(network, way.getKey(), layers, List.of(features0, features1));
            }
        }
    }

    private void lightGlue(LightGlueNetwork network, Adaptivity adaptivity, int layers, List<LocalFeatures> features)
            throws IOException {
        LocalFeatures features0 = features.get(0);
        LocalFeatures features1 = features.get(1);
        TorchMatcher.View view0 = view(features0);
        TorchMatcher.View view1 = view(features1);
        int keypoints = features0.size();
        try (Weights weights = settledAfter(network, layers);
                OnnxMatcher onnx = OnnxMatcher.open(
                        OnnxExport.matcher(network, weights, PixelFrame.CENTRE, provenance("lightglue"), folder),
                        new MatcherOptions(0.1, threads, adaptivity))) {
            TorchMatcher libtorch = new TorchMatcher(network, weights, Precision.FLOAT32, adaptivity, 0.1);
            double[] ms = medians(
                    () -> use(onnx.match(features0, features1).size()),
                    () -> use(libtorch.match(view0, view1).matches().size()));
            AdaptiveMatches found = onnx.matchAdaptively(features0, features1);
            boolean all = adaptivity.equals(Adaptivity.NONE);
            out.printf(
                    "LightGlue %d keypoints, %s%d of %d layers%s: ONNX Runtime %.1f ms, libtorch %.1f ms%s%n",
                    keypoints,
                    all ? "%.1f GFLOP, ".formatted(lightGlueGflop(keypoints)) : "",
                    found.layers(),
                    LAYERS,
                    adaptivity.drops() && !adaptivity.stops()
                            ? ", %d and %d dropped after the first".formatted(found.dropped0(), found.dropped1())
                            : "",
                    ms[0],
                    ms[1],
                    all ? python("lightglue", weights, keypoints) : "");
        }
    }

    private static TorchMatcher.View view(LocalFeatures features) {
        return new TorchMatcher.View(
                NormalisedKeypoints.positions(features, PixelFrame.CENTRE),
                features.descriptors().values());
    }

    private static OnnxMatcher matcher(@Nullable Path onnx, MatcherOptions options) throws IOException {
        return onnx == null ? TiepointModels.matcher(options) : OnnxMatcher.open(onnx, options);
    }

    private void pairs(@Nullable Path extractorOnnx, @Nullable Path matcherOnnx) throws IOException {
        ExtractorOptions most = new ExtractorOptions(1024, threads);
        MatcherOptions all = new MatcherOptions(0.1, threads);
        try (OnnxExtractor extractor = extractorOnnx == null
                        ? TiepointModels.extractor(most)
                        : OnnxExtractor.open(extractorOnnx, most);
                OnnxMatcher whole = matcher(matcherOnnx, all);
                OnnxMatcher adaptive = matcher(matcherOnnx, all.with(Adaptivity.PUBLISHED))) {
            for (double difficulty : new double[] {0.1, 1}) {
                ProceduralImages images =
                        new ProceduralImages(ProceduralRecipe.DEFAULT, new Seed(1), new ImageSize(960, 720));
                HomographyPairs pairs = new HomographyPairs(PairRecipe.TRAINING, images, VGA, new Seed(1));
                double[] sums = new double[5];
                for (int i = 0; i < PAIRS; i++) {
                    HomographyPair pair = pairs.pair(i, difficulty);
                    LocalFeatures features0 = extractor.extract(pair.image0());
                    LocalFeatures features1 = extractor.extract(pair.image1());
                    double[] ms = medians(
                            () -> use(whole.match(features0, features1).size()),
                            () -> use(adaptive.match(features0, features1).size()));
                    sums[0] += ms[0];
                    sums[1] += ms[1];
                    AdaptiveMatches found = adaptive.matchAdaptively(features0, features1);
                    sums[2] += found.layers();
                    sums[4] += (found.dropped0() + found.dropped1()) / 2.0;
                    sums[3] += features0.size();
                }
                out.printf(
                        "%s on %d pairs of difficulty %.1f, mean of %.0f keypoints: all %d layers %.1f ms, adaptive %.1f ms"
                                + " (%.1f layers begun, %.0f keypoints dropped)%n",
                        whole.name(),
                        PAIRS,
                        difficulty,
                        sums[3] / PAIRS,
                        whole.layers(),
                        sums[0] / PAIRS,
                        sums[1] / PAIRS,
                        sums[2] / PAIRS,
                        sums[4] / PAIRS);
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
