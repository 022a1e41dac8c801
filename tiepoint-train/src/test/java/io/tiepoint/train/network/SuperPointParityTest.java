package io.tiepoint.train.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.tiepoint.core.features.DescriptorMap;
import io.tiepoint.core.features.DescriptorSampling;
import io.tiepoint.core.features.Descriptors;
import io.tiepoint.core.features.DetectionProfile;
import io.tiepoint.core.features.KeypointSelection;
import io.tiepoint.core.features.Keypoints;
import io.tiepoint.core.geometry.PixelFrame;
import io.tiepoint.core.image.GrayImage;
import io.tiepoint.core.image.ImageFiles;
import io.tiepoint.core.image.ImageSize;
import io.tiepoint.testkit.SharedFiles;
import io.tiepoint.testkit.parity.NpyFile;
import io.tiepoint.testkit.parity.ParityRecord;
import io.tiepoint.train.torch.Precision;
import io.tiepoint.train.torch.Tensors;
import io.tiepoint.train.torch.Torch;
import io.tiepoint.train.torch.TorchOps;
import io.tiepoint.train.torch.Weights;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** SuperPoint against outputs of the reference codes. Tolerances are those of the README beside the outputs. */
class SuperPointParityTest {
    private static final double LOGITS = 2.5e-4;
    private static final double SCORES = 5e-5;
    private static final double DESCRIPTORS = 6e-6;

    @BeforeAll
    static void load() {
        Torch.load(1);
    }

    private static SuperPointNetwork network(String name) {
        return new SuperPointNetwork(
                name.equals("superpoint") ? SuperPointNetwork.Variant.MAGIC_LEAP : SuperPointNetwork.Variant.RPAUTRAT);
    }

    private static GrayImage image(String name) throws IOException {
        Path file = SharedFiles.get("parity/images/" + name + ".png");
        return name.equals("rgb") ? ImageFiles.readColor(file).toGray() : ImageFiles.readGray(file);
    }

    private static NpyFile output(String network, String image, String name) throws IOException {
        String file = network + "/" + image + "/" + name + ".npy";
        Path large = SharedFiles.get("parity").resolve("big").resolve(file);
        return NpyFile.read(Files.exists(large) ? large : SharedFiles.get("parity/" + file));
    }

    /** Image c has 117x155 px: what is left over beyond the last whole cell falls away. */
    @ParameterizedTest
    @CsvSource({
        "superpoint, tiny",
        "superpoint, a",
        "superpoint, b",
        "superpoint, c",
        "superpoint-rp, tiny",
        "superpoint-rp, a",
        "superpoint-rp, b",
        "superpoint-rp, c",
        "superpoint-rp, rgb"
    })
    void givesTheReferencesOutputs(String name, String imageName) throws IOException {
        NpyFile semi = output(name, imageName, "semi");
        SuperPointNetwork network = network(name);
        GrayImage image = image(imageName);
        try (Weights weights = ReferenceWeights.of(network, name);
                PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            TorchOps ops = new TorchOps(weights, Precision.FLOAT32);
            ExtractorNetwork.Outputs<Tensor> outputs =
                    network.forward(ops, Tensors.of(image.pixels(), 1, 1, image.height(), image.width()));

            assertThat(outputs.logits().shape()).containsExactly(1, 65, semi.size(1), semi.size(2));
            assertClose(outputs.logits(), name, imageName, "semi", LOGITS);
            assertClose(ops.l2Normalize(outputs.descriptors(), 1), name, imageName, "desc", DESCRIPTORS);
            if (!imageName.equals("tiny")) {
                assertClose(ExtractorNetwork.heatmap(ops, outputs.logits()), name, imageName, "heat", SCORES);
            }
            if (name.equals("superpoint") && imageName.equals("c")) {
                assertClose(outputs.descriptors(), name, imageName, "desc_raw", DESCRIPTORS);
            }
        }
    }

    private static void assertClose(Tensor found, String network, String image, String name, double tolerance)
            throws IOException {
        assertClose(
                Tensors.toArray(found),
                network + "/" + image + "/" + name,
                output(network, image, name).values(),
                tolerance);
    }

    private static void assertClose(float[] found, String name, float[] expected, double tolerance) {
        ParityRecord.assertWithin(name, ParityRecord.LIBTORCH, found, expected, tolerance);
    }

