package io.tiepoint.interop.colmap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tiepoint.core.geometry.CameraModel;
import io.tiepoint.core.geometry.PixelPoint;
import io.tiepoint.core.geometry.Vector3;
import io.tiepoint.core.image.DepthMap;
import io.tiepoint.core.random.Seed;
import io.tiepoint.core.truth.DepthTruth;
import io.tiepoint.core.truth.PointTruth;
import io.tiepoint.core.truth.Reason;
import io.tiepoint.core.truth.TwoViewTruth;
import io.tiepoint.interop.npy.NpyArray;
import io.tiepoint.interop.posed.Agreement;
import io.tiepoint.interop.posed.ImagePair;
import io.tiepoint.interop.posed.OverlapSampling;
import io.tiepoint.interop.posed.PosedPair;
import io.tiepoint.interop.posed.SceneFolders;
import io.tiepoint.synthetic.render.SceneTruth;
import io.tiepoint.synthetic.render.SceneView;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ColmapTest {
    private static final OverlapSampling ALL = new OverlapSampling(0, 1, 1, OverlapSampling.EVERY_PAIR);
    private static final List<SceneView> VIEWS = SceneFolders.views(3);

    @TempDir
    Path folder;

    private static List<double[]> pinhole() {
        return VIEWS.stream()
                .map(SceneView::camera)
                .map(c -> new double[] {c.focalX(), c.focalY(), c.centreX(), c.centreY()})
                .toList();
    }

    private void writeDepth(int view, String format) throws IOException {
        float[] depths = SceneFolders.holed(VIEWS.get(view));
        String name = SceneFolders.name(view);
        String stem = name.substring(0, name.length() - ".png".length());
        Path depthMaps = folder.resolve("stereo/depth_maps");
        int width = SceneFolders.SIZE.width();
        switch (format) {
            case "npy" -> {
                Path file = depthMaps.resolve(stem + ".npy");
                Path made = Files.createDirectories(file.getParent());
                Files.write(
                        made.resolve(file.getFileName()),
                        NpyArray.ofFloats(depths, 120, width).toFile());
            }
            case "h5" -> SceneFolders.writeHdf5(depths, width, depthMaps.resolve(name + ".h5"));
            case "png" -> SceneFolders.writePngDepth(depths, width, depthMaps.resolve(stem + ".png"));
            default -> SceneFolders.writeColmapDepth(depths, width, depthMaps.resolve(name + "." + format + ".bin"));
        }
    }

    private void writeScene(String format, boolean binary) throws IOException {
        SceneFolders.writeModel(folder.resolve("sparse"), VIEWS, "PINHOLE", pinhole(), binary);
        for (int v = 0; v < VIEWS.size(); v++) {
            SceneFolders.writeImage(VIEWS.get(v), folder.resolve("images").resolve(SceneFolders.name(v)));
            writeDepth(v, format);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "geometric, true, 0.01",
        "photometric, false, 0.01",
        "npy, true, 0.01",
        "h5, false, 0.01",
        // Half a millimetre of depth.
        "png, true, 0.2"
    })
    void theTruthOfAReadPairIsTheExactOne(String format, boolean binary, double px) throws IOException {
        writeScene(format, binary);
        int matched = 0;
        int holes = 0;
        List<PosedPair> pairs = ColmapScene.open(folder).pairs(ALL, new Seed(0));
        assertThat(pairs).hasSize(6);
        for (PosedPair pair : pairs) {
            int v0 = Integer.parseInt(pair.image0().name().replaceAll("[^0-9]", ""));
            int v1 = Integer.parseInt(pair.image1().name().replaceAll("[^0-9]", ""));
            Agreement agreement = Agreement.of(
                    PosedPair.truth(pair.image0().read(), pair.image1().read(), DepthTruth.EXACT),
                    new SceneTruth(VIEWS.get(v0).visibility(), VIEWS.get(v1).visibility()),
                    DepthMap.wrap(160, 120, SceneFolders.holed(VIEWS.get(v0))),
                    px);
            matched += agreement.matched();
            holes += agreement.holes();
        }
        assertThat(matched).isGreaterThan(2000);
        assertThat(holes).isGreaterThan(500);
    }

    @Test
    void textAndBinaryAreTheSameModel() throws IOException {
        SceneFolders.writeModel(folder.resolve("text"), VIEWS, "PINHOLE", pinhole(), false);
        SceneFolders.writeModel(folder.resolve("binary"), VIEWS, "PINHOLE", pinhole(), true);
        ColmapModel text = ColmapModel.read(folder.resolve("text"));
        ColmapModel binary = ColmapModel.read(folder.resolve("binary"));
        assertThat(text.points()).isEqualTo(binary.points()).isNotEmpty();
        assertThat(text.images()).hasSize(3);
        for (int i = 0; i < 3; i++) {
            ColmapImage a = text.images().get(i);
            ColmapImage b = binary.images().get(i);
            assertThat(a.name()).isEqualTo(b.name()).isEqualTo(SceneFolders.name(i));
            assertThat(a.camFromWorld()).isEqualTo(b.camFromWorld());
            assertThat(a.camFromWorld().angleTo(VIEWS.get(i).camFromWorld())).isLessThan(1e-7);
            assertThat(a.pointCount()).isEqualTo(b.pointCount()).isGreaterThan(20);
            for (int p = 0; p < a.pointCount(); p++) {
                assertThat(a.point(p)).isEqualTo(b.point(p));
                assertThat(a.isTriangulated(p)).isEqualTo(b.isTriangulated(p));
            }
            assertThat(text.camera(a).model()).isEqualTo(VIEWS.get(i).camera());
        }
        assertThat(text.overlaps()).isEqualTo(binary.overlaps());
    }

    @Test
    void overlapIsTheShareOfPointsInCommon() throws IOException {
        Files.writeString(folder.resolve("cameras.txt"), "7 SIMPLE_PINHOLE 100 80 90 50 40\n");
        Files.writeString(folder.resolve("images.txt"), """
                # comment
                3 1 0 0 0 0 0 0 7 three.png
                1 1 1 2 2 2 3 3 3 4 4 4
                1 1 0 0 0 1 0 0 7 one.png
                1 1 2 2 2 3 3 3 -1 3 3 -1 5 5 3
                2 1 0 0 0 2 0 0 7 two with spaces.png

                """);
        Files.writeString(folder.resolve("points3D.txt"), "2 0 0 1 0 0 0 0.1 3 0 1 0\n3 0 0 2 0 0 0 0.1\n");
        ColmapModel model = ColmapModel.read(folder);
        assertThat(model.images())
                .extracting(ColmapImage::name)
                .containsExactly("one.png", "two with spaces.png", "three.png");
        assertThat(model.overlaps()).containsExactly(new ImagePair(0, 2, 1.0), new ImagePair(2, 0, 1.0));
    }

    @ParameterizedTest
    @CsvSource({
        "SIMPLE_PINHOLE, 100 50 40, 80, 20",
        "PINHOLE, 100 110 50 40, 80, 18",
        // r² = 0.13
        "SIMPLE_RADIAL, 100 50 40 -0.2, 79.22, 20.52",
        "RADIAL, 100 50 40 -0.2 0.03, 79.23521, 20.50986",
        "OPENCV, 100 110 50 40 -0.2 0.03 0.002 -0.003, 79.11821, 18.646646",
        "FULL_OPENCV, 100 110 50 40 -0.2 0.03 0 0 0 0 0 0, 79.23521, 18.560846"
    })
    void camerasSeeAsColmapSaysTheyDo(String model, String numbers, double x, double y) throws IOException {
        CameraModel camera = camera(model, numbers);
        PixelPoint seen = camera.project(new Vector3(0.3, -0.2, 1));
        assertThat(seen.x()).isCloseTo(x, within(1e-9));
        assertThat(seen.y()).isCloseTo(y, within(1e-9));
    }

    @ParameterizedTest
    @CsvSource({
        "OPENCV_FISHEYE, 100 100 50 40 0.05 -0.01 0.002 0.0003",
        "RADIAL_FISHEYE, 100 50 40 0.05 -0.01",
        "SIMPLE_RADIAL_FISHEYE, 100 50 40 0.05"
    })
    void fisheyesSeeByTheAngle(String model, String numbers) throws IOException {
        double[] p = Arrays.stream(numbers.split(" "))
                .mapToDouble(Double::parseDouble)
                .toArray();
        int first = model.equals("OPENCV_FISHEYE") ? 4 : 3;
        double angle = Math.atan(0.5);
        double radius = 1;
        for (int i = first; i < p.length; i++) {
            radius += p[i] * Math.pow(angle, 2 * (i - first) + 2);
        }
        PixelPoint seen = camera(model, numbers).project(new Vector3(-0.3, 0.4, 1));
        assertThat(seen.x()).isCloseTo(50 - 60 * radius * angle, within(1e-9));
        assertThat(seen.y()).isCloseTo(40 + 80 * radius * angle, within(1e-9));
    }

    private static CameraModel camera(String model, String numbers) throws IOException {
        List<Double> params =
                Arrays.stream(numbers.split(" ")).map(Double::valueOf).toList();
        return ColmapCamera.of(model, 100, 80, params, "test").model();
    }

    @ParameterizedTest
    @ValueSource(strings = {"FOV", "THIN_PRISM_FISHEYE", "RAD_TAN_THIN_PRISM_FISHEYE", "SPHERE"})
    void namesACameraModelThatItDoesNotKnow(String model) throws IOException {
        SceneFolders.writeModel(folder, VIEWS, "PINHOLE", pinhole(), false);
        int params = model.equals("FOV") ? 5 : model.startsWith("THIN") ? 12 : 16;
        Files.writeString(folder.resolve("cameras.txt"), "1 " + model + " 160 120" + " 0.5".repeat(params) + "\n");
        assertRefused("cameras.txt: line 1: expected a camera model of SIMPLE_PINHOLE, PINHOLE, SIMPLE_RADIAL, RADIAL,"
                + " OPENCV, OPENCV_FISHEYE, FULL_OPENCV, SIMPLE_RADIAL_FISHEYE, RADIAL_FISHEYE, found " + model
                + "; undistort the images with colmap image_undistorter");
    }

    private void assertRefused(String message) {
        assertThatThrownBy(() -> ColmapModel.read(folder).images().size())
                .isInstanceOf(IOException.class)
                .hasMessageContaining(message)
                .hasMessageNotContaining("\n");
    }

    @Test
    void namesANumberedCameraModelThatItDoesNotKnow() throws IOException {
        SceneFolders.writeModel(folder, VIEWS, "PINHOLE", pinhole(), true);
        byte[] cameras = Files.readAllBytes(folder.resolve("cameras.bin"));
        ByteBuffer.wrap(cameras).order(ByteOrder.LITTLE_ENDIAN).putInt(12, 17);
        Files.write(folder.resolve("cameras.bin"), cameras);
        assertRefused("cameras.bin: camera 1: expected a camera model of SIMPLE_PINHOLE");
        assertRefused("found number 17");
    }

    @ParameterizedTest
    @CsvSource({
        "cameras.txt, 1 PINHOLE 160, 'line 1: expected a height in px, found the end of the line'",
        "cameras.txt, 1 PINHOLE 160 120 1 2 3, 'line 1: expected 4 numbers of PINHOLE, found 3'",
        "cameras.txt, 1 PINHOLE 160 120 1 2 3 x, 'line 1: expected a number of the camera model, found x'",
        "cameras.txt, 1 PINHOLE 160 120 -1 2 3 4, 'line 1: focalX: expected > 0 px, found -1.0'",
        "cameras.txt, 1 PINHOLE 0 120 1 2 3 4, 'line 1: expected an image size, found 0x120 px'",
        "cameras.txt, 2 PINHOLE 160 120 1 2 3 4, 'expected a camera of cameras.txt, found number 1'",
        "images.txt, 1 1 0 0 0 0 0, 'line 1: expected a translation, found the end of the line'",
        "images.txt, 1 0 0 0 0 0 0 0 1 a.png, 'line 1: quaternion: expected a length > 0, found 0.0'",
        "images.txt, 1 1 0 0 0 NaN 0 0 1 a.png, 'line 1: expected a finite translation'",
        "images.txt, '1 1 0 0 0 0 0 0 1 a.png\n1 2', 'line 2: expected X Y POINT3D_ID of each point of image a.png'",
        "points3D.txt, 1 2 x, 'line 1: expected the position of a point, found x'"
    })
    void saysWhichLineIsWrong(String file, String text, String message) throws IOException {
        SceneFolders.writeModel(folder, VIEWS, "PINHOLE", pinhole(), false);
        Files.writeString(folder.resolve(file), text + "\n");
        assertRefused(message);
        assertRefused(file);
    }

    @Test
    void saysWhereABinaryFileIsWrong() throws IOException {
        for (String name : List.of("cameras.bin", "images.bin", "points3D.bin")) {
            SceneFolders.writeModel(folder, VIEWS, "PINHOLE", pinhole(), true);
            Path file = folder.resolve(name);
            byte[] whole = Files.readAllBytes(file);
            Files.write(file, Arrays.copyOf(whole, whole.length - 1));
            assertRefused(file + ": expected ");
            Files.write(file, Arrays.copyOf(whole, whole.length + 3));
            assertRefused(file + ": expected its end, found 3 more bytes");
            Files.write(file, new byte[3]);
            assertRefused(file + ": expected a whole file of COLMAP, found its end in the middle");
            Arrays.fill(whole, 0, 8, (byte) 0xff);
            Files.write(file, whole);
            assertRefused("are left, found a number of 18446744073709551615");
            Files.delete(file);
            assertRefused(
                    name.equals("cameras.bin") ? "expected a COLMAP model" : file + ": expected a file of the COLMAP");
        }
    }

    @Test
    void saysWhatASceneLacks() throws IOException {
        assertThatThrownBy(() -> ColmapScene.open(folder.resolve("none")))
                .hasMessageEndingWith(
                        "expected a folder with a COLMAP model, images and depth maps, found no such folder");
        assertThatThrownBy(() -> ColmapScene.open(folder))
                .hasMessageContaining("expected a COLMAP model (cameras.bin or cameras.txt) in sparse, sparse/0, .,");
        SceneFolders.writeModel(folder.resolve("sparse/0"), VIEWS, "PINHOLE", pinhole(), true);
        assertThatThrownBy(() -> ColmapScene.open(folder))
                .hasMessageContaining("expected images in images, dense/images");
        Files.createDirectories(folder.resolve("images"));
        assertThatThrownBy(() -> ColmapScene.open(folder))
                .hasMessageContaining("expected depth maps in stereo/depth_maps,");
        Files.createDirectories(folder.resolve("depths"));
        assertThatThrownBy(() -> ColmapScene.open(folder))
                .hasMessageContaining("depths: expected depth maps of the 3 images of the model, named like them");
    }

    @Test
    void leavesOutImagesWithoutDepth() throws IOException {
        writeScene("geometric", true);
        Files.delete(folder.resolve("stereo/depth_maps/" + SceneFolders.name(1) + ".geometric.bin"));
        ColmapScene scene = ColmapScene.open(folder);
        assertThat(scene.description()).containsEntry("images", "2 with depth of 3");
        assertThat(scene.pairs(ALL, new Seed(0))).hasSize(2);
        assertThatThrownBy(() -> scene.pairs(new OverlapSampling(1.1, 1.5, 1, 5), new Seed(0)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("expected images with depth whose overlap lies between 1.1 and 1.5, found none");
    }

    @Test
    void anImageOfAnotherSizeIsRefused() throws IOException {
        writeScene("geometric", true);
        SceneFolders.writeModel(folder.resolve("sparse"), VIEWS, "PINHOLE", pinhole(), false);
        Path text = folder.resolve("sparse/cameras.txt");
        Files.writeString(text, Files.readString(text).replace("160 120", "320 240"));
        for (String name : List.of("cameras", "images", "points3D")) {
            Files.delete(folder.resolve("sparse/" + name + ".bin"));
        }
        assertThatThrownBy(() -> ColmapScene.open(folder).images().get(0).read())
                .isInstanceOf(IOException.class)
                .hasMessageContaining(
                        "view 0.png: expected an image of 320x240 px as its camera has, found 160x120 px");
    }

    /** A wall seen by lenses that bend lines: what the truth says is what the wall's plane says, to a hundredth of a px. */
    @Test
    void distortionGoesThroughTheTruth() throws IOException {
        double[] params = {70, 80, 60, 0.06};
        SceneFolders.writeModel(
                folder.resolve("sparse"), VIEWS, "SIMPLE_RADIAL", List.of(params, params, params), true);
        Vector3 wall = new Vector3(0.03, -0.02, 0.2);
        ColmapModel model = ColmapModel.read(folder.resolve("sparse"));
        CameraModel camera = model.camera(model.images().get(0)).model();
        for (int v = 0; v < 2; v++) {
            SceneFolders.writeImage(VIEWS.get(v), folder.resolve("images").resolve(SceneFolders.name(v)));
            float[] depths = new float[160 * 120];
            for (int i = 0; i < depths.length; i++) {
                int row = i / 160;
                depths[i] = (float) depth(model, v, wall, i % 160 + 0.5, row + 0.5);
            }
            SceneFolders.writeColmapDepth(
                    depths, 160, folder.resolve("stereo/depth_maps/" + SceneFolders.name(v) + ".geometric.bin"));
        }
        PosedPair pair = ColmapScene.open(folder).pairs(ALL, new Seed(0)).get(0);
        TwoViewTruth truth = PosedPair.truth(pair.image0().read(), pair.image1().read(), DepthTruth.EXACT);
        int visible = 0;
        for (double y = 2.3; y < 118; y += 3.7) {
            for (double x = 2.9; x < 158; x += 4.1) {
                PointTruth found = truth.locate(x, y);
                if (found.reason() != Reason.VISIBLE) {
                    continue;
                }
                visible++;
                Vector3 in0 = camera.ray(x, y).times(depth(model, 0, wall, x, y));
                Vector3 world = model.images().get(0).camFromWorld().inverse().map(in0);
                PixelPoint expected =
                        camera.project(model.images().get(1).camFromWorld().map(world));
                assertThat(Math.hypot(found.x() - expected.x(), found.y() - expected.y()))
                        .isLessThan(0.01);
                PointTruth back = truth.reversed().locate(found.x(), found.y());
                assertThat(Math.hypot(back.x() - x, back.y() - y)).isLessThan(0.02);
            }
        }
        assertThat(visible).isGreaterThan(300);
    }

    /** Depth of a plane that stands before view 0. */
    private static double depth(ColmapModel model, int view, Vector3 wall, double x, double y) {
        var fromFirst = model.images()
                .get(view)
                .camFromWorld()
                .compose(model.images().get(0).camFromWorld().inverse());
        Vector3 eye = fromFirst.inverse().translation();
        CameraModel camera = model.camera(model.images().get(view)).model();
        Vector3 ray = fromFirst.inverse().rotate(camera.ray(x, y));
        return (1 - wall.dot(eye)) / wall.dot(ray);
    }
}
