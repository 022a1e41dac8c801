package io.tiepoint.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tiepoint.core.image.GrayImage;
import io.tiepoint.evaluate.EvaluationReport;
import io.tiepoint.train.network.LightGlueNetwork;
import io.tiepoint.train.network.Network;
import io.tiepoint.train.network.PositionEncoder;
import io.tiepoint.train.weights.TorchWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Extractors and matchers from different places, put together on the command line. */
class MixedModelsTest {
    private static final int SHIPPED_SIZE = 64;
    private static final int SIFT_SIZE = 128;

    @TempDir
    private Path folder;

    private Path image0;
    private Path image1;
    private Path json;

    @BeforeEach
    void writeImages() throws IOException {
        GrayImage scene = TestImages.rectangles(1, 400, 300);
        image0 = TestImages.write(TestImages.crop(scene, 0, 0, 320, 240), folder.resolve("a.png"));
        image1 = TestImages.write(TestImages.crop(scene, 24, 16, 320, 240), folder.resolve("b.png"));
        json = folder.resolve("out.json");
    }

    private Path imported(Network network, String architecture) throws IOException {
        Path weights = folder.resolve(architecture + ".pth");
        TorchWriter.write(weights, TestWeights.of(network));
        Path model = folder.resolve(architecture + ".onnx");
        Cli run = Cli.run("weights", "import", weights, "--as", architecture, "--out", model);
        assertThat(run.exitCode()).as(run.err()).isZero();
        return model;
    }

    private Path lightGlue(int descriptorSize, int layers, PositionEncoder positions) throws IOException {
        return imported(new LightGlueNetwork(descriptorSize, 8, layers, 1, positions), "lightglue");
    }

    private Cli match(Object... options) {
        Object[] all = new Object[options.length + 8];
        Object[] first = {"match", image0, image1, "--json", json, "--out", folder.resolve("out.png"), "--overwrite"};
        System.arraycopy(first, 0, all, 0, first.length);
        System.arraycopy(options, 0, all, first.length, options.length);
        return Cli.run(all);
    }

    private JsonNode numbers() throws IOException {
        return new ObjectMapper().readTree(json.toFile());
    }

    @Test
    void aMatcherAloneWorksWithTheShippedExtractor() throws IOException {
        Path matcher = lightGlue(SHIPPED_SIZE, 2, PositionEncoder.ROTARY);

        Cli run = match("--matcher-model", matcher);

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(numbers().get("extractor").asText()).isEqualTo("tiepoint-s");
        assertThat(numbers().get("matcher").asText()).isEqualTo("lightglue");
        assertThat(numbers().at("/matcher_effort/all_layers").asInt()).isEqualTo(2);
    }