    /** Each layer's own output, so that an error shows where it is made. */
    @ParameterizedTest
    @CsvSource({"superpoint, conv2d, '', 12", "superpoint-rp, batchNorm, .bn, 12"})
    void givesTheReferencesActivations(String name, String operation, String suffix, int layers) throws IOException {
        SuperPointNetwork network = network(name);
        GrayImage image = image("tiny");
        try (Weights weights = ReferenceWeights.of(network, name);
                PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            Map<String, Tensor> activations = new LinkedHashMap<>();
            Ops<Tensor> ops = recording(new TorchOps(weights, Precision.FLOAT32), operation, activations);
            ExtractorNetwork.Outputs<Tensor> ignored =
                    network.forward(ops, Tensors.of(image.pixels(), 1, 1, image.height(), image.width()));

            assertThat(activations).hasSize(layers);
            for (Map.Entry<String, Tensor> entry : activations.entrySet()) {
                String layer = entry.getKey().substring(0, entry.getKey().length() - suffix.length());
                boolean logits = layer.equals("convPb") || layer.equals("detector.1");
                assertClose(entry.getValue(), name, "tiny", "act_" + layer, logits ? 3e-5 : 3e-6);
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static Ops<Tensor> recording(Ops<Tensor> real, String operation, Map<String, Tensor> into) {
        return (Ops<Tensor>) Proxy.newProxyInstance(
                Ops.class.getClassLoader(), new Class<?>[] {Ops.class}, (proxy, method, arguments) -> {
                    try {
                        Object result = method.invoke(real, arguments);
                        if (method.getName().equals(operation)) {
                            into.put((String) arguments[1], (Tensor) result);
                        }
                        return result;
                    } catch (InvocationTargetException e) {
                        throw Objects.requireNonNullElse(e.getCause(), e);
                    }
                });
    }

    @ParameterizedTest
    @CsvSource({
        "superpoint, a, sg, SUPERGLUE, 0.005, 4, 100000",
        "superpoint, b, sg, SUPERGLUE, 0.005, 4, 100000",
        "superpoint, c, sg, SUPERGLUE, 0.005, 4, 100000",
        "superpoint, a, sg-top100, SUPERGLUE, 0.005, 4, 100",
        "superpoint, b, sg-top100, SUPERGLUE, 0.005, 4, 100",
        "superpoint, c, sg-top100, SUPERGLUE, 0.005, 4, 100",
        "superpoint, a, sg-r3, SUPERGLUE, 0.015, 3, 100000",
        "superpoint, b, sg-r3, SUPERGLUE, 0.015, 3, 100000",
        "superpoint, c, sg-r3, SUPERGLUE, 0.015, 3, 100000",
        "superpoint, a, lg, SUPERGLUE, 0.0005, 4, 100000",
        "superpoint, b, lg, SUPERGLUE, 0.0005, 4, 100000",
        "superpoint, c, lg, SUPERGLUE, 0.0005, 4, 100000",
        "superpoint, a, lg-top100, SUPERGLUE, 0.0005, 4, 100",
        "superpoint, b, lg-top100, SUPERGLUE, 0.0005, 4, 100",
        "superpoint, c, lg-top100, SUPERGLUE, 0.0005, 4, 100",
        "superpoint, a, demo, MAGICLEAP_DEMO, 0.015, 4, 100000",
        "superpoint, b, demo, MAGICLEAP_DEMO, 0.015, 4, 100000",
        "superpoint, c, demo, MAGICLEAP_DEMO, 0.015, 4, 100000",
        "superpoint-rp, a, default, RPAUTRAT, 0.005, 4, 100000",
        "superpoint-rp, b, default, RPAUTRAT, 0.005, 4, 100000",
        "superpoint-rp, c, default, RPAUTRAT, 0.005, 4, 100000",
        "superpoint-rp, rgb, default, RPAUTRAT, 0.005, 4, 100000",
        "superpoint-rp, a, top100, RPAUTRAT, 0.005, 4, 100",
        "superpoint-rp, b, top100, RPAUTRAT, 0.005, 4, 100",
        "superpoint-rp, c, top100, RPAUTRAT, 0.005, 4, 100",
        "superpoint-rp, rgb, top100, RPAUTRAT, 0.005, 4, 100"
    })
    void givesTheReferencesFeatures(
            String name, String image, String folder, DetectionProfile profile, float threshold, int radius, int most)
            throws IOException {
        Found found = found(name, image(image), profile, new KeypointSelection(most, threshold, radius, 4));
        boolean demo = profile == DetectionProfile.MAGICLEAP_DEMO;
        Reference reference = demo ? demo(image) : listed(name, image, folder);

        assertThat(found.keypoints.size()).isEqualTo(reference.scores.length);
        String output = name + "/" + image + "/" + folder + "/";
        assertClose(centred(found.keypoints), output + (demo ? "points" : "keypoints"), reference.positions, 0);
        assertClose(found.keypoints.scores(), output + (demo ? "points" : "scores"), reference.scores, SCORES);
        assertClose(
                found.map
                        .sample(found.keypoints, profile.sampling(), found.size)
                        .values(),
                output + (demo ? "descriptors_align_corners_false" : "descriptors"),
                reference.descriptors,
                DESCRIPTORS);
        if (demo) {
            Descriptors old = found.map.sample(found.keypoints, DescriptorSampling.IMAGE_SHARE_ALIGNED, found.size);
            NpyFile expected = output(name, image, "demo/descriptors_align_corners_true");
            assertClose(old.values(), output + "descriptors_align_corners_true", transposed(expected), DESCRIPTORS);
            assertClose(
                    found.heatmap,
                    output + "heatmap",
                    output(name, image, "demo/heatmap").values(),
                    SCORES);
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // a carrier; never compared
    private record Found(Keypoints keypoints, DescriptorMap map, float[] heatmap, ImageSize size) {}

    private static Found found(String name, GrayImage image, DetectionProfile profile, KeypointSelection selection)
            throws IOException {
        SuperPointNetwork network = network(name);
        try (Weights weights = ReferenceWeights.of(network, name);
                PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            TorchOps ops = new TorchOps(weights, Precision.FLOAT32);
            ExtractorNetwork.Outputs<Tensor> outputs =
                    network.forward(ops, Tensors.of(image.pixels(), 1, 1, image.height(), image.width()));
            float[] heatmap = Tensors.toArray(ExtractorNetwork.heatmap(ops, outputs.logits(), profile));
            int columns = Math.toIntExact(outputs.logits().size(3));
            int rows = Math.toIntExact(outputs.logits().size(2));
            return new Found(
                    profile.select(heatmap, 8 * columns, image.size(), selection),
                    new DescriptorMap(
                            Tensors.toArray(ops.l2Normalize(outputs.descriptors(), 1)), 256, rows, columns, 8),
                    heatmap,
                    image.size());
        }
    }

    private static float[] centred(Keypoints keypoints) {
        float[] positions = keypoints.positions();
        for (int i = 0; i < positions.length; i++) {
            positions[i] = (float) PixelFrame.CENTRE.fromCorner(positions[i]);
        }
        return positions;
    }

    /** [N 2] positions in the reference's frame, [N] scores, [N 256] descriptors. */
    @SuppressWarnings("ArrayRecordComponent") // a carrier; never compared
    private record Reference(float[] positions, float[] scores, float[] descriptors) {}

    private static Reference listed(String name, String image, String folder) throws IOException {
        NpyFile descriptors = output(name, image, folder + "/descriptors");
        return new Reference(
                output(name, image, folder + "/keypoints").values(),
                output(name, image, folder + "/scores").values(),
                folder.startsWith("sg") ? transposed(descriptors) : descriptors.values());
    }

    private static Reference demo(String image) throws IOException {
        float[] points = transposed(output("superpoint", image, "demo/points"));
        float[] positions = new float[points.length / 3 * 2];
        float[] scores = new float[points.length / 3];
        for (int i = 0; i < scores.length; i++) {
            positions[2 * i] = points[3 * i];
            positions[2 * i + 1] = points[3 * i + 1];
            scores[i] = points[3 * i + 2];
        }
        return new Reference(
                positions, scores, transposed(output("superpoint", image, "demo/descriptors_align_corners_false")));
    }

    static float[] transposed(NpyFile file) {
        int rows = file.size(0);
        int columns = file.size(1);
        float[] values = file.values();
        float[] transposed = new float[values.length];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                transposed[column * rows + row] = values[row * columns + column];
            }
        }
        return transposed;
    }

    /** The demo's whole post-processing on logits so low that what it adds to the sum of the exponentials matters. */
    @ParameterizedTest
    @CsvSource({"IMAGE_SHARE, false", "IMAGE_SHARE_ALIGNED, true"})
    void treatsFaintLogitsAsTheDemoDoes(DescriptorSampling sampling, String aligned) throws IOException {
        Path folder = SharedFiles.get("parity/ops/demo-post");
        NpyFile semi = NpyFile.read(folder.resolve("in_semi.npy"));
        NpyFile dense = NpyFile.read(folder.resolve("in_dense.npy"));
        ImageSize size = new ImageSize(70, 51);
        float[] heatmap;
        SuperPointNetwork network = new SuperPointNetwork();
        try (Weights weights = Weights.initial(network, new io.tiepoint.core.random.Seed(1));
                PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            TorchOps ops = new TorchOps(weights, Precision.FLOAT32);
            heatmap = Tensors.toArray(ExtractorNetwork.heatmap(
                    ops, Tensors.of(semi.values(), 1, 65, 6, 8), DetectionProfile.MAGICLEAP_DEMO));
        }
        Keypoints keypoints =
                DetectionProfile.MAGICLEAP_DEMO.select(heatmap, 64, size, DetectionProfile.MAGICLEAP_DEMO.published());
        float[] points = transposed(NpyFile.read(folder.resolve("out_points.npy")));

        assertClose(
                heatmap,
                "ops/demo-post/out_heatmap",
                NpyFile.read(folder.resolve("out_heatmap.npy")).values(),
                1e-6);
        assertThat(keypoints.size()).isEqualTo(points.length / 3);
        for (int i = 0; i < keypoints.size(); i++) {
            assertThat(keypoints.x(i) - 0.5f).isEqualTo(points[3 * i]);
            assertThat(keypoints.y(i) - 0.5f).isEqualTo(points[3 * i + 1]);
        }
        Descriptors descriptors = new DescriptorMap(dense.values(), 16, 6, 8, 8).sample(keypoints, sampling, size);
        String output = "out_descriptors_align_corners_" + aligned;
        NpyFile expected = NpyFile.read(folder.resolve(output + ".npy"));
        assertClose(descriptors.values(), "ops/demo-post/" + output, transposed(expected), DESCRIPTORS);
    }
}
