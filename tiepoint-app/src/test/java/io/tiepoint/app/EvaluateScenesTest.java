package io.tiepoint.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.tiepoint.core.geometry.Camera;
import io.tiepoint.core.geometry.Vector3;
import io.tiepoint.core.image.ColorImage;
import io.tiepoint.core.image.ImageFiles;
import io.tiepoint.core.image.ImageSize;
import io.tiepoint.core.random.Seed;
import io.tiepoint.evaluate.PoseReport;
import io.tiepoint.evaluate.PoseSummary;
import io.tiepoint.interop.npy.NpyArray;
import io.tiepoint.synthetic.pairs.ScenePairRecipe;
import io.tiepoint.synthetic.pairs.ScenePairs;
import io.tiepoint.synthetic.render.SceneView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code tiepoint evaluate} on real scenes: here one that was rendered and written as glue-factory keeps MegaDepth-1500, and COLMAP. */
class EvaluateScenesTest {
    private static final ImageSize SIZE = new ImageSize(320, 240);
    private static final List<SceneView> VIEWS = new ScenePairs(ScenePairRecipe.MILD, SIZE, new Seed(5)).path(0, 3);

    @TempDir
    Path folder;

    private static String pose(SceneView view) {
        StringBuilder text = new StringBuilder();
        for (double number : view.camFromWorld().rotation()) {
            text.append(number).append(' ');
        }
        Vector3 t = view.camFromWorld().translation();
        return text.append(t.x() + " " + t.y() + " " + t.z()).toString();
    }

    private static String camera(SceneView view) {
        Camera c = view.camera();
        return "PINHOLE 320 240 " + c.focalX() + " " + c.focalY() + " " + c.centreX() + " " + c.centreY();
    }

    private void writeViews() throws IOException {
        Path images = Files.createDirectories(folder.resolve("images"));
        Path depths = Files.createDirectories(folder.resolve("depths"));
        StringBuilder views = new StringBuilder();
        for (int v = 0; v < VIEWS.size(); v++) {
            SceneView view = VIEWS.get(v);
            views.append("a_" + v + ".png " + pose(view) + " " + camera(view) + "\n");
            ImageFiles.writePng(ColorImage.of(view.image()), images.resolve("a_" + v + ".png"));
            float[][] rows = new float[240][320];
            for (int i = 0; i < 320 * 240; i++) {
                float depth = view.depth().depths()[i];
                rows[i / 320][i % 320] = Float.isInfinite(depth) ? 0 : depth;
            }
            try (var hdf = io.jhdf.HdfFile.write(depths.resolve("a_" + v + ".h5"))) {
                var unused = hdf.putDataset("depth", rows);
            }
        }
        Path a = Files.writeString(folder.resolve("views.txt"), views);
        Path b = Files.writeString(folder.resolve("pairs.txt"), "a_0.png a_1.png\na_2.png a_1.png\n");
        assertThat(List.of(a, b)).allMatch(Files::exists);
    }