    @Test
    void aMatcherOfOtherDescriptorsIsRefusedBeforeAnyWork() throws IOException {
        Path matcher = lightGlue(8, 1, PositionEncoder.ROTARY);
        String sentence = "tiepoint: " + matcher + ": expected a matcher of descriptors of length %s as %s gives them,"
                + " found one for length 8; take the matcher that was trained for this extractor\n";

        Cli matched = match("--matcher-model", matcher);
        Cli sift = match("--matcher-model", matcher, "--extractor", "rootsift");
        Path photos = Files.createDirectory(folder.resolve("photos"));
        Path ignored = Files.copy(image0, photos.resolve("a.png"));
        Cli evaluated = Cli.run("evaluate", "--photos", photos, "--matcher-model", matcher);

        for (Cli run : new Cli[] {matched, evaluated}) {
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.err()).isEqualTo(sentence.formatted(SHIPPED_SIZE, "tiepoint-s"));
        }
        assertThat(sift.err()).isEqualTo(sentence.formatted(SIFT_SIZE, "rootsift"));
        assertThat(json).doesNotExist();
    }

    @Test
    void aMatcherOfScalesAndOrientationsTakesSift() throws IOException {
        Path matcher = lightGlue(SIFT_SIZE, 1, PositionEncoder.ROTARY_WITH_SCALE_AND_ORIENTATION);

        Cli run = match("--matcher-model", matcher, "--extractor", "rootsift");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(numbers().get("extractor").asText()).isEqualTo("rootsift");
        assertThat(numbers().get("matcher").asText()).isEqualTo("lightglue");
        Path positions = lightGlueWithShapes(SHIPPED_SIZE);
        assertThat(match("--matcher-model", positions).err())
                .contains("also takes scales and orientations, which tiepoint-s does not measure")
                .hasLineCount(1);
    }

    private Path lightGlueWithShapes(int descriptorSize) throws IOException {
        Files.delete(folder.resolve("lightglue.onnx"));
        Files.delete(folder.resolve("lightglue.card.json"));
        Files.delete(folder.resolve("lightglue.safetensors"));
        return lightGlue(descriptorSize, 1, PositionEncoder.ROTARY_WITH_SCALE_AND_ORIENTATION);
    }

    @Test
    void aMatcherGoesAsFarAsItMay() throws IOException {
        assertThat(match("--matcher", "lightglue").exitCode()).isZero();
        JsonNode effort = numbers().get("matcher_effort");
        assertThat(effort.get("all_layers").asInt()).isEqualTo(3);
        assertThat(effort.get("layers").asInt()).isBetween(1, 3);

        Cli whole = match("--matcher", "lightglue", "--no-adaptive");
        assertThat(whole.out()).contains("matcher: 3 of 3 layers, 0 and 0 keypoints dropped on the way");
        assertThat(numbers().get("matcher_effort").toString())
                .isEqualTo("{\"layers\":3,\"all_layers\":3,\"dropped_keypoints0\":0,\"dropped_keypoints1\":0}");

        Cli hasty = match("--matcher", "lightglue", "--depth-confidence", 0.01, "--width-confidence", 0);
        assertThat(hasty.out()).contains("matcher: 1 of 3 layers, 0 and 0 keypoints dropped on the way");

        Cli sparing = match("--matcher", "lightglue", "--depth-confidence", 0, "--width-confidence", 0.1);
        assertThat(sparing.exitCode()).isZero();
        assertThat(numbers().at("/matcher_effort/layers").asInt()).isBetween(2, 3);
        assertThat(numbers().at("/matcher_effort/dropped_keypoints0").asInt()).isPositive();

        assertThat(match("--matcher", "nearest").exitCode()).isZero();
        assertThat(numbers().has("matcher_effort")).isFalse();
    }

    @Test
    void nearestDescriptorsMayHaveToBeNear() throws IOException {
        assertThat(match("--no-refine").exitCode()).isZero();
        int all = numbers().get("match_count").asInt();
        assertThat(match("--no-refine", "--max-distance", 0.5).exitCode()).isZero();

        assertThat(numbers().get("matcher").asText()).isEqualTo("mutual-nearest-within-0.5");
        assertThat(numbers().get("match_count").asInt()).isPositive().isLessThan(all);
        for (JsonNode score : numbers().get("matching_scores")) {
            assertThat(score.asDouble()).isGreaterThanOrEqualTo(1 - 0.5 * 0.5 / 2 - 1e-4);
        }
    }

    @Test
    void evaluateTakesAnExtractorAndAMatcher() throws IOException {
        Path extractor = imported(TestWeights.EXTRACTOR, "tiepoint-s");
        Path matcher = imported(TestWeights.MATCHER, "lightglue");
        Path photos = Files.createDirectory(folder.resolve("photos"));
        Path ignored = Files.copy(image0, photos.resolve("a.png"));

        Cli run = Cli.run(
                "evaluate",
                "--photos",
                photos,
                "--model",
                extractor,
                "--matcher-model",
                matcher,
                "--methods",
                "tiepoint-s,tiepoint-s-lightglue,tiepoint-s-lightglue-unrefined",
                "--band",
                "mild",
                "--depth-confidence",
                0.5,
                "--json",
                json);

        assertThat(run.exitCode()).as(run.err()).isZero();
        EvaluationReport report = EvaluationReport.read(json);
        assertThat(report.methods())
                .extracting(EvaluationReport.MethodReport::method)
                .containsExactly("tiepoint-s", "tiepoint-s+lightglue", "tiepoint-s+lightglue-unrefined");
        assertThat(report.options()).containsEntry("depthConfidence", "0.5").containsEntry("widthConfidence", "0.99");
    }

    @ParameterizedTest
    @CsvSource({
        "--no-adaptive --depth-confidence 0.9, --no-adaptive: expected without",
        "--depth-confidence 1.5, '--depth-confidence: expected in [0, 1], found 1.5'",
        "--width-confidence -1, '--width-confidence: expected in [0, 1], found -1.0'",
        "--max-distance 0, '--max-distance: expected in (0, 2], found 0.0'",
        "--max-distance 1 --matcher lightglue, '--max-distance: expected with nearest'",
        "--extractor orb --max-distance 1, 'expected nearest without --max-distance'",
        "--matcher-model x.onnx --matcher ratio, '--matcher-model: expected with the matcher lightglue only'",
        "--matcher-model x.onnx --extractor orb, 'expected nearest without --max-distance with the extractor orb'"
    })
    void optionsThatContradictEachOtherAreWrongUsage(String options, String sentence) {
        Cli run = match((Object[]) options.split(" ", -1));

        assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
        assertThat(run.err()).contains(sentence).hasLineCount(1);
        assertThat(json).doesNotExist();
    }
}
