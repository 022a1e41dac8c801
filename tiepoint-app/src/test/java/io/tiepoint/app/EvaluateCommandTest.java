package io.tiepoint.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.tiepoint.core.image.ColorImage;
import io.tiepoint.core.image.GrayImage;
import io.tiepoint.core.image.ImageFiles;
import io.tiepoint.core.image.ImageSize;
import io.tiepoint.core.random.Seed;
import io.tiepoint.evaluate.DetectorReport;
import io.tiepoint.evaluate.EvaluationReport;
import io.tiepoint.synthetic.images.ProceduralImages;
import io.tiepoint.synthetic.images.ProceduralRecipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluateCommandTest {
    @TempDir
    Path folder;

    private Path photos;
    private Path json;

    @BeforeEach
    void writePhotos() throws IOException {
        photos = Files.createDirectory(folder.resolve("photos"));
        json = folder.resolve("report.json");
        for (int i = 0; i < 2; i++) {
            ImageFiles.writePng(ColorImage.of(texture(i)), photos.resolve("p" + i + ".png"));
        }
    }

    private static GrayImage texture(int index) {
        return new ProceduralImages(ProceduralRecipe.DEFAULT, new Seed(3), new ImageSize(240, 160)).image(index);
    }

    @Test
    void measuresClassicalMethodsOnPhotos() throws IOException {
        Cli run = Cli.run(
                "evaluate", "--photos", photos, "--methods", "rootsift,orb", "--pairs-per-photo", 1, "--json", json);

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).contains("mild, 2 pairs", "strong, 2 pairs", "all, 6 pairs", "rootsift minus the others");
        EvaluationReport report = EvaluationReport.read(json);
        assertThat(report.complete()).isTrue();
        assertThat(report.options())
                .containsEntry("maxKeypoints", "1024")
                .containsEntry("photos", "2 of photos")
                .containsKey("estimator");
        assertThat(report.methods().get(0).bands().get(0).precision().at5Px().value())
                .isGreaterThan(0.7);
    }

    @Test
    void isTheSameInEveryRunButForTheTimes() throws IOException {
        Path second = folder.resolve("second.json");
        for (Path file : new Path[] {json, second}) {
            Cli run = Cli.run(
                    "evaluate", "--photos", photos, "--methods", "orb", "--band", "mild", "--limit", 1, "--json", file);
            assertThat(run.exitCode()).as(run.err()).isZero();
        }

        assertThat(withoutTimes(Files.readString(json))).isEqualTo(withoutTimes(Files.readString(second)));
    }

    private static String withoutTimes(String text) {
        return text.replaceAll("\"\\w+Ms\" : [0-9.E-]+", "");
    }

    @Test
    void evaluatesHPatches() throws IOException {
        Path scene = Files.createDirectories(folder.resolve("sequences/v_here"));
        ImageFiles.writePng(ColorImage.of(texture(0)), scene.resolve("1.png"));
        ImageFiles.writePng(ColorImage.of(texture(0)), scene.resolve("2.png"));
        Files.writeString(scene.resolve("H_1_2"), "1 0 0 0 1 0 0 0 1");

        Cli run = Cli.run("evaluate", "--hpatches", folder.resolve("sequences"), "--methods", "orb");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).contains("viewpoint, 1 pair\n", "homographyFrame: CENTRE");
    }

    @Test
    void judgesCornerDetectorsOnShapes() throws IOException {
        Cli run = Cli.run("evaluate", "--shapes", 2, "--methods", "harris,fast", "--json", json);

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).contains("clean, 18 images", "noisy, 18 images", "checkerboard");
        assertThat(DetectorReport.read(json).results()).hasSize(4);
    }

    @Test
    void drawsTheWorstPairs() throws IOException {
        Path failures = folder.resolve("failures");

        Cli run =
                Cli.run("evaluate", "--photos", photos, "--methods", "orb", "--band", "strong", "--failures", failures);

        assertThat(run.exitCode()).as(run.err()).isZero();
        for (int rank = 1; rank <= 3; rank++) {
            ColorImage picture = ImageFiles.readColor(failures.resolve("strong-orb-" + rank + ".png"));
            assertThat(picture.width()).isGreaterThan(480);
        }
        assertUsage("expected an empty folder, found files", "--photos", photos, "--failures", failures);
    }

    @Test
    void keepsWhatWasDoneBeforeABrokenPhoto() throws IOException {
        Path broken = photos.resolve("z.jpg");
        Files.write(broken, new byte[] {1, 2, 3});

        Cli run = Cli.run("evaluate", "--photos", photos, "--methods", "orb", "--pairs-per-photo", 1, "--json", json);

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains(broken + ": expected").doesNotContain("\tat ");
        assertThat(run.out()).contains("mild, 1 pair\n", "Stopped early");
        assertThat(EvaluationReport.read(json).complete()).isFalse();
    }

    @Test
    void namesWrongUsage() throws IOException {
        Files.writeString(json, "mine");

        assertUsage("expected nothing there, found a file", "--photos", photos, "--json", json);
        assertUsage("--methods: expected", "--photos", photos, "--methods", "surf");
        assertUsage("--limit: expected > 0, found 0", "--photos", photos, "--limit", 0);
        assertUsage("--max-keypoints: expected > 0", "--photos", photos, "--max-keypoints", 0);
        assertUsage("--shapes", "--shapes", 0);
        assertUsage("--photos", "--photos", photos, "--shapes", 1);
        assertUsage("--photos");
        assertThat(json).hasContent("mine");
    }

    private static void assertUsage(String message, Object... arguments) {
        Object[] all = new Object[arguments.length + 1];
        all[0] = "evaluate";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        Cli run = Cli.run(all);
        assertThat(run.err()).contains(message).doesNotContain("\tat ");
        assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
    }

    @Test
    void namesAFolderThatIsNone() {
        Path missing = folder.resolve("nowhere");

        Cli run = Cli.run("evaluate", "--photos", missing);

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains(missing + ": expected a folder of photos, found no such folder");
    }
}
