package io.tiepoint.app;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tiepoint.core.image.ImageFiles;
import io.tiepoint.interop.dataset.DataSample;
import io.tiepoint.interop.dataset.DataSetReader;
import io.tiepoint.interop.npy.NpyArray;
import io.tiepoint.synthetic.homography.HomographyRecipe;
import io.tiepoint.synthetic.pairs.PairRecipe;
import io.tiepoint.synthetic.pairs.ViewPairRecipe;
import io.tiepoint.synthetic.photometric.PhotometricRecipe;
import io.tiepoint.synthetic.shapes.ShapesRecipe;
import io.tiepoint.train.recipe.Recipes;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SynthCommandTest {
    @TempDir
    private Path folder;

    private static void succeeds(Object... args) {
        Cli run = Cli.run(args);
        assertThat(run.exitCode()).as(run.err()).isZero();
    }

    private static SortedMap<String, String> bytesOf(Path set) throws IOException {
        SortedMap<String, String> bytes = new TreeMap<>();
        try (Stream<Path> files = Files.walk(set)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                bytes.put(
                        set.relativize(file).toString(),
                        new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
            }
        }
        return bytes;
    }

    @ParameterizedTest
    @ValueSource(strings = {"shapes", "images", "pairs"})
    void anyNumberOfWorkersMakesTheSameBytes(String kind) throws IOException {
        List<SortedMap<String, String>> sets = new ArrayList<>();
        for (String workers : List.of("1", "2", "8", "1")) {
            Path out = folder.resolve(kind + sets.size());
            succeeds(
                    "synth",
                    kind,
                    "--count",
                    11,
                    "--shard-size",
                    4,
                    "--size",
                    "96x64",
                    "--seed",
                    5,
                    "--workers",
                    workers,
                    "--out",
                    out);
            sets.add(bytesOf(out));
        }
        assertThat(sets.get(0)).hasSize(4);
        for (SortedMap<String, String> set : sets) {
            assertThat(set.equals(sets.get(0))).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"shapes", "images", "pairs"})
    void aSampleDoesNotDependOnTheOthers(String kind) throws IOException {
        succeeds("synth", kind, "--count", 12, "--size", "96x64", "--out", folder.resolve("few"));
        succeeds(
                "synth",
                kind,
                "--count",
                40,
                "--shard-size",
                7,
                "--format",
                "folder",
                "--size",
                "96x64",
                "--out",
                folder.resolve("many"));
        List<DataSample> few =
                DataSetReader.open(folder.resolve("few")).samples().toList();
        List<DataSample> many =
                DataSetReader.open(folder.resolve("many")).samples().limit(12).toList();
        assertThat(few).hasSize(12).isEqualTo(many);
        succeeds("synth", kind, "--count", 12, "--size", "96x64", "--seed", 2, "--out", folder.resolve("other"));
        assertThat(DataSetReader.open(folder.resolve("other")).samples().toList())
                .isNotEqualTo(few);
    }

    @Test
    void theSameCommandGoesOn() throws IOException {
        Path out = folder.resolve("set");
        Object[] command = {"synth", "shapes", "--count", 20, "--shard-size", 5, "--size", "64x48", "--out", out};
        succeeds(command);
        SortedMap<String, String> whole = bytesOf(out);
        Files.delete(out.resolve("shard-000002.tar"));
        Cli again = Cli.run(command);
        assertThat(again.exitCode()).isZero();
        assertThat(again.out()).contains("20 samples in 4 shards", "(15 of them were there)");
        assertThat(bytesOf(out).equals(whole)).isTrue();

        Cli other = Cli.run("synth", "shapes", "--count", 21, "--shard-size", 5, "--size", "64x48", "--out", out);
        assertThat(other.exitCode()).isEqualTo(1);
        assertThat(other.err())
                .contains("expected a data set with count 21, found 20")
                .hasLineCount(1);
    }

    @Test
    void pairsCarryTheirTruthToTheThousandthOfAPixel() throws IOException {
        Path out = folder.resolve("set");
        succeeds("synth", "pairs", "--count", 6, "--size", "128x96", "--dense", "--out", out);
        for (DataSample sample : DataSetReader.open(out).samples().toList()) {
            double[] h = sample.array("h.npy").doubles();
            SortedMap<String, NpyArray> points = sample.arrays("points.npz");
            double[] points0 = requireNonNull(points.get("points0")).doubles();
            double[] points1 = requireNonNull(points.get("points1")).doubles();
            byte[] reasons = requireNonNull(points.get("reason")).bytes();
            int visible = 0;
            for (int i = 0; i < reasons.length; i++) {
                if (reasons[i] == 0) {
                    double x = points0[2 * i];
                    double y = points0[2 * i + 1];
                    double w = h[6] * x + h[7] * y + h[8];
                    assertThat((h[0] * x + h[1] * y + h[2]) / w)
                            .isCloseTo(points1[2 * i], org.assertj.core.data.Offset.offset(1e-3));
                    assertThat((h[3] * x + h[4] * y + h[5]) / w)
                            .isCloseTo(points1[2 * i + 1], org.assertj.core.data.Offset.offset(1e-3));
                    visible++;
                }
            }
            assertThat(visible).isPositive();
            NpyArray field = requireNonNull(sample.arrays("field.npz").get("points1"));
            assertThat(field.shape()).containsExactly(96, 128, 2);
        }
    }

    @ParameterizedTest
    @CsvSource({"shapes, clean, 0.97", "pairs, plain, 0.9"})
    void pythonReadsTheShards(String kind, String recipe, double least) throws Exception {
        assumeTrue(hasNumPy(), "skipped: there is no python3 with numpy on this machine");
        Path out = folder.resolve("set");
        Path file = folder.resolve("plain.yaml");
        // Without photometric changes both views show the same brightness.
        PairRecipe plain = new PairRecipe(HomographyRecipe.MILD, PhotometricRecipe.NONE, PhotometricRecipe.NONE, true);
        Path ignored = Files.writeString(file, Recipes.toYaml(ViewPairRecipe.of(plain)));
        succeeds(
                "synth",
                kind,
                "--recipe",
                recipe.equals("plain") ? file : recipe,
                "--count",
                30,
                "--shard-size",
                16,
                "--size",
                "160x120",
                "--out",
                out);
        Path script = folder.resolve("read_shards.py");
        try (InputStream source = SynthCommandTest.class.getResourceAsStream("/python/read_shards.py")) {
            assertThat(source).isNotNull();
            Path copied = Files.write(script, source.readAllBytes());
            assertThat(copied).exists();
        }
        Process python = new ProcessBuilder(
                        "python3",
                        script.toString(),
                        kind,
                        out.resolve("shard-000000.tar").toString(),
                        out.resolve("shard-000001.tar").toString())
                .redirectErrorStream(true)
                .start();
        String printed = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(python.waitFor()).as(printed).isZero();
        assertThat(printed).startsWith(kind + " 30 samples ");
        assertThat(Double.parseDouble(printed.strip().split(" ", -1)[3])).isGreaterThan(least);
    }

    static boolean hasNumPy() throws InterruptedException {
        try {
            Process python = new ProcessBuilder("python3", "-c", "import numpy").start();
            return python.waitFor(60, TimeUnit.SECONDS) && python.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void whatIsNoPhotographIsCountedAndTheRestGoesOn() throws IOException {
        Path photos = fuzzedFolder();
        for (String kind : List.of("images", "pairs")) {
            Path out = folder.resolve(kind);
            Cli run = Cli.run(
                    "synth", kind, "--photos", photos, "--count", 24, "--size", "96x64", "--workers", 3, "--out", out);
            assertThat(run.exitCode()).as(run.err()).isZero();
            assertThat(run.err())
                    .contains("skipped 7 files of the folder:")
                    .contains("2 DAMAGED", "1 EMPTY", "1 NOT_AN_IMAGE", "1 ANIMATED", "1 TOO_SMALL", "1 TOO_LARGE")
                    .contains("animated.gif: expected an image, found an animation of 3 frames")
                    .contains("truncated.jpg: expected a whole JPEG image")
                    .doesNotContain("cmyk", "sixteen", "wrong-ending", "plain");
            assertThat(DataSetReader.open(out).manifest().skipped())
                    .containsOnlyKeys(
                            "animated.gif",
                            "empty.png",
                            "huge.png",
                            "noise.png",
                            "text.jpg",
                            "tiny.png",
                            "truncated.jpg");
            assertThat(DataSetReader.open(out).samples()).hasSize(24);
        }
        Path bad = Files.createDirectory(folder.resolve("bad"));
        Path ignored = Files.writeString(bad.resolve("a.jpg"), "text");
        Cli run = Cli.run("synth", "images", "--photos", bad, "--count", 4, "--out", folder.resolve("none"));
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("expected photographs, found only unreadable ones");
    }

    private Path fuzzedFolder() throws IOException {
        Path photos = Files.createDirectory(folder.resolve("photos"));
        BufferedImage photo = photo(BufferedImage.TYPE_3BYTE_BGR, 200);
        ImageIO.write(photo, "jpeg", photos.resolve("plain.jpg").toFile());
        ImageIO.write(photo, "png", photos.resolve("wrong-ending.jpg").toFile());
        ImageIO.write(
                photo(BufferedImage.TYPE_USHORT_GRAY, 200),
                "png",
                photos.resolve("sixteen.png").toFile());
        ImageIO.write(
                photo(BufferedImage.TYPE_BYTE_GRAY, 8),
                "png",
                photos.resolve("tiny.png").toFile());
        byte[] jpeg = Files.readAllBytes(photos.resolve("plain.jpg"));
        Path unused = Files.write(photos.resolve("truncated.jpg"), Arrays.copyOf(jpeg, jpeg.length / 2));
        unused = Files.write(photos.resolve("empty.png"), new byte[0]);
        unused = Files.writeString(photos.resolve("text.jpg"), "this is a text with the wrong ending");
        byte[] png = Files.readAllBytes(photos.resolve("wrong-ending.jpg"));
        for (int i = 200; i < png.length; i += 7) {
            png[i] = (byte) (i * 31);
        }
        unused = Files.write(photos.resolve("noise.png"), png);
        // A header that asks for 60,000 x 60,000 px.
        byte[] huge = io.tiepoint.core.image.PngEncoder.encode(
                io.tiepoint.core.image.GrayImage.wrap(40, 40, new float[1600]));
        java.nio.ByteBuffer.wrap(huge).putInt(16, 60_000).putInt(20, 60_000);
        java.util.zip.CRC32 check = new java.util.zip.CRC32();
        check.update(huge, 12, 17);
        java.nio.ByteBuffer.wrap(huge).putInt(29, (int) check.getValue());
        unused = Files.write(photos.resolve("huge.png"), huge);
        assertThat(unused).exists();
        writeAnimation(photos.resolve("animated.gif"), photo);
        return photos;
    }

    private static BufferedImage photo(int type, int side) {
        BufferedImage image = new BufferedImage(side, side, type);
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                image.setRGB(x, y, 0x10305 * ((x * y + 7 * x) % 80));
            }
        }
        return image;
    }

    private static void writeAnimation(Path file, BufferedImage frame) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("gif").next();
        try (ImageOutputStream stream = ImageIO.createImageOutputStream(file.toFile())) {
            writer.setOutput(stream);
            IIOMetadata about = writer.getDefaultImageMetadata(
                    ImageTypeSpecifier.createFromRenderedImage(frame), writer.getDefaultWriteParam());
            writer.prepareWriteSequence(null);
            for (int i = 0; i < 3; i++) {
                writer.writeToSequence(new IIOImage(frame, null, about), null);
            }
            writer.endWriteSequence();
        } finally {
            writer.dispose();
        }
    }

    @Test
    void recipesAreStrict() throws IOException {
        String yaml = Recipes.toYaml(ShapesRecipe.DEFAULT);
        Path good = Files.writeString(folder.resolve("good.yaml"), yaml);
        succeeds("synth", "shapes", "--recipe", good, "--count", 2, "--out", folder.resolve("set"));
        List<List<String>> bad = List.of(
                List.of(yaml.replace("maxPolygons:", "maxPolygon:"), "found maxPolygon; did you mean maxPolygons?"),
                List.of(yaml.replaceFirst("maxEllipses: .*", ""), "maxEllipses: expected a value, found no such key"),
                List.of(
                        yaml.replaceFirst("maxEllipses: .*", "maxEllipses: many"),
                        "maxEllipses: expected a whole number"),
                List.of(yaml.replaceFirst("maxEllipses: .*", "maxEllipses: -3"), "maxEllipses: expected > 0, found -3"),
                List.of(yaml.replaceFirst("minContrast: .*", "minContrast: .nan"), "expected YAML"),
                List.of(yaml + "\nmaxEllipses: 4\n", "uplicate"),
                List.of("", "expected the keys"),
                List.of("{[", "expected YAML"),
                List.of("\u0000\u0001", "expected YAML"));
        for (List<String> each : bad) {
            Path file = Files.writeString(folder.resolve("bad.yaml"), each.get(0));
            Cli run = Cli.run("synth", "shapes", "--recipe", file, "--count", 2, "--out", folder.resolve("bad"));
            assertThat(run.exitCode()).isNotZero();
            assertThat(run.err()).contains("bad.yaml: ").contains(each.get(1)).doesNotContain("Exception");
            assertThat(folder.resolve("bad")).doesNotExist();
        }
        Cli none = Cli.run("synth", "shapes", "--recipe", "nothing", "--count", 2, "--out", folder.resolve("bad"));
        assertThat(none.err())
                .contains("--recipe: expected one of clean, default, rich or")
                .hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "synth",
                "synth shapes",
                "synth shapes --count 0 --out x",
                "synth shapes --count 5 --out x --size 5x5",
                "synth shapes --count 5 --out x --workers 0",
                "synth pairs --count 5 --out x --format excel",
                "synth scenes --count 5 --out x --views 1",
                "synth scenes --count 5 --out x --kind moon",
                "synth scenes --count 5 --out x --maps colours",
                "synth scenes --count 5 --out x --holes everywhere=1",
                "synth scenes --count 5 --out x --holes sky=2",
                "synth scenes --count 5 --out x --holes sky",
                "synth scenes --count 5 --out x --keypoints by-hand",
                "synth preview scenes --out x.png --step 0",
                "synth preview",
                "synth preview shapes --out x.png --columns 0"
            })
    void wrongUseIsToldInOneSentence(String line) {
        Cli run = Cli.run((Object[]) line.split(" ", -1));
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).startsWith("tiepoint: ").doesNotContain("Exception");
        assertThat(Path.of("x")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"shapes", "images", "pairs"})
    void drawsAPreview(String kind) throws IOException {
        Path out = folder.resolve("preview.png");
        succeeds("synth", "preview", kind, "--count", 4, "--size", "96x64", "--out", out);
        int rows = kind.equals("pairs") ? 2 : 1;
        assertThat(ImageFiles.readColor(out).width()).isEqualTo(4 * (2 * 96 + 4));
        assertThat(ImageFiles.readColor(out).height()).isEqualTo(rows * (2 * 64 + 4));
        Cli again = Cli.run("synth", "preview", kind, "--count", 4, "--out", out);
        assertThat(again.exitCode()).isEqualTo(2);
        assertThat(again.err()).contains("--overwrite");
    }

    @Test
    void jpegImagesCanBeReadAgain() throws IOException {
        Path out = folder.resolve("set");
        succeeds("synth", "images", "--count", 2, "--size", "96x64", "--images", "jpeg", "--out", out);
        for (DataSample sample : DataSetReader.open(out).samples().toList()) {
            assertThat(sample.image("jpg").width()).isEqualTo(96);
        }
    }

    @Test
    void theReportNamesWhatIsMissingAndWhatWouldFillIt() throws IOException {
        Path photos = Files.createDirectory(folder.resolve("photos"));
        for (int i = 0; i < 3; i++) {
            // Darker than any drawn image, with more of its detail in the finest octave.
            BufferedImage photo = photo(BufferedImage.TYPE_BYTE_GRAY, 100);
            for (int x = 0; x < 10_000; x++) {
                photo.setRGB(x % 100, x / 100, x % (2 + i) == 0 ? 0x404040 : 0);
            }
            ImageIO.write(photo, "png", photos.resolve(i + ".png").toFile());
        }
        Path out = folder.resolve("set");
        succeeds("synth", "images", "--count", 8, "--size", "96x64", "--out", out);
        Cli run = Cli.run("synth", "report", out, "--against", photos);
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out())
                .containsPattern("missing: brightness: 0 % of the photographs .* less: lowered by meanTone")
                .containsPattern("missing: spectrum slope: 0 % .* more: raised by more noise")
                .contains("report.html");
        JsonNode json = new ObjectMapper().readTree(out.resolve("report.json").toFile());
        assertThat(json.path("samples").asInt()).isEqualTo(8);
        assertThat(json.path("figures")
                        .path("spectrum slope")
                        .path("photographs")
                        .path("q50")
                        .asDouble())
                .isGreaterThan(json.path("figures")
                        .path("spectrum slope")
                        .path("dataSet")
                        .path("q50")
                        .asDouble());
        assertThat(out.resolve("report.html")).content().contains("<svg", "gradient kurtosis", "the photographs");
        assertThat(Cli.run("synth", "report", out).exitCode()).isEqualTo(2);
        assertThat(Cli.run("synth", "report", folder.resolve("none")).exitCode())
                .isNotZero();
    }

    @Test
    void theReportTellsTurnsAndScalesOfPairsAndKindsOfCorners() throws IOException {
        Path pairs = folder.resolve("pairs");
        succeeds("synth", "pairs", "--recipe", "mild", "--count", 6, "--size", "96x64", "--out", pairs);
        Cli run = Cli.run("synth", "report", pairs);
        assertThat(run.out())
                .contains("missing: rotation (degrees): 0.0 % of the pairs lie between 90.00 and 180.0; given by:"
                        + " views.homography.max");
        JsonNode json = new ObjectMapper().readTree(pairs.resolve("report.json").toFile());
        assertThat(Math.abs(json.path("figures")
                        .path("scale (log2)")
                        .path("dataSet")
                        .path("q50")
                        .asDouble()))
                .isLessThan(0.35);
        long points = 0;
        for (JsonNode count : json.path("counts").path("reasons of points")) {
            points += count.asLong();
        }
        assertThat(points).isEqualTo(6 * 512);
        Path shapes = folder.resolve("shapes");
        succeeds("synth", "shapes", "--count", 30, "--size", "96x64", "--out", shapes);
        succeeds("synth", "report", shapes, "--out", folder.resolve("page.html"));
        assertThat(folder.resolve("page.json")).content().contains("kinds of visible corners", "\"l\" :");
    }
}
