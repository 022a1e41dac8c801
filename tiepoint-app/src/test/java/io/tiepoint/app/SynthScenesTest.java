package io.tiepoint.app;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tiepoint.core.image.ImageFiles;
import io.tiepoint.interop.dataset.DataSample;
import io.tiepoint.interop.dataset.DataSetReader;
import io.tiepoint.interop.dataset.Manifest;
import io.tiepoint.interop.npy.NpyArray;
import io.tiepoint.interop.npy.NpzArchive;
import io.tiepoint.synthetic.pairs.ScenePairRecipe;
import io.tiepoint.synthetic.pairs.ViewChange;
import io.tiepoint.synthetic.photometric.PhotometricRecipe;
import io.tiepoint.synthetic.scenes.SceneRecipe;
import io.tiepoint.train.recipe.Recipes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SynthScenesTest {
    @TempDir
    private Path folder;

    private Path recipe = Path.of("");

    /** Scenes that soon change and are quickly made, with few textures. */
    @BeforeEach
    void writeRecipe() throws IOException {
        ScenePairRecipe quick = new ScenePairRecipe(
                new SceneRecipe(8, 4, SceneRecipe.DEFAULT.kinds()),
                ViewChange.MILD,
                PhotometricRecipe.NONE,
                PhotometricRecipe.NONE,
                0,
                2);
        recipe = Files.writeString(folder.resolve("quick.yaml"), Recipes.toYaml(quick));
    }

    private Path make(String name, String options) {
        Path out = folder.resolve(name);
        List<Object> args = new ArrayList<>(List.of("synth", "scenes", "--recipe", recipe, "--out", out));
        args.addAll(List.of(options.split(" ", -1)));
        Cli run = Cli.run(args.toArray());
        assertThat(run.exitCode()).as(run.err()).isZero();
        return out;
    }

    private static List<DataSample> samples(Path set) throws IOException {
        try (Stream<DataSample> samples = DataSetReader.open(set).samples()) {
            return samples.toList();
        }
    }

    private static Map<String, String> checksums(Path set) throws IOException {
        Map<String, String> sums = new TreeMap<>();
        for (Manifest.Shard shard : DataSetReader.open(set).manifest().finished()) {
            sums.put(shard.name(), shard.sha256());
        }
        return sums;
    }

    @ParameterizedTest
    @CsvSource({"webdataset, 2", "webdataset, 8", "parquet, 8"})
    void anyNumberOfWorkersMakesTheSameBytes(String format, int workers) throws IOException {
        String options = "--count 5 --shard-size 2 --size 64x48 --dense --holes stereo --keypoints shi-tomasi --format "
                + format + " --workers ";
        Path one = make("one", options + 1);
        DataSetReader.open(one).verify();
        assertThat(checksums(one)).hasSize(3);
        assertThat(checksums(make("more", options + workers))).isEqualTo(checksums(one));
    }

    @ParameterizedTest
    @CsvSource({"2, webdataset", "3, parquet"})
    void aSampleDoesNotDependOnTheOthers(int views, String format) throws IOException {
        String options = " --size 64x48 --views " + views + " --holes stereo";
        List<DataSample> few = samples(make("few", "--count 3 --format " + format + options));
        List<DataSample> many = samples(make("many", "--count 5 --shard-size 2 --format folder" + options));
        assertThat(few).hasSize(3).isEqualTo(many.subList(0, 3));
    }

    @Test
    void theManifestNamesEveryFile() throws IOException {
        Path set = make("set", "--count 2 --size 64x48 --views 3 --dense --holes stereo --keypoints fast");
        Manifest manifest = DataSetReader.open(set).manifest();
        DataSample sample = samples(set).get(1);
        assertThat(sample.extensions()).isEqualTo(manifest.fields().keySet());
        assertThat(sample.extensions())
                .contains("view2.png", "depth2.npy", "holed2.npy", "normals2.npy", "objects2.npy", "cameras.npz")
                .contains("points.npz", "points-1-2.npz", "field-1-2-holed.npz", "matches-holed.npz");
        assertThat(requireNonNull(sample.arrays("cameras.npz").get("cam_from_world"))
                        .shape())
                .containsExactly(3, 4, 4);
        List<DataSample> withScenes = samples(make("gltf", "--count 3 --size 64x48 --maps depth --gltf"));
        // Two samples in a row show one scene.
        assertThat(withScenes.get(0).has("scene.glb")).isTrue();
        assertThat(withScenes.get(1).has("scene.glb")).isFalse();
        assertThat(withScenes.get(2).bytes("scene.glb"))
                .isNotEqualTo(withScenes.get(0).bytes("scene.glb"));
        DataSample plain = samples(make("plain", "--count 1 --size 64x48 --maps depth --kind terrain"))
                .get(0);
        assertThat(plain.extensions())
                .containsExactly(
                        "cameras.npz", "depth0.npy", "depth1.npy", "json", "points.npz", "view0.png", "view1.png");
        assertThat(new String(plain.bytes("json"), StandardCharsets.UTF_8)).contains("\"place\":\"terrain\"");
    }

    @Test
    void keypointsOfOnesOwnAreLabelledAtThreeAndFivePixels() throws IOException {
        String options = "--count 1 --size 160x120 --kind tabletop";
        DataSample sample = samples(make("first", options)).get(0);
        var points = sample.arrays("points.npz");
        double[] points0 = requireNonNull(points.get("points0")).doubles();
        double[] points1 = requireNonNull(points.get("points1")).doubles();
        byte[] reasons = requireNonNull(points.get("reason")).bytes();
        List<Integer> chosen = farApart(points0, points1, reasons);
        assertThat(chosen).hasSizeGreaterThan(5);
        float[] keypoints0 = new float[2 * chosen.size()];
        float[] keypoints1 = new float[2 * chosen.size()];
        int[] offsets = {0, 2, 4, 7}; // a match, a match, unknown, none
        for (int i = 0; i < chosen.size(); i++) {
            int point = chosen.get(i);
            keypoints0[2 * i] = (float) points0[2 * point];
            keypoints0[2 * i + 1] = (float) points0[2 * point + 1];
            keypoints1[2 * i] = (float) points1[2 * point] + offsets[i % 4];
            keypoints1[2 * i + 1] = (float) points1[2 * point + 1];
        }
        Path own = Files.createDirectory(folder.resolve("own"));
        Path ignored = Files.write(
                own.resolve("000000000.npz"),
                NpzArchive.write(Map.of(
                        "keypoints0", NpyArray.ofFloats(keypoints0, chosen.size(), 2),
                        "keypoints1", NpyArray.ofFloats(keypoints1, chosen.size(), 2))));
        DataSample labelled =
                samples(make("second", options + " --keypoints " + own)).get(0);
        assertThat(labelled.bytes("points.npz")).isEqualTo(sample.bytes("points.npz"));
        var labels = labelled.arrays("matches.npz");
        int[] matches = requireNonNull(labels.get("matches0")).ints();
        byte[] found = requireNonNull(labels.get("reason0")).bytes();
        for (int i = 0; i < chosen.size(); i++) {
            if (offsets[i % 4] == 0) {
                assertThat(matches[i]).isEqualTo(i);
            } else {
                // The error backwards is another one where the scale changes.
                assertThat(found[i]).isIn((byte) 0, (byte) 4, (byte) 7);
            }
            if (offsets[i % 4] == 7) {
                assertThat(found[i]).isEqualTo((byte) 4); // no keypoint
                assertThat(matches[i]).isEqualTo(-1);
            }
        }
        Cli run = Cli.run(
                "synth",
                "scenes",
                "--recipe",
                recipe,
                "--count",
                2,
                "--size",
                "64x48",
                "--keypoints",
                own,
                "--out",
                folder.resolve("third"));
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .contains("tiepoint: " + own.resolve("000000001.npz")
                        + ": expected the keypoints of a sample, found no such")
                .doesNotContain("Exception");
    }

    /** Visible points of which no two are near in either view. */
    private static List<Integer> farApart(double[] points0, double[] points1, byte[] reasons) {
        List<Integer> chosen = new ArrayList<>();
        for (int i = 0; i < reasons.length; i++) {
            int point = i;
            boolean isFar = chosen.stream()
                    .allMatch(other -> distance(points0, point, other) > 20 && distance(points1, point, other) > 20);
            if (reasons[i] == 0 && isFar) {
                chosen.add(i);
            }
        }
        return chosen;
    }

    private static double distance(double[] points, int a, int b) {
        return Math.hypot(points[2 * a] - points[2 * b], points[2 * a + 1] - points[2 * b + 1]);
    }

    @Test
    void webpKeepsEveryPixel() throws IOException {
        List<DataSample> exact = samples(make("png", "--count 2 --size 96x64"));
        List<DataSample> webp = samples(make("webp", "--count 2 --size 96x64 --images webp"));
        List<DataSample> again = samples(make("again", "--count 2 --size 96x64 --images webp --workers 3"));
        assertThat(again).isEqualTo(webp);
        for (int i = 0; i < 2; i++) {
            byte[] file = webp.get(i).bytes("view1.webp");
            assertThat(new String(file, 8, 8, StandardCharsets.US_ASCII)).isEqualTo("WEBPVP8L");
            assertThat(file).hasSizeLessThan(exact.get(i).bytes("view1.png").length);
            float[] pixels = webp.get(i).image("view1.webp").pixels();
            float[] expected = exact.get(i).image("view1.png").pixels();
            for (int p = 0; p < pixels.length; p++) {
                assertThat(Math.round(255 * pixels[p])).isEqualTo(Math.round(255 * expected[p]));
            }
        }
    }

    @Test
    void drawsAPreview() throws IOException {
        Path out = folder.resolve("preview.png");
        Cli run = Cli.run(
                "synth",
                "preview",
                "scenes",
                "--recipe",
                recipe,
                "--count",
                2,
                "--size",
                "96x64",
                "--holes",
                "stereo",
                "--out",
                out);
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(ImageFiles.readColor(out).width()).isEqualTo(5 * (2 * 96 + 4));
        assertThat(ImageFiles.readColor(out).height()).isEqualTo(2 * (2 * 64 + 4));
    }

    @Test
    void pythonFindsTheTruthByItself() throws Exception {
        assumeTrue(SynthCommandTest.hasNumPy(), "skipped: there is no python3 with numpy on this machine");
        Path set = make(
                "set",
                "--count 6 --shard-size 4 --size 160x120 --dense --holes stereo --keypoints shi-tomasi --seed 4");
        String printed = python(
                "read_scenes.py",
                set.resolve("shard-000000.tar").toString(),
                set.resolve("shard-000001.tar").toString());
        assertThat(printed).startsWith("scenes 6 samples ");
        assertThat(Double.parseDouble(printed.split(" ", -1)[3])).isGreaterThan(0.9);
    }

    @Test
    void pandasReadsParquet() throws Exception {
        assumeTrue(imports("pyarrow, pandas"), "skipped: there is no python3 with pyarrow and pandas on this machine");
        Path tar = make("tar", "--count 3 --shard-size 2 --size 64x48");
        Path parquet = make("parquet", "--count 3 --shard-size 2 --size 64x48 --format parquet");
        assertThat(python("read_parquet.py", tar.toString(), parquet.toString()))
                .isEqualTo("3 rows equal to 3 samples\n");
    }

    private static boolean imports(String modules) throws InterruptedException {
        try {
            return new ProcessBuilder("python3", "-c", "import " + modules)
                            .redirectErrorStream(true)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private String python(String script, String... args) throws IOException, InterruptedException {
        for (String name : List.of("read_shards.py", script)) {
            try (InputStream source = SynthScenesTest.class.getResourceAsStream("/python/" + name)) {
                Path copied =
                        Files.write(folder.resolve(name), requireNonNull(source).readAllBytes());
                assertThat(copied).exists();
            }
        }
        List<String> command =
                new ArrayList<>(List.of("python3", folder.resolve(script).toString()));
        command.addAll(List.of(args));
        Process python = new ProcessBuilder(command).redirectErrorStream(true).start();
        String printed = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(python.waitFor()).as(printed).isZero();
        return printed;
    }
}
