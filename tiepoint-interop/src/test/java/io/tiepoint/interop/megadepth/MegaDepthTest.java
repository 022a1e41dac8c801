package io.tiepoint.interop.megadepth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tiepoint.core.geometry.Camera;
import io.tiepoint.core.image.DepthMap;
import io.tiepoint.core.image.ImageSize;
import io.tiepoint.core.random.Seed;
import io.tiepoint.core.truth.DepthTruth;
import io.tiepoint.interop.npy.NpyArray;
import io.tiepoint.interop.posed.Agreement;
import io.tiepoint.interop.posed.ImagePair;
import io.tiepoint.interop.posed.OverlapSampling;
import io.tiepoint.interop.posed.PosedImage;
import io.tiepoint.interop.posed.PosedPair;
import io.tiepoint.interop.posed.PosedScenes;
import io.tiepoint.interop.posed.PosedView;
import io.tiepoint.interop.posed.SceneFolders;
import io.tiepoint.synthetic.render.SceneTruth;
import io.tiepoint.synthetic.render.SceneView;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MegaDepthTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden/megadepth");
    private static final OverlapSampling ALL = new OverlapSampling(0, 1, 1, OverlapSampling.EVERY_PAIR);
    private static final List<SceneView> VIEWS = SceneFolders.views(3);

    @TempDir
    Path folder;

    private static String image(int view) {
        return "Undistorted_SfM/0000/images/" + view + ".png";
    }

    private static String depth(int view) {
        return "phoenix/S6/zl548/MegaDepth_v1/0000/dense0/depths/" + view + ".h5";
    }

    /** A whole data set of one rendered scene, with the holes of multi-view stereo. */
    private void writeScene() throws IOException {
        for (int v = 0; v < VIEWS.size(); v++) {
            SceneFolders.writeImage(VIEWS.get(v), folder.resolve(image(v)));
            SceneFolders.writeHdf5(
                    SceneFolders.holed(VIEWS.get(v)), SceneFolders.SIZE.width(), folder.resolve(depth(v)));
        }
        writeInfo(members());
    }

    private static Map<String, byte[]> members() {
        Map<String, byte[]> members = new LinkedHashMap<>();
        members.put("image_paths", SceneFolders.npy(List.of(image(0), image(1), image(2))));
        members.put("depth_paths", SceneFolders.npy(List.of(depth(0), depth(1), depth(2))));
        members.put(
                "intrinsics",
                SceneFolders.npy(
                        VIEWS.stream()
                                .map(v -> SceneFolders.intrinsics(v.camera()))
                                .toList(),
                        3,
                        3));
        members.put(
                "poses",
                SceneFolders.npy(
                        VIEWS.stream()
                                .map(v -> SceneFolders.pose(v.camFromWorld()))
                                .toList(),
                        4,
                        4));
        double[] overlaps = {-1, 0.5, 0.3, 0.5, -1, 0.6, 0.3, 0.6, -1};
        members.put("overlap_matrix", NpyArray.ofDoubles(overlaps, 3, 3).toFile());
        return members;
    }

    private void writeInfo(Map<String, byte[]> members) throws IOException {
        Path file = Files.createDirectories(folder.resolve("scene_info")).resolve("0000.npz");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (Map.Entry<String, byte[]> member : members.entrySet()) {
                zip.putNextEntry(new ZipEntry(member.getKey() + ".npy"));
                zip.write(member.getValue());
            }
        }
    }

    private List<PosedPair> pairs() throws IOException {
        return MegaDepth.open(folder).pairs(ALL, new Seed(0));
    }

    @Test
    void theTruthOfAReadPairIsTheExactOne() throws IOException {
        writeScene();
        int matched = 0;
        int holes = 0;
        int unmatched = 0;
        List<PosedPair> pairs = pairs();
        assertThat(pairs).hasSize(6);
        for (PosedPair pair : pairs) {
            PosedView view0 = pair.image0().read();
            PosedView view1 = pair.image1().read();
            int v0 = Integer.parseInt(pair.image0().name().replaceAll(".*/|\\.png", ""));
            int v1 = Integer.parseInt(pair.image1().name().replaceAll(".*/|\\.png", ""));
            assertThat(view0.image().size()).isEqualTo(SceneFolders.SIZE);
            Agreement agreement = Agreement.of(
                    PosedPair.truth(view0, view1, DepthTruth.EXACT),
                    new SceneTruth(VIEWS.get(v0).visibility(), VIEWS.get(v1).visibility()),
                    DepthMap.wrap(160, 120, SceneFolders.holed(VIEWS.get(v0))),
                    0.01);
            matched += agreement.matched();
            holes += agreement.holes();
            unmatched += agreement.unmatched();
        }
        assertThat(matched).isGreaterThan(2000);
        assertThat(holes).isGreaterThan(500);
        assertThat(unmatched).isGreaterThan(100);
    }

    @Test
    void aSmallerDepthMapStandsForTheSamePixels() throws IOException {
        writeScene();
        float[] half = new float[80 * 60];
        float[] whole = SceneFolders.holed(VIEWS.get(0));
        for (int i = 0; i < half.length; i++) {
            // Every second pixel's centre lies a quarter of a px off the smaller one's: good for a tenth of a px.
            half[i] = whole[2 * (i / 80) * 160 + 2 * (i % 80)];
        }
        SceneFolders.writeHdf5(half, 80, folder.resolve(depth(0)));
        PosedPair pair = pairs().get(0);
        PosedView view0 = pair.image0().read();
        PosedView view1 = pair.image1().read();
        assertThat(view0.depth().depth().size()).isEqualTo(new ImageSize(80, 60));
        Agreement agreement = Agreement.of(
                PosedPair.truth(view0, view1, DepthTruth.MULTI_VIEW_STEREO),
                new SceneTruth(VIEWS.get(0).visibility(), VIEWS.get(1).visibility()),
                DepthMap.wrap(160, 120, filled(160 * 120)),
                1.5);
        assertThat(agreement.matched()).isGreaterThan(500);
    }

    private static float[] filled(int count) {
        float[] ones = new float[count];
        Arrays.fill(ones, 1);
        return ones;
    }

    @Test
    void depthIsFoundWhereGlueFactoryKeepsIt() throws IOException {
        writeScene();
        Path kept = Files.createDirectories(folder.resolve("depth_undistorted/0000"));
        Path moved = Files.move(folder.resolve(depth(1)), kept.resolve("1.h5"));
        assertThat(pairs().get(0).image1().depthFile()).isEqualTo(moved);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "d2net-numpy1",
                "d2net-numpy2",
                "loftr-numpy1",
                "loftr-numpy2",
                "loftr-saved-numpy1",
                "loftr-saved-numpy2",
                "loftr-archive-numpy1",
                "loftr-archive-numpy2",
                "whole-numpy1",
                "whole-numpy2"
            })
    void readsSceneInfosOfBothNumPys(String name) throws IOException {
        PosedScenes scenes = MegaDepth.open(folder, GOLDEN.resolve(name + ".npz"));
        List<PosedPair> pairs = scenes.pairs(ALL, new Seed(0));
        List<String> found = pairs.stream()
                .map(pair -> number(pair.image0()) + "-" + number(pair.image1()) + " " + pair.overlap())
                .toList();
        if (name.startsWith("loftr")) {
            // Image 3 has no depth.
            assertThat(found).containsExactly("0-1 0.25", "2-0 0.5", "1-2 0.75");
        } else {
            assertThat(found).containsExactly("0-1 0.25", "0-2 0.5", "1-0 0.25", "1-2 0.75", "2-0 0.5", "2-1 0.75");
        }
        PosedImage image = pairs.get(0).image1();
        assertThat(image.imageFile()).isEqualTo(folder.resolve("Undistorted_SfM/0000/images/1.jpg"));
        assertThat(image.camFromWorld().translation().toString()).isEqualTo("Vector3[x=1.0, y=2.0, z=3.0]");
        assertThat(image.intrinsics().camera(new ImageSize(640, 480)))
                .isEqualTo(new Camera(new ImageSize(640, 480), 501, 511, 320, 240));
    }

    private static String number(PosedImage image) {
        return image.name().replaceAll(".*/|\\.jpg", "");
    }

    @Test
    void aListOfPairsIsOnlyMadeShorter() throws IOException {
        PosedScenes scenes = MegaDepth.open(folder, GOLDEN.resolve("loftr-numpy1.npz"));
        assertThat(scenes.pairs(new OverlapSampling(0.9, 1, 1, 2), new Seed(1))).hasSize(2);
    }

    @Test
    void readsTheLayoutOfMegaDepth1500() throws IOException {
        writeScene();
        StringBuilder views = new StringBuilder();
        for (int v = 0; v < VIEWS.size(); v++) {
            SceneView view = VIEWS.get(v);
            views.append("0015_").append(v).append(".png");
            for (double number : view.camFromWorld().rotation()) {
                views.append(' ').append(number);
            }
            var t = view.camFromWorld().translation();
            Camera c = view.camera();
            views.append(String.format(" %s %s %s PINHOLE 160 120 ", t.x(), t.y(), t.z()))
                    .append(String.format("%s %s %s %s%n", c.focalX(), c.focalY(), c.centreX(), c.centreY()));
            SceneFolders.writeImage(view, folder.resolve("images/0015_" + v + ".png"));
            SceneFolders.writeHdf5(SceneFolders.holed(view), 160, folder.resolve("depths/0015_" + v + ".h5"));
        }
        Files.writeString(folder.resolve("views.txt"), views);
        Files.writeString(folder.resolve("pairs.txt"), "0015_0.png 0015_2.png\n0015_1.png 0015_0.png\n");
        List<PosedPair> pairs = pairs();
        assertThat(pairs).extracting(PosedPair::scene).containsOnly("0015");
        Agreement agreement = Agreement.of(
                PosedPair.truth(
                        pairs.get(0).image0().read(), pairs.get(0).image1().read(), DepthTruth.EXACT),
                new SceneTruth(VIEWS.get(0).visibility(), VIEWS.get(2).visibility()),
                DepthMap.wrap(160, 120, SceneFolders.holed(VIEWS.get(0))),
                0.01);
        assertThat(agreement.matched()).isGreaterThan(300);
        Files.writeString(folder.resolve("pairs.txt"), "0015_0.png 0015_9.png\n");
        assertThatThrownBy(() -> pairs().size())
                .hasMessageContaining(
                        "pairs.txt: line 1: expected two names of views.txt, found 0015_0.png 0015_9.png");
        Files.writeString(folder.resolve("views.txt"), "0015_0.png 1 0 0 0 1\n");
        assertThatThrownBy(() -> pairs().size())
                .hasMessageContaining("views.txt: line 1: expected NAME R(9) t(3) MODEL WIDTH HEIGHT PARAMS, found 6");
    }

    private void assertRefused(String message) {
        assertThatThrownBy(() -> {
                    for (PosedPair pair : pairs()) {
                        assertThat(pair.image0().read()).isNotNull();
                        assertThat(pair.image1().read()).isNotNull();
                    }
                })
                .isInstanceOf(IOException.class)
                .hasMessageNotContaining("\n")
                .satisfies(e -> assertThat(e.toString()).contains(message));
    }

    @Test
    void saysWhatIsMissingOrDoesNotFit() throws IOException {
        assertRefused("expected scene_info/*.npz, or views.txt and pairs.txt, found neither");
        writeScene();
        SceneFolders.writeHdf5(new float[100 * 120], 100, folder.resolve(depth(0)));
        assertRefused(
                depth(0) + ": expected a depth map of 160x120 px as its image has, or of that shape, found 100x120");
        Files.delete(folder.resolve(depth(0)));
        assertRefused(depth(0) + ": expected a depth map, found no such file");
        Files.delete(folder.resolve(image(0)));
        assertRefused(image(0) + ": expected an image file, found no such file");
        Files.write(folder.resolve("scene_info/0000.npz"), new byte[] {'P', 'K', 3, 4, 0});
        assertRefused("0000.npz: expected an .npz archive, found a damaged one");
        Files.writeString(folder.resolve("scene_info/0000.npz"), "scene");
        assertRefused("0000.npz: expected an .npz archive or a pickled dictionary of arrays, found other bytes");
    }

    @ParameterizedTest
    @CsvSource({
        "image_paths, 'with an array of texts image_paths, found none'",
        "depth_paths, 'with an array of texts depth_paths, found none'",
        "intrinsics, 'intrinsics: expected a matrix for each of 3 images, found no such array'",
        "poses, 'poses: expected a matrix for each of 3 images, found no such array'",
        "overlap_matrix, 'with overlap_matrix or pair_infos, found none'"
    })
    void saysWhichArrayASceneInfoLacks(String array, String message) throws IOException {
        Map<String, byte[]> members = members();
        assertThat(members.remove(array)).isNotNull();
        writeInfo(members);
        assertRefused(message);
    }

    @Test
    void saysWhichArrayIsOfAnotherShape() throws IOException {
        Map<String, byte[]> members = members();
        members.put("overlap_matrix", NpyArray.ofDoubles(new double[4], 2, 2).toFile());
        writeInfo(members);
        assertRefused("overlap_matrix: expected shape [3 3], found FLOAT64 [2 2]");
        members = members();
        members.put("poses", NpyArray.ofDoubles(new double[32], 2, 4, 4).toFile());
        writeInfo(members);
        assertRefused("poses: expected a matrix for each of 3 images, found 2 of them");
        members = members();
        members.put("poses", NpyArray.ofDoubles(new double[48], 3, 4, 4).toFile());
        writeInfo(members);
        assertRefused("image " + image(0) + ": rotation: expected an orthonormal right-handed matrix");
        members = members();
        members.put("intrinsics", NpyArray.ofDoubles(new double[27], 3, 3, 3).toFile());
        writeInfo(members);
        assertRefused("expected intrinsics [fx 0 cx, 0 fy cy, 0 0 1], found [0.0");
        members = members();
        members.put("image_paths", SceneFolders.npy(List.of("../../../etc/passwd", "b", "/c")));
        writeInfo(members);
        assertRefused("expected the path of a file inside " + folder + ", found ../../../etc/passwd");
    }

    @ParameterizedTest
    @CsvSource({
        "'cos\nsystem\n(S''touch /tmp/owned''\ntR.', 'wants to use os.system, which was not executed'",
        "'cbuiltins\neval\n(U\u00031+1tR.', 'wants to use builtins.eval, which was not executed'",
        "'cpathlib\nPosixPath\n.', 'wants to use pathlib.PosixPath, which was not executed'",
        "'cnumpy\nload\n.', 'wants to use numpy.load, which was not executed'",
        "'cnumpy\nndarray\n)R.', 'found a call of ndarray'",
        "']q\u0001(h\u0001h\u0001e.', 'expected an array of objects, found another value'",
        "'N.', 'expected an array of objects, found another value'",
        "'', 'expected a whole pickle'"
    })
    void namesWhatAHostileSceneInfoWantsAndDoesNotDoIt(String pickle, String message) throws IOException {
        Map<String, byte[]> members = members();
        byte[] bytes = pickle.getBytes(StandardCharsets.ISO_8859_1);
        members.put("image_paths", SceneFolders.npy("|O", "(3,)", bytes));
        writeInfo(members);
        Path file = folder.resolve("scene_info/0000.npz");
        assertRefused(message);
        assertRefused("0000.npz");
        byte[] dictionary = ("\u0080\u0002" + pickle).getBytes(StandardCharsets.ISO_8859_1);
        Files.write(file, dictionary);
        assertThatThrownBy(() -> pairs().size()).isInstanceOf(IOException.class).hasMessageContaining("0000.npz");
        assertThat(Path.of("/tmp/owned")).doesNotExist();
    }

    @Test
    void choosesPairsAsGlueFactoryDoes() {
        List<ImagePair> pairs = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            pairs.add(new ImagePair(i, i + 1, i / 1000.0));
        }
        var chosen = OverlapSampling.LIGHTGLUE.choose(pairs, new Seed(3));
        assertThat(chosen).hasSize(300).doesNotHaveDuplicates();
        assertThat(chosen).allMatch(pair -> pair.overlap() > 0.1 && pair.overlap() <= 0.7);
        for (double from : new double[] {0.1, 0.3, 0.5}) {
            assertThat(chosen)
                    .filteredOn(pair -> pair.overlap() > from && pair.overlap() <= from + 0.2)
                    .hasSize(100);
        }
        assertThat(OverlapSampling.LIGHTGLUE.choose(pairs, new Seed(3))).isEqualTo(chosen);
        assertThat(OverlapSampling.LIGHTGLUE.choose(pairs, new Seed(4))).isNotEqualTo(chosen);
        // Only the middle bin has twice its share of 20.
        var few = OverlapSampling.LIGHTGLUE.withPairsPerScene(60).choose(pairs.subList(270, 400), new Seed(3));
        assertThat(few).hasSize(60).allMatch(pair -> pair.overlap() > 0.3);
        assertThat(OverlapSampling.LIGHTGLUE.choose(pairs.subList(0, 110), new Seed(3)))
                .hasSize(9);
    }
}
