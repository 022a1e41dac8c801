package io.tiepoint.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tiepoint.core.features.DetectionProfile;
import io.tiepoint.core.image.GrayImage;
import io.tiepoint.core.model.ModelCard;
import io.tiepoint.testkit.parity.ParityWeights;
import io.tiepoint.train.weights.Safetensors;
import io.tiepoint.train.weights.TorchWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** XFeat on the command line, with the weights of the reference outputs: they mean nothing, but the same pixels look the same. */
class XFeatTest {
    @TempDir
    private Path folder;

    private Path weights;
    private Path model;
    private Path image0;
    private Path image1;
    private Path json;

    @BeforeEach
    void write() throws IOException {
        weights = stateDict("xfeat");
        model = folder.resolve("xfeat.onnx");
        json = folder.resolve("out.json");
        GrayImage scene = TestImages.rectangles(1, 420, 320);
        image0 = TestImages.write(TestImages.crop(scene, 0, 0, 325, 256), folder.resolve("a.png"));
        image1 = TestImages.write(TestImages.crop(scene, 64, 32, 325, 256), folder.resolve("b.png"));
    }

    private Path stateDict(String network) throws IOException {
        Map<String, Safetensors.Entry> tensors = new LinkedHashMap<>();
        ParityWeights.of(network)
                .forEach((name, tensor) -> tensors.put(name, new Safetensors.Entry(tensor.shape(), tensor.values())));
        Path file = folder.resolve(network + ".pt");
        TorchWriter.write(file, tensors);
        return file;
    }

    private Cli imported() {
        Cli run = Cli.run("weights", "import", weights, "--as", "xfeat", "--out", model, "--licence", "Apache-2.0");
        assertThat(run.exitCode()).as(run.err()).isZero();
        return run;
    }

    private Path importedMatcher() throws IOException {
        Path matcher = folder.resolve("lighterglue.onnx");
        Cli run = Cli.run("weights", "import", stateDict("lightglue-64x96"), "--as", "lightglue", "--out", matcher);
        assertThat(run.exitCode()).as(run.err()).isZero();
        return matcher;
    }

    private JsonNode match(Object... options) throws IOException {
        Object[] first = {
            "match", image0, image1, "--model", model, "--json", json, "--out", folder.resolve("o.png"), "--overwrite"
        };
        Object[] all = new Object[first.length + options.length];
        System.arraycopy(first, 0, all, 0, first.length);
        System.arraycopy(options, 0, all, first.length, options.length);
        Cli run = Cli.run(all);
        assertThat(run.exitCode()).as(run.err()).isZero();
        return new ObjectMapper().readTree(json.toFile());
    }