    @Test
    void judgesMatchesByDepthAndPosesByTheirAngles() throws IOException {
        writeViews();
        Path json = folder.resolve("report.json");
        Cli run = Cli.run("evaluate", "--megadepth", folder, "--methods", "rootsift,orb", "--json", json);
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).contains("2 pairs", "AUC@20", "rootsift", "orb", "pairList: 2 pairs", "longSidePx: 1600");
        PoseReport report = PoseReport.read(json);
        assertThat(report.complete()).isTrue();
        PoseSummary rootSift = report.methods().get(0);
        assertThat(rootSift.matches()).isGreaterThan(50);
        assertThat(rootSift.judged()).isGreaterThan(30).isLessThan(rootSift.matches());
        assertThat(rootSift.precision().at3Px().value()).isGreaterThan(0.6);
        assertThat(rootSift.auc().at20Deg().value()).isGreaterThan(0.5);
    }

    @Test
    void smallerImagesAreJudgedInTheirOwnPixels() throws IOException {
        writeViews();
        Cli run = Cli.run("evaluate", "--megadepth", folder, "--methods", "rootsift", "--resize", 200, "--limit", 1);
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).contains("1 pair\n", "longSidePx: 200");
        double precision =
                Double.parseDouble(run.out().replaceAll("(?s).*rootsift +\\S+ +\\S+ +\\S+ ±\\S+ +(\\S+) ±.*", "$1"));
        assertThat(precision).as(run.out()).isGreaterThan(60);
    }

    @Test
    void readsAModelOfColmap() throws IOException {
        writeViews();
        Path model = Files.createDirectories(folder.resolve("sparse"));
        StringBuilder cameras = new StringBuilder();
        StringBuilder images = new StringBuilder();
        for (int v = 0; v < 2; v++) {
            SceneView view = VIEWS.get(v);
            cameras.append(v + " " + camera(view) + "\n");
            double[] r = view.camFromWorld().rotation();
            double w = Math.sqrt(Math.max(1 + r[0] + r[4] + r[8], 1e-9)) / 2;
            Vector3 t = view.camFromWorld().translation();
            images.append(String.format(
                    "%d %s %s %s %s %s %s %s %d a_%d.png%n10 10 1 20 20 2 30 30 %d%n",
                    v,
                    w,
                    (r[7] - r[5]) / (4 * w),
                    (r[2] - r[6]) / (4 * w),
                    (r[3] - r[1]) / (4 * w),
                    t.x(),
                    t.y(),
                    t.z(),
                    v,
                    v,
                    v + 3));
            Path depth = Files.write(
                    folder.resolve("depths/a_" + v + ".npy"),
                    NpyArray.ofFloats(view.depth().depths(), 240, 320).toFile());
            Files.delete(folder.resolve("depths/a_" + v + ".h5"));
            assertThat(depth).exists();
        }
        Path a = Files.writeString(model.resolve("cameras.txt"), cameras);
        Path b = Files.writeString(model.resolve("images.txt"), images);
        Path c = Files.writeString(model.resolve("points3D.txt"), "1 0 0 0 0 0 0 0\n2 0 0 0 0 0 0 0\n");
        assertThat(List.of(a, b, c)).allMatch(Files::exists);
        Cli run = Cli.run("evaluate", "--colmap", folder, "--methods", "rootsift", "--pairs", 1);
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).contains("1 pair\n", "images: 2 with depth of 2");
        Cli none = Cli.run("evaluate", "--colmap", folder, "--methods", "rootsift", "--overlap", "0.9,1");
        assertThat(none.exitCode()).isEqualTo(1);
        assertThat(none.err())
                .contains("expected images with depth whose overlap lies between 0.9 and 1.0, found none");
    }

    @Test
    void namesWrongUsageAndWhatIsMissing() throws IOException {
        Cli empty = Cli.run("evaluate", "--colmap", folder, "--methods", "orb");
        assertThat(empty.exitCode()).isEqualTo(1);
        assertThat(empty.err()).contains("expected a COLMAP model").hasLineCount(1);
        writeViews();
        Files.delete(folder.resolve("depths/a_1.h5"));
        Cli missing = Cli.run("evaluate", "--megadepth", folder, "--methods", "orb");
        assertThat(missing.exitCode()).isEqualTo(1);
        assertThat(missing.err())
                .contains("a_1.h5: expected a depth map, found no such file")
                .doesNotContain("\tat ");
        for (Object[] wrong : new Object[][] {
            {"--resize", 0}, {"--overlap", "0.7,0.1"}, {"--pairs", 0}, {"--failures", folder.resolve("f")}
        }) {
            Cli run = Cli.run("evaluate", "--megadepth", folder, wrong[0], wrong[1]);
            assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
            assertThat(run.err()).contains("expected");
        }
    }
}
