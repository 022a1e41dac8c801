package io.tiepoint.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tiepoint.core.features.Keypoints;
import io.tiepoint.core.image.GrayImage;
import io.tiepoint.core.random.Draws;
import io.tiepoint.core.random.Seed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DetectorReportTest {
    private static final Seed SEED = new Seed(11);

    @TempDir
    Path folder;

    /** Cubes with one corner in the middle, and noise with none. */
    private static List<DetectorSample> samples() {
        GrayImage image = GrayImage.of(8, 8, new float[64]);
        Keypoints middle = Keypoints.of(new float[] {4, 4}, new float[] {1});
        List<DetectorSample> samples = new ArrayList<>();
        for (String data : List.of("clean", "noisy")) {
            for (int i = 0; i < 10; i++) {
                samples.add(new DetectorSample(data, "cube", image, middle));
                samples.add(new DetectorSample(data, "noise", image, Keypoints.NONE));
            }
        }
        return samples;
    }

    private static DetectorReport report() {
        Draws draws = SEED.draws();
        List<Detector> detectors = List.of(
                new Detector("middle", 0, image -> Keypoints.of(new float[] {4, 5}, new float[] {0.5f})),
                new Detector("random", 0, image -> {
                    float[] position = {8 * draws.nextFloat(), 8 * draws.nextFloat()};
                    return Keypoints.of(position, new float[] {draws.nextFloat()});
                }),
                new Detector("blind", 0, image -> Keypoints.NONE));
        List<DetectorResult> results =
                new DetectorEvaluation(detectors, 2, SEED).run(samples().iterator());
        List<DetectorResult> timeless = results.stream()
                .map(r -> new DetectorResult(r.detector(), r.data(), r.images(), 1.25, r.summaries()))
                .toList();
        return DetectorReport.of(timeless, Map.of("shapes", "10"), SEED, true);
    }

    @Test
    void groupsByKindOfImagesThenByDetector() {
        assertThat(report().results())
                .extracting(DetectorResult::data, DetectorResult::detector)
                .extracting(
                        tuple -> tuple.toList().get(0) + " " + tuple.toList().get(1))
                .containsExactly(
                        "clean middle", "clean random", "clean blind", "noisy middle", "noisy random", "noisy blind");
        DetectorSummary middle = report().results().get(0).summaries().get(0);
        assertThat(middle.meanAveragePrecision().value()).isEqualTo(1);
        assertThat(middle.pooledAveragePrecision()).isEqualTo(0.5);
    }

    @Test
    void survivesTheWayThroughJson() throws IOException {
        DetectorReport report = report();
        Path file = folder.resolve("report.json");
        Files.writeString(file, report.toJson());

        assertThat(DetectorReport.read(file)).isEqualTo(report);
        assertThat(report.toJson()).isEqualTo(report().toJson()).doesNotContain("NaN");
    }

    @Test
    void refusesAReportOfAnotherFormat() throws IOException {
        Path file = folder.resolve("report.json");
        Files.writeString(file, report().toJson().replace(DetectorReport.FORMAT, "tiepoint-evaluation/1"));

        assertThatThrownBy(() -> DetectorReport.read(file))
                .hasMessage(file + ": expected format tiepoint-detector-evaluation/1, found tiepoint-evaluation/1");
    }

    @Test
    void showsATable() {
        assertThat(report().toText())
                .startsWith("""
                        clean, 20 images
                        detector         mAP@2 pooled@2      error@2 px         mAP@4 pooled@4      error@4 px      ms
                        middle    1.000 ±0.000    0.500    1.000 ±0.000  1.000 ±0.000    0.500    1.000 ±0.000    1.25
                        """)
                .contains("blind     0.000 ±0.000    0.000               -")
                .contains("""
                        AP@4        cube   noise
                        middle     1.000   (1.0)
                        """)
                .endsWith("shapes: 10\n");
    }
}
