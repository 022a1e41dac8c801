package io.tiepoint.train.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tiepoint.core.features.DetectionProfile;
import io.tiepoint.core.model.ModelCard;
import io.tiepoint.core.model.ModelFormatException;
import io.tiepoint.core.random.Draws;
import io.tiepoint.core.random.Seed;
import io.tiepoint.testkit.SharedFiles;
import io.tiepoint.testkit.parity.ParityWeights;
import io.tiepoint.train.network.CompactExtractor;
import io.tiepoint.train.network.LightGlueNetwork;
import io.tiepoint.train.network.Network;
import io.tiepoint.train.network.ParameterSpec;
import io.tiepoint.train.network.SuperPointNetwork;
import io.tiepoint.train.onnx.OnnxExport;
import io.tiepoint.train.weights.Safetensors;
import io.tiepoint.train.weights.TorchWriter;
import io.tiepoint.train.weights.WeightFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WeightImportTest {
    private static final Network COMPACT = new CompactExtractor(List.of(4, 6), List.of(8, 5), 7, 10);

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("weights.pth");
    }

    private static Map<String, Safetensors.Entry> weights(Network network) {
        Draws draws = new Seed(7).draws();
        Map<String, Safetensors.Entry> tensors = new LinkedHashMap<>();
        for (ParameterSpec spec : network.parameters()) {
            float[] values = new float[spec.count()];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) draws.nextGaussian() * 0.1f;
            }
            tensors.put(spec.name(), new Safetensors.Entry(spec.shape(), values));
        }
        return tensors;
    }

    private static Map<String, Safetensors.Entry> renamed(
            Map<String, Safetensors.Entry> tensors, UnaryOperator<String> name) {
        Map<String, Safetensors.Entry> renamed = new LinkedHashMap<>();
        tensors.forEach((key, entry) -> renamed.put(name.apply(key), entry));
        return renamed;
    }

    private ImportedWeights imported(Map<String, Safetensors.Entry> tensors, String architecture) throws IOException {
        TorchWriter.write(file, tensors);
        return WeightImport.read(file, Architectures.named(architecture));
    }

    private static void assertSame(Map<String, Safetensors.Entry> found, Map<String, Safetensors.Entry> expected) {
        assertThat(found.keySet()).containsExactlyInAnyOrderElementsOf(expected.keySet());
        expected.forEach((name, entry) -> {
            Safetensors.Entry same = Objects.requireNonNull(found.get(name), name);
            assertThat(same.shape()).as(name).isEqualTo(entry.shape());
            assertThat(Arrays.equals(same.values(), entry.values())).as(name).isTrue();
        });
    }

    private static Map<String, Safetensors.Entry> parity(String network) throws IOException {
        Map<String, Safetensors.Entry> expected = new LinkedHashMap<>();
        ParityWeights.of(network)
                .forEach((name, tensor) -> expected.put(name, new Safetensors.Entry(tensor.shape(), tensor.values())));
        return expected;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "superpoint.pth",
                "superpoint_legacy.pth",
                "superpoint_tricky.pth",
                "superpoint_tricky_legacy.pth",
                "superpoint.safetensors"
            })
    void takesSuperPointFromEveryKindOfFile(String name) throws IOException {
        Path shared = SharedFiles.get("parity/big/loaders/" + name);
        ImportedWeights found = WeightImport.read(shared, Architectures.named("superpoint"));
        assertSame(found.tensors(), parity("superpoint"));
        assertThat(List.copyOf(found.tensors().keySet())).first().isEqualTo("conv1a.weight");
        assertThat(found.parameterCount()).isEqualTo(1_300_865);
        assertThat(found.leftOut()).isEmpty();
    }

    /** The released files turn block and number round, and may hold the thresholds of the layers. */
    @ParameterizedTest
    @CsvSource({"lightglue-256, 256, 256, 9, 4", "lightglue-128, 128, 256, 9, 4", "lightglue-64x96, 64, 96, 6, 1"})
    void takesLightGlueUnderItsReleasedNames(String network, int inputSize, int width, int layers, int heads)
            throws IOException {
        Map<String, Safetensors.Entry> all = parity(network);
        UnaryOperator<String> released =
                name -> name.replaceFirst("^transformers\\.(\\d+)\\.(self_attn|cross_attn)\\.", "$2.$1.");
        ImportedWeights found = imported(renamed(all, released), "lightglue");
        List<String> expected = new LightGlueNetwork(inputSize, width, layers, heads)
                .parameters().stream().map(ParameterSpec::name).toList();
        assertThat(List.copyOf(found.tensors().keySet())).isEqualTo(expected);
        assertThat(found.leftOut()).containsExactly("confidence_thresholds");
        all.keySet().retainAll(expected);
        assertSame(found.tensors(), all);
        assertSame(imported(all, "lightglue").tensors(), all);
    }

    @Test
    void takesLightGlueWithScalesAndOrientations() throws IOException {
        Map<String, Safetensors.Entry> all = parity("lightglue-128so");
        ImportedWeights found = imported(all, "lightglue");
        all.remove("confidence_thresholds");
        assertSame(found.tensors(), all);
    }

    @ParameterizedTest
    @ValueSource(strings = {"module.", "model.", "state_dict.model.extractor.", "a.b.c."})
    void findsANetworkBelowAnyPrefix(String prefix) throws IOException {
        Map<String, Safetensors.Entry> tensors = weights(COMPACT);
        Map<String, Safetensors.Entry> file = renamed(tensors, prefix::concat);
        file.putAll(renamed(weights(new LightGlueNetwork(8, 8, 1, 1)), "matcher."::concat));
        ImportedWeights found = imported(file, "tiepoint-s");
        assertSame(found.tensors(), tensors);
        assertThat(found.leftOut())
                .allMatch(name -> name.startsWith("matcher."))
                .contains("matcher.posenc.Wr.weight");
        assertThat(imported(file, "lightglue").leftOut()).hasSameSizeAs(tensors.keySet());
    }

    @Test
    void anExtractorsModelFileGivesItsWeightsBack() throws IOException {
        OnnxExport.Provenance provenance = new OnnxExport.Provenance(
                "model", "noise", "Apache-2.0", ModelCard.emptyObject(), ModelCard.emptyObject());
        Map<String, Network> networks = Map.of("tiepoint-s", COMPACT, "superpoint", new SuperPointNetwork());
        for (Map.Entry<String, Network> network : networks.entrySet()) {
            Map<String, Safetensors.Entry> tensors = weights(network.getValue());
            Path onnx = written(imported(tensors, network.getKey()), provenance);
            assertThat(WeightImport.recognise(WeightFile.read(onnx))
                            .orElseThrow()
                            .name())
                    .isEqualTo(network.getKey());
            Map<String, Safetensors.Entry> found =
                    new LinkedHashMap<>(WeightImport.read(onnx, Architectures.named(network.getKey()))
                            .tensors());
            assertSame(found, tensors);
        }
    }

    private Path written(ImportedWeights weights, OnnxExport.Provenance provenance) throws IOException {
        return weights.writeOnnx(weights.architecture().published(weights.network()), provenance, folder);
    }

    private void assertRefused(Map<String, Safetensors.Entry> tensors, String... parts) throws IOException {
        TorchWriter.write(file, tensors);
        assertThatThrownBy(() -> WeightImport.read(file, Architectures.named("tiepoint-s")))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageStartingWith(file + ": ")
                .hasMessageContainingAll(parts)
                .hasMessageNotContaining("\n");
    }

    @Test
    void refusesWhatDoesNotFitExactly() throws IOException {
        Map<String, Safetensors.Entry> missing = weights(COMPACT);
        missing.remove("detector.1.bias");
        assertRefused(missing, "detector.1.bias: expected a tensor of shape [65], found none");

        Map<String, Safetensors.Entry> extra = weights(COMPACT);
        extra.put("detector.2.bias", new Safetensors.Entry(List.of(1L), new float[1]));
        assertRefused(extra, "detector.2.bias: expected no such tensor in tiepoint-s, found one");

        Map<String, Safetensors.Entry> shape = weights(COMPACT);
        shape.put("detector.1.bias", new Safetensors.Entry(List.of(1L, 65L), new float[65]));
        assertRefused(shape, "detector.1.bias: expected shape [65], found [1, 65]");

        Map<String, Safetensors.Entry> scalar = weights(COMPACT);
        scalar.put("detector.0.weight", new Safetensors.Entry(List.of(), new float[1]));
        assertRefused(scalar, "detector.0.weight: expected a size from 1 to 65536 in dimension 0, found shape []");

        for (float value : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
            Map<String, Safetensors.Entry> damaged = weights(COMPACT);
            Objects.requireNonNull(damaged.get("quarter.0.weight")).values()[3] = value;
            assertRefused(damaged, "quarter.0.weight: expected finite values, found " + value);
        }

        Map<String, Safetensors.Entry> twice = renamed(weights(COMPACT), "student."::concat);
        twice.putAll(renamed(weights(COMPACT), "teacher."::concat));
        assertRefused(twice, "expected the weights of one tiepoint-s", "several, below student., teacher.");

        assertRefused(
                weights(new LightGlueNetwork(8, 8, 1, 1)),
                "with a tensor quarter.0.weight, found none; its tensors are posenc.Wr.weight, ");
    }

    @Test
    void takesSuperGlueAndNotForAnotherNetwork() throws IOException {
        Map<String, Safetensors.Entry> superGlue = parity("superglue");
        assertThat(superGlue)
                .hasSize(339)
                .containsKeys("bin_score", "kenc.encoder.0.weight", "gnn.layers.17.mlp.3.bias");
        assertSame(imported(superGlue, "superglue").tensors(), superGlue);
        for (Architecture architecture : List.of(Architectures.named("superpoint"), Architectures.named("lightglue"))) {
            assertThatThrownBy(() -> WeightImport.read(file, architecture))
                    .isInstanceOf(ModelFormatException.class)
                    .hasMessageContaining("found none; its tensors are bin_score, kenc.encoder.0.weight");
        }
    }

    @Test
    void takesRpautratsSuperPoint() throws IOException {
        ImportedWeights found = WeightImport.read(
                SharedFiles.get("parity/big/loaders/superpoint-rp.pth"), Architectures.named("superpoint"));
        assertSame(found.tensors(), parity("superpoint-rp"));
        ModelCard.Detection detection = Objects.requireNonNull(
                found.architecture().published(found.network()).detection());
        assertThat(detection.profile()).isEqualTo(DetectionProfile.RPAUTRAT);
    }

    /** The matcher of the dense mode belongs to it, although nothing here computes with it. */
    @Test
    void takesXFeatWithAllItsTensors() throws IOException {
        Map<String, Safetensors.Entry> xFeat = parity("xfeat");
        ImportedWeights found = imported(renamed(xFeat, "net."::concat), "xfeat");
        assertThat(List.copyOf(found.tensors().keySet())).hasSize(122).isEqualTo(List.copyOf(xFeat.keySet()));
        assertSame(found.tensors(), xFeat);
        assertThat(found.leftOut()).isEmpty();
        assertThat(found.architecture().published(found.network()).detection())
                .isEqualTo(new ModelCard.Detection(0.05f, 2, 0, DetectionProfile.XFEAT));
        assertThat(WeightImport.recognise(WeightFile.read(file)).orElseThrow().name())
                .isEqualTo("xfeat");

        Safetensors.Entry last = Objects.requireNonNull(xFeat.remove("fine_matcher.12.weight"));
        TorchWriter.write(file, xFeat);
        assertThatThrownBy(() -> WeightImport.read(file, Architectures.named("xfeat")))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("fine_matcher.12.weight: expected a tensor of shape [64, 512], found none");
        xFeat.put("fine_matcher.12.weight", new Safetensors.Entry(List.of(512L, 64L), last.values()));
        TorchWriter.write(file, xFeat);
        assertThatThrownBy(() -> WeightImport.read(file, Architectures.named("xfeat")))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("fine_matcher.12.weight: expected shape [64, 512], found [512, 64]");
    }

    @Test
    void xFeatsModelHoldsOnlyWhatItComputesWith() throws IOException {
        Map<String, Safetensors.Entry> xFeat = parity("xfeat");
        Path onnx = written(
                imported(xFeat, "xfeat"),
                new OnnxExport.Provenance(
                        "xfeat", "noise", "Apache-2.0", ModelCard.emptyObject(), ModelCard.emptyObject()));
        WeightFile read = WeightFile.read(onnx);
        assertThat(WeightImport.recognise(read).orElseThrow().name()).isEqualTo("xfeat");
        assertThat(read.state().tensors()).containsKey("block1.0.layer.1.running_mean");
        assertThatThrownBy(() -> WeightImport.of(read, onnx, Architectures.named("xfeat")))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("fine_matcher.0.weight: expected a tensor of shape [512, 128], found none;"
                        + " a model holds only what it computes with, so take the run or the .safetensors");
    }

    /** A profile that weighs by reliability needs a network that says it, and the other way round. */
    @Test
    void aProfileHasToSuitTheNetwork() throws IOException {
        OnnxExport.Provenance provenance = new OnnxExport.Provenance(
                "model", "noise", "Apache-2.0", ModelCard.emptyObject(), ModelCard.emptyObject());
        ImportedWeights compact = imported(weights(COMPACT), "tiepoint-s");
        Conventions published = Architectures.named("xfeat").published(compact.network());
        assertThatThrownBy(() -> compact.writeOnnx(published, provenance, folder))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("profile: expected one that does not weigh by reliability, found XFEAT");
        ImportedWeights xFeat = imported(parity("xfeat"), "xfeat");
        Conventions superPoint = Architectures.named("superpoint").published(xFeat.network());
        assertThatThrownBy(() -> xFeat.writeOnnx(superPoint, provenance, folder))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("profile: expected one that weighs by reliability, found SUPERGLUE");
    }

    @Test
    void everyArchitectureHasAName() {
        List<String> names = new ArrayList<>();
        Architectures.ALL.forEach(architecture -> names.add(architecture.name()));
        assertThat(names)
                .doesNotHaveDuplicates()
                .contains("superpoint", "superglue", "lightglue", "xfeat", "tiepoint-s");
        assertThatThrownBy(() -> Architectures.named("yolo"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("expected superpoint, ", "found yolo");
    }
}