    @Test
    void importChecksAllTensorsAndKeepsThem() throws IOException {
        Cli run = imported();

        assertThat(run.out()).contains("122 tensors with ", "a whole xfeat", "wrote " + model);
        ModelCard card = ModelCard.read(folder.resolve("xfeat.card.json"));
        assertThat(card.descriptorSize()).isEqualTo(64);
        assertThat(card.detection()).isEqualTo(ModelCard.Detection.of(DetectionProfile.XFEAT));
        assertThat(Files.readString(folder.resolve("xfeat.card.json"))).contains("\"profile\" : \"XFEAT\"");

        Path out = folder.resolve("out");
        Path kept = folder.resolve("xfeat.safetensors");
        assertThat(Cli.run("weights", "show", kept).out()).contains("122 tensors", "architecture: xfeat");
        for (String format : new String[] {"pth", "onnx"}) {
            Cli exported = Cli.run("weights", "export", kept, "--format", format, "--out", out);
            assertThat(exported.exitCode()).as(exported.err()).isZero();
        }
        assertThat(out.resolve("xfeat.onnx")).hasSameBinaryContentAs(model);
        Map<String, Safetensors.Entry> tensors = Safetensors.read(kept).tensors();
        assertThat(tensors).hasSize(122).containsKey("fine_matcher.12.bias");
        TorchWriter.write(folder.resolve("again.pth"), tensors);
        assertThat(out.resolve("xfeat.pth")).hasSameBinaryContentAs(folder.resolve("again.pth"));

        Cli shown = Cli.run("weights", "show", model);
        assertThat(shown.exitCode()).as(shown.err()).isZero();
        assertThat(shown.out()).contains("block5.3.layer.0.weight", "licence Apache-2.0");
        Cli refused = Cli.run("weights", "export", model, "--format", "pth", "--out", folder.resolve("none"));
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err())
                .contains("fine_matcher.0.weight", "found none; a model holds only what it computes with")
                .hasLineCount(1);
    }

    /** 0.6 apart is a cosine of 0.82, which the published program asks for. */
    @ParameterizedTest
    @CsvSource({"2, false", "0.6, false", "0.6, true"})
    void nearestDescriptorsFindTheShift(double distance, boolean refine) throws IOException {
        imported();
        JsonNode found = match("--matcher", "nearest", "--max-distance", distance, refine ? "--refine" : "--no-refine");

        assertThat(found.get("extractor").asText()).isEqualTo("xfeat");
        assertThat(found.at("/geometry/matrix/0/2").asDouble()).isCloseTo(-64, within(2.0));
        assertThat(found.at("/geometry/matrix/1/2").asDouble()).isCloseTo(-32, within(2.0));
        if (!refine) {
            for (JsonNode score : found.get("matching_scores")) {
                assertThat(score.asDouble()).isGreaterThanOrEqualTo(1 - distance * distance / 2 - 1e-4);
            }
        }
    }

    @Test
    void lightGlueOfItsSizeTakesItsDescriptors() throws IOException {
        imported();
        JsonNode found = match("--matcher-model", importedMatcher(), "--no-adaptive");

        assertThat(found.get("extractor").asText()).isEqualTo("xfeat");
        assertThat(found.get("matcher").asText()).isEqualTo("lighterglue");
        assertThat(found.at("/matcher_effort/layers").asInt()).isEqualTo(6);
    }

    @Test
    void evaluateTakesItAloneAndWithItsMatcher() throws IOException {
        imported();
        Path photos = Files.createDirectory(folder.resolve("photos"));
        Path ignored = Files.copy(image0, photos.resolve("a.png"));
        Object[] alone = {
            "evaluate",
            "--photos",
            photos,
            "--model",
            model,
            "--band",
            "mild",
            "--pairs-per-photo",
            1,
            "--methods",
            "tiepoint-s,tiepoint-s-unrefined"
        };
        Cli first = Cli.run(alone);
        assertThat(first.exitCode()).as(first.err()).isZero();
        assertThat(first.out()).contains("xfeat ", "xfeat-unrefined");

        Object[] both = Arrays.copyOf(alone, alone.length + 2);
        both[alone.length - 1] = "tiepoint-s-lightglue";
        both[alone.length] = "--matcher-model";
        both[alone.length + 1] = importedMatcher();
        Cli second = Cli.run(both);
        assertThat(second.exitCode()).as(second.err()).isZero();
        assertThat(second.out()).contains("xfeat+lighterglue");
    }

    @Test
    void itsProfileIsItsOwn() throws IOException {
        Cli other = Cli.run("weights", "import", weights, "--as", "xfeat", "--out", model, "--profile", "superglue");
        assertThat(other.exitCode()).isEqualTo(2);
        assertThat(other.err())
                .contains("--profile: expected xfeat with the weights of xfeat", "found superglue with xfeat")
                .hasLineCount(1);
        Path compact = folder.resolve("compact.pth");
        TorchWriter.write(compact, TestWeights.of(TestWeights.EXTRACTOR));
        Cli wrong = Cli.run("weights", "import", compact, "--as", "tiepoint-s", "--out", model, "--profile", "xfeat");
        assertThat(wrong.exitCode()).isEqualTo(2);
        assertThat(wrong.err()).contains("found xfeat with tiepoint-s").hasLineCount(1);
        assertThat(model).doesNotExist();
        assertThat(folder.resolve("xfeat.safetensors")).doesNotExist();
        Cli same = Cli.run("weights", "import", weights, "--as", "xfeat", "--out", model, "--profile", "xfeat");
        assertThat(same.exitCode()).as(same.err()).isZero();
    }
}
