package io.tiepoint.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tiepoint.core.features.AdaptiveMatches;
import io.tiepoint.core.features.Adaptivity;
import io.tiepoint.core.features.Descriptors;
import io.tiepoint.core.features.DetectionProfile;
import io.tiepoint.core.features.Keypoints;
import io.tiepoint.core.features.LocalFeatures;
import io.tiepoint.core.geometry.PixelFrame;
import io.tiepoint.core.image.GrayImage;
import io.tiepoint.core.image.ImageFiles;
import io.tiepoint.core.image.ImageSize;
import io.tiepoint.core.model.ModelCard;
import io.tiepoint.match.onnx.ExtractorOptions;
import io.tiepoint.match.onnx.MatcherOptions;
import io.tiepoint.match.onnx.OnnxExtractor;
import io.tiepoint.match.onnx.OnnxMatcher;
import io.tiepoint.testkit.SharedFiles;
import io.tiepoint.testkit.Tolerance;
import io.tiepoint.testkit.parity.FeatureOutcome;
import io.tiepoint.testkit.parity.MatcherCase;
import io.tiepoint.testkit.parity.MatcherOutcome;
import io.tiepoint.testkit.parity.NpyFile;
import io.tiepoint.testkit.parity.ParityRecord;
import io.tiepoint.testkit.parity.ParityWeights;
import io.tiepoint.train.network.LightGlueNetwork;
import io.tiepoint.train.network.Network;
import io.tiepoint.train.network.PositionEncoder;
import io.tiepoint.train.network.SuperGlueNetwork;
import io.tiepoint.train.network.SuperPointNetwork;
import io.tiepoint.train.network.XFeatNetwork;
import io.tiepoint.train.onnx.OnnxExport;
import io.tiepoint.train.torch.Torch;
import io.tiepoint.train.torch.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The published networks as a user meets them: exported files, opened in ONNX Runtime, against the reference codes' outputs. */
class PublishedModelsTest {
    @TempDir
    private Path folder;

    @BeforeAll
    static void load() {
        Torch.load(1);
    }

    private static OnnxExport.Provenance provenance(String name) {
        return new OnnxExport.Provenance(
                name, "nothing", "Apache-2.0", ModelCard.emptyObject(), ModelCard.emptyObject());
    }

    private static Weights weights(Network network, String name) throws IOException {
        Map<String, float[]> values = new LinkedHashMap<>();
        ParityWeights.of(name).forEach((key, tensor) -> values.put(key, tensor.values()));
        values.remove("confidence_thresholds"); // they follow from the number of layers
        return Weights.of(network, values, name);
    }

    private static GrayImage image(String name) throws IOException {
        Path file = SharedFiles.get("parity/images/" + name + ".png");
        return name.equals("rgb") ? ImageFiles.readColor(file).toGray() : ImageFiles.readGray(file);
    }

    private static NpyFile output(String path) throws IOException {
        Path large = SharedFiles.get("parity").resolve("big/" + path + ".npy");
        return NpyFile.read(Files.exists(large) ? large : SharedFiles.get("parity/" + path + ".npy"));
    }

    @ParameterizedTest
    @CsvSource({
        "superpoint, SUPERGLUE, 0.005, 4, sg",
        "superpoint, SUPERGLUE, 0.015, 3, sg-r3",
        "superpoint, SUPERGLUE, 0.0005, 4, lg",
        "superpoint, MAGICLEAP_DEMO, 0.015, 4, demo",
        "superpoint-rp, RPAUTRAT, 0.005, 4, default"
    })
    void superPointFindsTheReferencesFeatures(
            String name, DetectionProfile profile, float threshold, int radius, String output) throws IOException {
        SuperPointNetwork network = new SuperPointNetwork(
                name.equals("superpoint") ? SuperPointNetwork.Variant.MAGIC_LEAP : SuperPointNetwork.Variant.RPAUTRAT);
        Path file;
        try (Weights weights = weights(network, name)) {
            file = OnnxExport.extractor(
                    network,
                    weights,
                    new ModelCard.Detection(threshold, radius, 4, profile),
                    provenance("superpoint"),
                    folder);
        }
        for (int most : new int[] {100_000, 100}) {
            try (OnnxExtractor extractor = OnnxExtractor.open(file, new ExtractorOptions(most, 1))) {
                String top = output.equals("default") ? "top100" : output + "-top100";
                boolean all = most > 100;
                if (!all && (output.equals("demo") || output.equals("sg-r3"))) {
                    continue;
                }
                for (String image : new String[] {"a", "b", "c"}) {
                    String path = name + "/" + image + "/" + (all ? output : top) + "/";
                    assertSame(extractor.extract(image(image)), path, output);
                }
            }
        }
    }

