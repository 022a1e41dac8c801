package io.tiepoint.train.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtException;
import io.tiepoint.core.features.LogAssignment;
import io.tiepoint.core.features.Matches;
import io.tiepoint.core.geometry.PixelFrame;
import io.tiepoint.testkit.parity.MatcherCase;
import io.tiepoint.testkit.parity.MatcherOutcome;
import io.tiepoint.testkit.parity.NpyFile;
import io.tiepoint.testkit.parity.ParityRecord;
import io.tiepoint.train.network.LightGlueNetwork;
import io.tiepoint.train.network.LightGlueParityTest;
import io.tiepoint.train.network.ReferenceWeights;
import io.tiepoint.train.network.SuperGlueNetwork;
import io.tiepoint.train.torch.Torch;
import io.tiepoint.train.torch.Weights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The exported matchers in ONNX Runtime against outputs of the reference code, with the tolerances of its README. */
class PublishedMatchersTest {
    @TempDir
    private Path folder;

    @BeforeAll
    static void load() {
        Torch.load(1);
    }

    static Stream<String> networks() {
        return LightGlueParityTest.NETWORKS.stream();
    }

    private static Map<String, OrtModel.Array> inputs(MatcherCase example) throws IOException {
        Map<String, OrtModel.Array> inputs = new HashMap<>();
        for (int view = 0; view < 2; view++) {
            int count = example.count(view);
            float[] keypoints = example.normalised(view);
            NpyFile descriptors = example.input("descriptors", view);
            inputs.put("keypoints" + view, new OrtModel.Array(keypoints, 1, count, keypoints.length / count));
            inputs.put("descriptors" + view, new OrtModel.Array(descriptors.values(), 1, count, descriptors.size(1)));
        }
        return inputs;
    }

    private static boolean isEmpty(MatcherCase example) {
        return example.count(0) == 0 || example.count(1) == 0;
    }

    /** Stops after the same layer, keeps the same keypoints and gives the same assignment; nothing at all is never asked of it. */
    @ParameterizedTest
    @MethodSource("networks")
    void lightGlueGivesTheReferencesAssignments(String name) throws IOException, OrtException {
        MatcherCase first = MatcherCase.open(name, "main");
        LightGlueNetwork network = LightGlueParityTest.network(first);
        try (Weights weights = ReferenceWeights.of(network, name);
                OrtModel model = new OrtModel(OnnxExport.matcher(
                        network, weights, PixelFrame.CENTRE, ExtractorParityTest.provenance("m"), folder))) {
            for (MatcherCase example : MatcherCase.all(name)) {
                if (!isEmpty(example)) {
                    assertSame(example, model);
                }
            }
        }
    }

    private static void assertSame(MatcherCase example, OrtModel model) throws IOException, OrtException {
        Map<String, OrtModel.Array> inputs = inputs(example);
        float[] adaptivity = {
            example.adaptivity().stopShare(), example.adaptivity().dropLimit()
        };
        inputs.put("adaptivity", new OrtModel.Array(adaptivity, 2));
        Map<String, OrtModel.Array> found = model.run(inputs);
        OrtModel.Array assignment = Objects.requireNonNull(found.get("log_assignment"));
        int[] kept0 = whole(Objects.requireNonNull(found.get("kept0")));
        int[] kept1 = whole(Objects.requireNonNull(found.get("kept1")));

        assertThat(Objects.requireNonNull(found.get("layers")).values())
                .as("%s", example)
                .containsExactly(example.output("stop").values()[0], example.number("n_layers"));
        assertThat(assignment.shape()).containsExactly(1, kept0.length + 1, kept1.length + 1);
        if (example.adaptivity().drops()) {
            for (String side : new String[] {"0", "1"}) {
                assertThat(Objects.requireNonNull(found.get("prune" + side)).values())
                        .as("%s", example)
                        .containsExactly(example.output("prune" + side).values());
            }
        }
        if (example.has("kept0")) {
            for (String side : new String[] {"0", "1"}) {
                ParityRecord.assertWithin(
                        example + "/kept" + side,
                        ParityRecord.ONNX_RUNTIME,
                        Objects.requireNonNull(found.get("kept" + side)).values(),
                        example.output("kept" + side).values(),
                        0);
            }
        }
        if (example.has("log_assignment_last")) {
            ParityRecord.assertWithin(
                    example + "/log_assignment_last",
                    ParityRecord.ONNX_RUNTIME,
                    assignment.values(),
                    example.output("log_assignment_last").values(),
                    2.5e-4);
        }
        Matches mutual = kept0.length == 0 || kept1.length == 0
                ? Matches.NONE
                : LogAssignment.wrap(assignment.values(), kept0.length, kept1.length)
                        .mutual(0)
                        .renamed(kept0, kept1);
        MatcherOutcome.assertSameMatches(example, mutual, example.real("filter_threshold"), ParityRecord.ONNX_RUNTIME);
    }

    private static int[] whole(OrtModel.Array array) {
        return whole(array.values());
    }

    private static int[] whole(float[] values) {
        int[] numbers = new int[values.length];
        for (int i = 0; i < values.length; i++) {
            numbers[i] = (int) values[i];
        }
        return numbers;
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 100})
    void superGlueGivesTheReferencesAssignments(int iterations) throws IOException, OrtException {
        SuperGlueNetwork network = new SuperGlueNetwork(iterations);
        int compared = 0;
        try (Weights weights = ReferenceWeights.of(network, "superglue");
                OrtModel model = new OrtModel(OnnxExport.matcher(
                        network, weights, PixelFrame.CENTRE, ExtractorParityTest.provenance("superglue"), folder))) {
            for (MatcherCase example : MatcherCase.all("superglue")) {
                if (isEmpty(example) || example.number("sinkhorn_iterations") != iterations) {
                    continue;
                }
                Map<String, OrtModel.Array> inputs = inputs(example);
                for (int view = 0; view < 2; view++) {
                    float[] scores = example.input("scores", view).values();
                    inputs.put("scores" + view, new OrtModel.Array(scores, 1, scores.length, 1));
                }
                OrtModel.Array found = model.run(inputs, "log_assignment");
                assertThat(found.shape()).containsExactly(1, example.count(0) + 1, example.count(1) + 1);
                ParityRecord.assertWithin(
                        example + "/log_assignment",
                        ParityRecord.ONNX_RUNTIME,
                        found.values(),
                        example.output("log_assignment").values(),
                        2e-4);
                Matches mutual = LogAssignment.wrap(found.values(), example.count(0), example.count(1))
                        .mutual(0);
                MatcherOutcome.assertSameMatches(
                        example, mutual, example.real("match_threshold"), ParityRecord.ONNX_RUNTIME);
                compared++;
            }
        }
        assertThat(compared).isPositive();
    }
}
