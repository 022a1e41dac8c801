package io.tiepoint.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tiepoint.app.doctor.Finding;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class DoctorCommandTest {
    private static final Finding JAVA =
            new Finding("Java", Finding.Need.REQUIRED, Finding.Status.OK, "17.0.1, Linux amd64", "");
    private static final Finding BLENDER = new Finding(
            "Blender", Finding.Need.OPTIONAL, Finding.Status.MISSING, "none on the PATH", "apt-get install blender");
    private static final Finding TORCH =
            new Finding("libtorch", Finding.Need.REQUIRED, Finding.Status.FAILED, "does not load", "build again");

    @Test
    void aMachineThatRunsTheseTestsIsWell() throws IOException {
        Cli run = Cli.run("doctor", "--json");
        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        JsonNode root = new ObjectMapper().readTree(run.out());
        assertThat(root.get("format").asText()).isEqualTo("tiepoint-doctor/1");
        assertThat(root.get("ok").asBoolean()).isTrue();
        assertThat(root.get("checks").findValuesAsText("name"))
                .contains("Java", "ONNX Runtime", "OpenCV", "libtorch", "weights", "Blender", "Python");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void whatIsMissingStandsAboveWhatToDo() {
        String table = DoctorCommand.table(List.of(JAVA, BLENDER));
        assertThat(table.lines())
                .containsExactly(
                        "required",
                        "  ok       Java     17.0.1, Linux amd64",
                        "optional",
                        "  missing  Blender  none on the PATH",
                        "                    apt-get install blender",
                        "All that is required works.");
        assertThat(DoctorCommand.exitCode(List.of(JAVA, BLENDER))).isZero();
    }

    @Test
    void whatIsRequiredAndDoesNotWorkEndsWithOne() throws IOException {
        List<Finding> findings = List.of(JAVA, TORCH, BLENDER);
        assertThat(DoctorCommand.exitCode(findings)).isEqualTo(1);
        assertThat(DoctorCommand.table(findings))
                .contains("  FAILED   libtorch  does not load")
                .endsWith("Required, and does not work: libtorch.\n");
        assertThat(new ObjectMapper()
                        .readTree(DoctorCommand.json(findings))
                        .get("ok")
                        .asBoolean())
                .isFalse();
    }

    @Test
    void helpTeachesByExample() {
        Cli run = Cli.run("doctor", "--help");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("tiepoint doctor --json", "Exit codes", "Blender");
    }
}