    /** Looks every keypoint up by its pixel: ours come best first, the reference's mostly row by row. */
    private static void assertSame(LocalFeatures found, String path, String output) throws IOException {
        boolean demo = output.equals("demo");
        NpyFile positions = output(path + (demo ? "points" : "keypoints"));
        NpyFile descriptors = output(path + (demo ? "descriptors_align_corners_false" : "descriptors"));
        int count = positions.size(demo ? 1 : 0);
        Map<String, Integer> index = new HashMap<>();
        for (int i = 0; i < count; i++) {
            float x = positions.values()[demo ? i : 2 * i];
            float y = positions.values()[demo ? count + i : 2 * i + 1];
            assertThat(index.put(x + " " + y, i)).isNull();
        }
        boolean columns = demo || output.startsWith("sg");
        float[] scores = demo ? positions.values() : output(path + "scores").values();
        float[] expected = descriptors.values();
        assertThat(found.size()).as(path).isEqualTo(count);
        double largestScore = 0;
        double largestOfAll = 0;
        for (int k = 0; k < count; k++) {
            int i = index.getOrDefault(
                    (found.keypoints().x(k) - 0.5f) + " " + (found.keypoints().y(k) - 0.5f), -1);
            assertThat(i).as(path).isNotNegative();
            assertThat(found.keypoints().score(k))
                    .isCloseTo(scores[(demo ? 2 * count : 0) + i], Tolerance.within(5e-5));
            double largest = 0;
            for (int d = 0; d < 256; d++) {
                float value = expected[columns ? d * count + i : i * 256 + d];
                largest = Math.max(largest, Math.abs(value - found.descriptors().values()[k * 256 + d]));
            }
            assertThat(largest).as(path).isLessThanOrEqualTo(6e-6);
            largestOfAll = Math.max(largestOfAll, largest);
            float score = scores[(demo ? 2 * count : 0) + i];
            largestScore = Math.max(largestScore, Math.abs(found.keypoints().score(k) - score));
        }
        String where = ParityRecord.ONNX_RUNTIME;
        ParityRecord.note(path + (demo ? "points" : "keypoints"), where, 0, 0);
        ParityRecord.note(path + (demo ? "points" : "scores"), where, 5e-5, largestScore);
        ParityRecord.note(path + (demo ? "descriptors_align_corners_false" : "descriptors"), where, 6e-6, largestOfAll);
    }

