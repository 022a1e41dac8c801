package io.tiepoint.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tiepoint.core.image.ColorImage;
import io.tiepoint.core.image.GrayImage;
import io.tiepoint.core.image.ImageFiles;
import io.tiepoint.core.image.ImageSize;
import io.tiepoint.core.image.Resize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MatchCommandTest {
    @TempDir
    private Path folder;

    private Path file0;
    private Path file1;
    private Path picture;
    private Path json;

    /** Two views of one image: the second is moved by 24 px to the left and 16 px up. */
    @BeforeEach
    void writeImages() throws IOException {
        GrayImage scene = TestImages.rectangles(1, 400, 300);
        file0 = TestImages.write(TestImages.crop(scene, 0, 0, 320, 240), folder.resolve("a.png"));
        file1 = TestImages.write(TestImages.crop(scene, 24, 16, 320, 240), folder.resolve("b.png"));
        picture = folder.resolve("out.png");
        json = folder.resolve("out.json");
    }

    @Test
    void findsTheHomographyOfTwoViews() throws IOException {
        Cli run = match(file0, file1, "--json", json);
        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).contains("a.png: 320x240 px", "agree with a homography", "ms extraction", "out.png");
        ColorImage drawn = ImageFiles.readColor(picture);
        assertThat(drawn.width()).isGreaterThanOrEqualTo(640);

        JsonNode root = new ObjectMapper().readTree(json.toFile());
        assertThat(root.get("format").asText()).isEqualTo("tiepoint-matches/1");
        assertThat(root.get("pixel_frame").asText()).isEqualTo("CORNER");
        assertThat(root.at("/image1/width").asInt()).isEqualTo(320);
        assertThat(root.at("/image1/height").asInt()).isEqualTo(240);
        int matches = root.get("match_count").asInt();
        assertThat(matches).isGreaterThan(20);
        assertThat(root.get("matches")).hasSize(matches);
        assertThat(root.get("matching_scores")).hasSize(matches);
        assertThat(root.get("inliers")).hasSize(matches);
        assertThat(root.get("keypoints0"))
                .hasSize(root.at("/image0/keypoint_count").asInt());
        assertThat(root.get("keypoint_scores1")).hasSameSizeAs(root.get("keypoints1"));
        assertThat(root.at("/geometry/model").asText()).isEqualTo("homography");
        assertThat(root.at("/geometry/matrix/0/0").asDouble()).isCloseTo(1, within(0.02));
        assertThat(root.at("/geometry/matrix/0/2").asDouble()).isCloseTo(-24, within(1.0));
        assertThat(root.at("/geometry/matrix/1/2").asDouble()).isCloseTo(-16, within(1.0));
        assertThat(root.at("/geometry/matrix/2/2").asDouble()).isEqualTo(1);
        assertThat(root.at("/times_ms/matching").asDouble()).isPositive();
        JsonNode pair = root.at("/matches/0");
        double x0 = root.get("keypoints0").get(pair.get(0).asInt()).get(0).asDouble();
        double x1 = root.get("keypoints1").get(pair.get(1).asInt()).get(0).asDouble();
        assertThat(root.at("/inliers/0").asBoolean()).isEqualTo(Math.abs(x0 - 24 - x1) < 3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"lightglue", "nearest"})
    void theShippedModelsMatchTwoViews(String matcher) throws IOException {
        Cli run = Cli.run("match", file0, file1, "--matcher", matcher, "--out", picture, "--json", json);
        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEmpty();
        JsonNode root = new ObjectMapper().readTree(json.toFile());
        assertThat(root.get("extractor").asText()).isEqualTo("tiepoint-s");
        assertThat(root.at("/geometry/matrix/0/2").asDouble()).isCloseTo(-24, within(3.0));
        assertThat(root.at("/geometry/matrix/1/2").asDouble()).isCloseTo(-16, within(3.0));
    }

    @Test
    void keypointsOfALargeImageAreThoseOfTheImageAsItIs() throws IOException {
        GrayImage large = Resize.resize(TestImages.rectangles(1, 400, 300), new ImageSize(1600, 1200));
        Path file = TestImages.write(large, folder.resolve("large.png"));
        assertThat(match(file, file0, "--json", json, "--resize", 400).exitCode())
                .isZero();
        JsonNode root = new ObjectMapper().readTree(json.toFile());
        double largest = 0;
        for (JsonNode keypoint : root.get("keypoints0")) {
            largest = Math.max(largest, keypoint.get(0).asDouble());
        }
        assertThat(largest).isBetween(1200.0, 1600.0);
        assertThat(root.at("/geometry/matrix/0/0").asDouble()).as("scale").isCloseTo(0.25, within(0.01));
    }

    @Test
    void numbersGoToTheOutputAlone() throws IOException {
        Cli run = match(file0, file1, "--json", "-");
        assertThat(run.exitCode()).isZero();
        assertThat(new ObjectMapper().readTree(run.out()).get("match_count").asInt())
                .isPositive();
        assertThat(run.err()).contains("matches");
    }

    @ParameterizedTest
    @ValueSource(strings = {"fundamental", "essential", "none"})
    void otherGeometriesCanBeAskedFor(String geometry) {
        Cli run = match(file0, file1, "--geometry", geometry);
        assertThat(run.exitCode()).isZero();
        assertThat(picture).exists();
    }

    @Test
    void imagesThatShareNothingAreSaidToShareNothing() throws IOException {
        Path other = TestImages.write(TestImages.rectangles(2, 320, 240), folder.resolve("other.png"));
        Cli run = match(file0, other, "--json", json);
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("nothing in common");
        assertThat(picture).exists();
        assertThat(new ObjectMapper().readTree(json.toFile()).get("geometry").isNull())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1x1", "20000x3", "64x48"})
    void imagesWithNothingToFindGiveAResult(String size) throws IOException {
        int width = Integer.parseInt(size.split("x", -1)[0]);
        int height = Integer.parseInt(size.split("x", -1)[1]);
        Path black = TestImages.write(TestImages.black(width, height), folder.resolve("black.png"));
        Cli run = match(black, file1);
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("black.png: " + size + " px, 0 keypoints", "nothing in common");
        assertThat(picture).exists();
    }

    @ParameterizedTest
    @ValueSource(strings = {"missing", "empty", "truncated", "text", "folder"})
    void aFileThatIsNoImageIsAFailureWithOneSentence(String kind) throws IOException {
        Path bad = bad(kind);
        Cli run = match(file0, bad, "--json", json);
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .startsWith("tiepoint: " + bad + ": expected ")
                .contains("found")
                .hasLineCount(1);
        assertThat(run.out()).isEmpty();
        assertThat(picture).doesNotExist();
        assertThat(json).doesNotExist();
    }

    private Path bad(String kind) throws IOException {
        Path file = folder.resolve(kind + ".png");
        byte[] whole = Files.readAllBytes(file0);
        return switch (kind) {
            case "empty" -> Files.write(file, new byte[0]);
            case "truncated" -> Files.write(file, Arrays.copyOf(whole, whole.length / 2));
            case "text" -> Files.writeString(file, "not an image at all, but long enough to be looked at");
            case "folder" -> Files.createDirectory(file);
            default -> file;
        };
    }

    @Test
    void anOutputThatExistsIsKept() throws IOException {
        Path kept = Files.writeString(picture, "precious");
        Cli run = match(file0, file1);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .contains("out.png: expected nothing there", "--overwrite")
                .hasLineCount(1);
        assertThat(kept).hasContent("precious");

        assertThat(match(file0, file1, "--overwrite").exitCode()).isZero();
        assertThat(ImageFiles.readColor(kept).width()).isPositive();
    }

    @Test
    void anInputIsNeverWrittenOver() throws IOException {
        byte[] before = Files.readAllBytes(file0);
        Cli run = Cli.run("match", file0, file1, "--extractor", "rootsift", "--out", file0, "--overwrite");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("a.png");
        assertThat(Files.readAllBytes(file0)).isEqualTo(before);

        assertThat(match(file0, file1, "--json", picture).exitCode()).isEqualTo(2);
    }

    @Test
    void anOutputFolderThatIsMissingIsSaidBeforeTheWork() {
        Cli run = match(file0, file1, "--json", folder.resolve("no/out.json"));
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("expected a folder to write into").hasLineCount(1);
        assertThat(picture).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--geometry affine",
                "--intrinsics 500,500,160,120",
                "--geometry essential --intrinsics 500,500,160",
                "--geometry essential --intrinsics 0,500,160,120",
                "--max-keypoints 0",
                "--threads 0",
                "--resize -1",
                "--threshold 0",
                "--matcher lightglue",
                "--model x.onnx --matcher lightglue",
                "--matcher-model x.onnx --matcher nearest",
                "--colour red"
            })
    void wrongOptionsAreWrongUsage(String options) {
        Cli run = match(file0, file1, (Object[]) options.split(" ", -1));
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).startsWith("tiepoint: ").doesNotContain("\tat ");
        assertThat(picture).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"missing", "empty", "text", "folder"})
    void aFileThatIsNoModelIsAFailureWithOneSentence(String kind) throws IOException {
        Path model = bad(kind);
        Cli run = Cli.run("match", file0, file1, "--model", model, "--matcher", "nearest", "--out", picture);
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .startsWith("tiepoint: " + folder)
                .contains(": expected ", "found")
                .hasLineCount(1);
        assertThat(picture).doesNotExist();
    }

    @Test
    void aModelOfSomebodyElseIsNamedAsSuch() throws IOException {
        Path model = Files.writeString(folder.resolve("foreign.onnx"), "some other network");
        Path card = Files.writeString(folder.resolve("foreign.card.json"), "{\"name\": \"yolo\"}");
        Cli run = Cli.run("match", file0, file1, "--model", model, "--matcher", "nearest", "--out", picture);
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .startsWith("tiepoint: " + card + ": expected a model card")
                .hasLineCount(1);
    }

    @Test
    void anExtractorAndItsMatcherGoTogether() {
        Cli run = Cli.run("match", file0, file1, "--model", "x.onnx", "--matcher", "lightglue", "--out", picture);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("--matcher-model").hasLineCount(1);
    }

    @Test
    void oneImageIsNotEnough() {
        Cli run = Cli.run("match", file0);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("B", "Try 'tiepoint match --help'");
    }

    private Cli match(Path image0, Path image1, Object... options) {
        Object[] args = new Object[options.length + 7];
        Object[] first = {"match", image0, image1, "--extractor", "rootsift", "--out", picture};
        System.arraycopy(first, 0, args, 0, 7);
        System.arraycopy(options, 0, args, 7, options.length);
        return Cli.run(args);
    }
}
