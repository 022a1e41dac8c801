package io.tiepoint.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.tiepoint.core.random.Seed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluationReportTest {
    @TempDir
    Path folder;

    private static PairResult result(int index, String band, double cornerErrorPx) {
        double precision = 1 / (1 + Math.min(cornerErrorPx, 9));
        return new PairResult(
                "pair" + index,
                "scene" + index / 2,
                band,
                1000,
                900,
                400,
                300,
                0.5,
                0.625,
                new PerThreshold<>(precision / 2, precision, precision),
                0.75,
                cornerErrorPx,
                StageTimes.of(20 + index, 5, 2));
    }

    private static EvaluationReport report(boolean complete) {
        List<PairResult> good = new ArrayList<>();
        List<PairResult> bad = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            String band = i < 6 ? "mild" : "strong";
            good.add(result(i, band, 0.25 * (i + 1)));
            bad.add(result(i, band, i % 3 == 2 ? Double.POSITIVE_INFINITY : i + 1));
        }
        return EvaluationReport.of(
                List.of(new MethodResults("tiepoint-s", good), new MethodResults("orb", bad)),
                Map.of("photos", "60 files", "maxKeypoints", "1024"),
                new Seed(9),
                complete);
    }

    @Test
    void survivesTheWayThroughJson() throws IOException {
        EvaluationReport report = report(true);
        Path file = folder.resolve("report.json");
        Files.writeString(file, report.toJson());

        assertThat(EvaluationReport.read(file)).isEqualTo(report);
        assertThat(report.toJson())
                .contains("\"cornerErrorPx\" : null")
                .doesNotContain("Infinity")
                .doesNotContain("NaN");
    }

    @Test
    void isTheSameInEveryRun() {
        assertThat(report(true).toJson()).isEqualTo(report(true).toJson());
    }

    @Test
    void refusesWhatItDidNotWrite() throws IOException {
        Path file = folder.resolve("report.json");
        Files.writeString(file, report(true).toJson().replace("\"pairCount\"", "\"pairs\""));
        assertThatThrownBy(() -> EvaluationReport.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(
                        file + ": expected a report of `tiepoint evaluate`, found Missing creator property");

        Files.writeString(file, report(true).toJson().replace("\"seed\"", "\"sead\" : 1, \"seed\""));
        assertThatThrownBy(() -> EvaluationReport.read(file))
                .hasMessageStartingWith(file + ": expected a report of `tiepoint evaluate`, found Unrecognized field");

        Files.writeString(file, report(true).toJson().replace("tiepoint-evaluation/1", "tiepoint-evaluation/9"));
        assertThatThrownBy(() -> EvaluationReport.read(file))
                .hasMessage(file + ": expected format tiepoint-evaluation/1, found tiepoint-evaluation/9");

        Files.writeString(file, "half a rep");
        assertThatThrownBy(() -> EvaluationReport.read(file)).hasMessageStartingWith(file + ": expected a report");
    }

    @Test
    void summarisesEachBandAndAllTogether() {
        EvaluationReport report = report(true);

        assertThat(report.pairCount()).isEqualTo(12);
        assertThat(report.methods().get(0).bands())
                .extracting(BandSummary::band, BandSummary::pairs)
                .containsExactly(tuple("mild", 6), tuple("strong", 6), tuple("all", 12));
        assertThat(report.methods().get(0).bands().get(0).medianTimes().extractionMs())
                .isEqualTo(22.5);
    }

    @Test
    void comparesTheFirstMethodWithTheOthersOnTheSamePairs() {
        Comparison mild = report(true).comparisons().get(0);
        List<EvaluationReport.MethodReport> methods = report(true).methods();

        assertThat(mild.method()).isEqualTo("tiepoint-s");
        assertThat(mild.baseline()).isEqualTo("orb");
        assertThat(mild.auc().at3Px().value())
                .isEqualTo(methods.get(0).bands().get(0).auc().at3Px().value()
                        - methods.get(1).bands().get(0).auc().at3Px().value());
        assertThat(mild.auc().at3Px().low()).isPositive();
    }

    @Test
    void showsATable() throws IOException {
        try (var expected = EvaluationReportTest.class.getResourceAsStream("table.txt")) {
            assertThat(expected).isNotNull();
            assertThat(EvaluationTable.of(report(false)))
                    .isEqualTo(new String(expected.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void refusesMethodsOnDifferentPairs() {
        MethodResults one = new MethodResults("a", List.of(result(0, "mild", 1)));
        MethodResults other = new MethodResults("b", List.of(result(1, "mild", 1)));

        assertThatThrownBy(() -> EvaluationReport.of(List.of(one, other), Map.of(), new Seed(1), true))
                .hasMessage("pairs: expected the same for a and b, found others");
    }
}