    @Test
    void xFeatFindsTheReferencesFeatures() throws IOException {
        XFeatNetwork network = new XFeatNetwork();
        Path file;
        try (Weights weights = weights(network, "xfeat")) {
            file = OnnxExport.extractor(
                    network, weights, ModelCard.Detection.of(DetectionProfile.XFEAT), provenance("xfeat"), folder);
        }
        for (int most : new int[] {4096, 100}) {
            try (OnnxExtractor extractor = OnnxExtractor.open(file, new ExtractorOptions(most, 1))) {
                for (String image : new String[] {"a", "b", "c"}) {
                    FeatureOutcome.assertSameFeatures(
                            "xfeat/" + image + (most == 100 ? "/top100" : "/default"),
                            ParityRecord.ONNX_RUNTIME,
                            extractor.extract(image(image)));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"lightglue-256", "lightglue-128", "lightglue-128so", "lightglue-64x96"})
    void lightGlueFindsTheReferencesMatchesInTheSameWay(String name) throws IOException {
        MatcherCase first = MatcherCase.open(name, "main");
        LightGlueNetwork network = new LightGlueNetwork(
                first.number("input_dim"),
                first.number("descriptor_dim"),
                first.number("n_layers"),
                first.number("heads"),
                first.hasScalesAndOrientations()
                        ? PositionEncoder.ROTARY_WITH_SCALE_AND_ORIENTATION
                        : PositionEncoder.ROTARY);
        Path file;
        try (Weights weights = weights(network, name)) {
            file = OnnxExport.matcher(network, weights, PixelFrame.CENTRE, provenance("lightglue"), folder);
        }
        for (MatcherCase example : MatcherCase.all(name)) {
            if (!example.knowsImageSizes()) {
                continue; // features always know the size of their image
            }
            try (OnnxMatcher matcher = OnnxMatcher.open(file, new MatcherOptions(0, 1, example.adaptivity()))) {
                AdaptiveMatches found = matcher.matchAdaptively(example.features(0), example.features(1));

                MatcherOutcome.assertSameMatches(
                        example, found.matches(), example.real("filter_threshold"), ParityRecord.ONNX_RUNTIME);
                MatcherOutcome.assertSameWay(example, found, ParityRecord.ONNX_RUNTIME);
            }
        }
    }

    @Test
    void superGlueFindsTheReferencesMatches() throws IOException {
        SuperGlueNetwork network = new SuperGlueNetwork();
        Path file;
        try (Weights weights = weights(network, "superglue")) {
            file = OnnxExport.matcher(network, weights, PixelFrame.CENTRE, provenance("superglue"), folder);
        }
        try (OnnxMatcher matcher = OnnxMatcher.open(file, new MatcherOptions(0, 1))) {
            for (MatcherCase example : MatcherCase.all("superglue")) {
                if (example.number("sinkhorn_iterations") == SuperGlueNetwork.PUBLISHED_ITERATIONS) {
                    MatcherOutcome.assertSameMatches(
                            example,
                            matcher.match(example.features(0), example.features(1)),
                            example.real("match_threshold"),
                            ParityRecord.ONNX_RUNTIME);
                }
            }
        }
    }

    private static LocalFeatures features(int count) {
        float[] positions = new float[2 * count];
        float[] descriptors = new float[8 * count];
        for (int i = 0; i < count; i++) {
            positions[2 * i] = i * 37 % 640;
            positions[2 * i + 1] = i * 53 % 480;
            descriptors[8 * i + i % 8] = 1;
        }
        return new LocalFeatures(
                Keypoints.of(positions, new float[count]),
                Descriptors.wrap(count, 8, descriptors),
                new ImageSize(640, 480));
    }

    @Test
    void aMatcherOfScalesAndOrientationsSaysThatPositionsAreNotEnough() throws IOException {
        LightGlueNetwork network = new LightGlueNetwork(8, 8, 2, 1, PositionEncoder.ROTARY_WITH_SCALE_AND_ORIENTATION);
        try (Weights weights = Weights.initial(network, new io.tiepoint.core.random.Seed(1));
                OnnxMatcher matcher = OnnxMatcher.open(
                        OnnxExport.matcher(network, weights, provenance("shapes"), folder), MatcherOptions.DEFAULT)) {
            assertThatThrownBy(() -> matcher.match(features(3), features(4)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("keypoints: expected scales and orientations, found positions alone");
        }
    }

    @ParameterizedTest
    @CsvSource({"4000, 3000", "1, 4000", "2, 1"})
    void matchesVeryManyAndVeryFewKeypoints(int count0, int count1) throws IOException {
        for (PositionEncoder positions : new PositionEncoder[] {PositionEncoder.ABSOLUTE, PositionEncoder.NONE}) {
            LightGlueNetwork network = new LightGlueNetwork(8, 8, 2, 1, positions);
            try (Weights weights = Weights.initial(network, new io.tiepoint.core.random.Seed(1));
                    OnnxMatcher matcher = OnnxMatcher.open(
                            OnnxExport.matcher(network, weights, provenance("many"), folder),
                            new MatcherOptions(0, 1, Adaptivity.PUBLISHED))) {
                AdaptiveMatches found = matcher.matchAdaptively(features(count0), features(count1));

                assertThat(found.layers0()).hasSize(count0);
                assertThat(found.layers1()).hasSize(count1);
                assertThat(found.matches().size()).isBetween(1, Math.min(count0, count1));
            }
        }
    }
}
