package io.tiepoint.app.synth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.tiepoint.core.geometry.Camera;
import io.tiepoint.core.geometry.Homography;
import io.tiepoint.core.geometry.PixelFrame;
import io.tiepoint.core.geometry.PixelPoint;
import io.tiepoint.core.geometry.Pose;
import io.tiepoint.core.geometry.Vector3;
import io.tiepoint.core.image.GrayImage;
import io.tiepoint.core.image.ImageSize;
import io.tiepoint.core.image.PngEncoder;
import io.tiepoint.core.random.Draws;
import io.tiepoint.core.random.Seed;
import io.tiepoint.core.truth.Reason;
import io.tiepoint.interop.dataset.DataSample;
import io.tiepoint.interop.dataset.DataSetFormat;
import io.tiepoint.interop.dataset.DataSetWriter;
import io.tiepoint.interop.dataset.Manifest;
import io.tiepoint.interop.npy.NpyArray;
import io.tiepoint.interop.npy.NpzArchive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SetReportTest {
    private static final ImageSize SIZE = new ImageSize(80, 60);

    @TempDir
    Path folder;

    /** Two cameras 1 m apart, both looking straight on; depth 4 m in the left half and 10 m in the right one, sky on top. */
    private static DataSample sample(long index) {
        Camera camera = new Camera(SIZE, 80, 80, 40, 30);
        Pose pose1 = Pose.ofQuaternion(new double[] {1, 0, 0, 0}, new Vector3(-1, 0, 0));
        float[] depths = new float[80 * 60];
        float[] holed = new float[80 * 60];
        for (int i = 0; i < depths.length; i++) {
            depths[i] = i / 80 < 15 ? Float.POSITIVE_INFINITY : i % 80 < 40 ? 4 : 10;
            holed[i] = i / 80 >= 54 ? 0 : depths[i];
        }
        Draws draws = new Seed(index).draws();
        double[] points0 = new double[2 * 200];
        double[] points1 = new double[2 * 200];
        byte[] reasons = new byte[200];
        byte[] holedReasons = new byte[200];
        Arrays.fill(points1, Double.NaN);
        for (int i = 0; i < 200; i++) {
            points0[2 * i] = draws.nextDouble(0, 80);
            points0[2 * i + 1] = draws.nextDouble(0, 60);
            int row = (int) points0[2 * i + 1];
            int column = (int) points0[2 * i];
            float depth = depths[80 * row + column];
            Reason reason = Reason.SKY;
            if (depth < 100) {
                PixelPoint seen = camera.project(
                        pose1.map(camera.ray(points0[2 * i], points0[2 * i + 1]).times(depth)));
                points1[2 * i] = seen.x();
                points1[2 * i + 1] = seen.y();
                reason = SIZE.contains(seen.x(), seen.y()) ? Reason.VISIBLE : Reason.OUT_OF_FRAME;
                reason = i % 10 == 0 ? Reason.OCCLUDED : reason;
            }
            reasons[i] = Codes.of(reason);
            holedReasons[i] = Codes.of(points0[2 * i + 1] >= 54 ? Reason.NO_DEPTH : reason);
        }
        double[] poses = new double[32];
        for (int v = 0; v < 2; v++) {
            poses[16 * v] = 1;
            poses[16 * v + 5] = 1;
            poses[16 * v + 10] = 1;
            poses[16 * v + 15] = 1;
        }
        poses[16 + 3] = -1;
        byte[] png = PngEncoder.encode(GrayImage.wrap(80, 60, new float[80 * 60]));
        return new DataSample(SyntheticSet.key(index))
                .with("view0.png", png)
                .with("view1.png", png)
                .with("depth0.npy", NpyArray.ofFloats(depths, 60, 80).toFile())
                .with("holed0.npy", NpyArray.ofFloats(holed, 60, 80).toFile())
                .with("cameras.npz", NpzArchive.write(Map.of("cam_from_world", NpyArray.ofDoubles(poses, 2, 4, 4))))
                .with("points.npz", points(points0, points1, reasons))
                .with("points-holed.npz", points(points0, points1, holedReasons));
    }

    private static byte[] points(double[] points0, double[] points1, byte[] reasons) {
        return NpzArchive.write(Map.of(
                "points0", NpyArray.ofDoubles(points0, 200, 2),
                "points1", NpyArray.ofDoubles(points1, 200, 2),
                "reason", NpyArray.ofBytes(reasons, 200)));
    }

    private SetReport report() throws IOException {
        write(folder, "scenes", SetReportTest::sample);
        return SetReport.of(folder, null, 100);
    }

    private static void write(Path set, String kind, LongFunction<DataSample> samples) throws IOException {
        Manifest settings = new Manifest(
                Manifest.FORMAT,
                kind,
                DataSetFormat.WEBDATASET,
                3,
                3,
                0,
                PixelFrame.CORNER,
                "test",
                JsonNodeFactory.instance.objectNode(),
                Map.of(),
                List.of(),
                Map.of());
        DataSetWriter.open(set, settings).write(0, samples, Map::of);
    }

    @ParameterizedTest
    @EnumSource
    void measuresImagesOfEveryEncoding(ImageEncoding encoding) throws IOException {
        byte[] image = encoding.encode(gray(0.5f));
        byte[] points = sample(0).bytes("points.npz");
        write(
                folder,
                "scenes",
                index -> new DataSample(SyntheticSet.key(index))
                        .with("view0." + encoding.extension(), image)
                        .with("view1." + encoding.extension(), image)
                        .with("points.npz", points));
        JsonNode figures = SetReport.of(folder, null, 100).toJson().path("figures");
        assertThat(figures.path("brightness").path("dataSet").path("count").asInt())
                .isEqualTo(6);
        assertThat(median(figures, "brightness")).isCloseTo(0.5, within(0.01));
        assertThat(median(figures, Figures.PARALLAX)).isBetween(0.5, 6.0);
    }

    private static GrayImage gray(float tone) {
        float[] pixels = new float[80 * 60];
        Arrays.fill(pixels, tone);
        return GrayImage.wrap(80, 60, pixels);
    }

    @ParameterizedTest
    @CsvSource({
        "scenes, 'less: lowered by photometric0.brightness and photometric1.brightness'",
        "pairs, 'less: lowered by meanTone of images, views.photometric0.brightness and views.photometric1.brightness'",
        "images, 'less: lowered by meanTone'",
        "shapes, 'less: lowered by photometric.brightness'"
    })
    void namesParametersOfTheRecipeThatMadeTheData(String kind, String remedy) throws IOException {
        Path photos = Files.createDirectory(folder.resolve("photos"));
        Path ignored = Files.write(photos.resolve("dark.png"), PngEncoder.encode(gray(0.1f)));
        Path set = folder.resolve("set");
        byte[] bright = PngEncoder.encode(gray(0.8f));
        write(set, kind, index -> new DataSample(SyntheticSet.key(index)).with("png", bright));
        List<String> gaps = SetReport.of(set, photos, 100).gaps();
        assertThat(gaps).anyMatch(gap -> gap.startsWith("brightness: 0 % of the photographs") && gap.endsWith(remedy));
    }

    @Test
    void remediesOfScenesAreParametersOfScenes() throws IOException {
        assertThat(report().gaps())
                .isNotEmpty()
                .noneMatch(gap -> gap.contains("homography") || gap.contains("of images"));
    }

    @Test
    void measuresWhatTwoViewsOfASceneShow() throws IOException {
        SetReport report = report();
        JsonNode figures = report.toJson().path("figures");
        assertThat(median(figures, Figures.BASELINE)).isCloseTo(0.1, within(1e-6));
        assertThat(median(figures, Figures.VIEW_ANGLE)).isCloseTo(0, within(1e-4));
        assertThat(median(figures, Figures.SKY)).isCloseTo(0.25, within(1e-9));
        assertThat(median(figures, Figures.HOLES)).isCloseTo(0.1, within(1e-9));
        assertThat(median(figures, Figures.DEPTH_RANGE)).isCloseTo(Math.log(2.5) / Math.log(2), within(1e-6));
        assertThat(median(figures, Figures.OCCLUSION)).isBetween(0.05, 0.1);
        // The halves move by 20 and by 8 px: no homography does that, and none is off by more than 6 px on average.
        assertThat(median(figures, Figures.PARALLAX)).isBetween(0.5, 6.0);
        assertThat(median(figures, "unknown, with holes")).isGreaterThan(median(figures, Figures.UNKNOWN));
        assertThat(report.gaps())
                .anyMatch(
                        gap -> gap.startsWith("baseline over depth: 0.0 % of the pairs lie between 0.2000 and 0.6000;")
                                && gap.endsWith("given by: change.parallaxRad"))
                .anyMatch(gap -> gap.startsWith("hole share: 0.0 %") && gap.endsWith("the strengths of --holes"))
                .noneMatch(gap ->
                        gap.startsWith("baseline over depth: 0.0 % of the pairs lie between 0.05000 and 0.2000"));
        assertThat(report.toHtml())
                .contains("baseline over depth", "one dot a pair", "reasons of points, as depth with holes says")
                .contains("<code>change.parallaxRad</code>")
                .doesNotContain("NaN", "Infinity");
    }

    private static double median(JsonNode figures, String name) {
        assertThat(figures.has(name)).as(name).isTrue();
        return figures.path(name).path("dataSet").path("q50").asDouble();
    }

    @Test
    void aPlaneHasNoParallax() {
        for (int seed = 0; seed < 50; seed++) {
            Draws draws = new Seed(seed).draws();
            Homography h = Homography.of(
                    1 + 0.2 * draws.nextGaussian(),
                    0.2 * draws.nextGaussian(),
                    30 * draws.nextGaussian(),
                    0.2 * draws.nextGaussian(),
                    1 + 0.2 * draws.nextGaussian(),
                    30 * draws.nextGaussian(),
                    4e-4 * draws.nextGaussian(),
                    4e-4 * draws.nextGaussian(),
                    1);
            List<double[]> points = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                double x = draws.nextDouble(0, 320);
                double y = draws.nextDouble(0, 240);
                PixelPoint there = h.map(x, y);
                points.add(new double[] {x, y, there.x(), there.y()});
            }
            assertThat(PlaneFit.residualPx(points)).as("seed %s", seed).isLessThan(1e-4);
            points.replaceAll(p -> new double[] {p[0], p[1], p[2] + draws.nextGaussian(), p[3] + draws.nextGaussian()});
            assertThat(PlaneFit.residualPx(points)).as("seed %s", seed).isBetween(0.7, 2.2);
        }
        List<double[]> line = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            line.add(new double[] {i, i, 2 * i, i});
        }
        assertThat(PlaneFit.residualPx(line)).isNaN();
    }
}
