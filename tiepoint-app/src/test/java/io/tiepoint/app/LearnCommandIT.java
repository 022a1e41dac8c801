package io.tiepoint.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.tiepoint.train.recipe.Recipe;
import io.tiepoint.train.recipe.Recipes;
import io.tiepoint.train.stage.Learn;
import io.tiepoint.train.stage.Origin;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LearnCommandIT {
    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... args) {
        return TiepointCommand.run(new PrintWriter(out), new PrintWriter(err), args);
    }

    private static String tiny() throws URISyntaxException {
        return Path.of(LearnCommandIT.class.getResource("/tiny.yaml").toURI()).toString();
    }

    @Test
    void namesAnUnknownKeyAndTheNearestKnownOne() throws Exception {
        Path recipe = folder.resolve("mine.yaml");
        Files.writeString(recipe, Files.readString(Path.of(tiny())).replace("maxLabels:", "maxLabel:"));
        assertThat(run(
                        "learn",
                        "--recipe",
                        recipe.toString(),
                        "--out",
                        folder.resolve("run").toString()))
                .isEqualTo(1);
        assertThat(err.toString())
                .contains("mine.yaml")
                .contains("adapt.maxLabel")
                .contains("did you mean maxLabels?")
                .doesNotContain("\tat ");
    }

    @Test
    void saysWhichRecipesThereAre() {
        assertThat(run(
                        "learn",
                        "--recipe",
                        "enormous",
                        "--out",
                        folder.resolve("run").toString()))
                .isEqualTo(1);
        assertThat(err.toString())
                .contains("quick, laptop")
                .contains("enormous")
                .doesNotContain("\tat ");
    }

    @Test
    void leavesAnEarlierRunAloneUnlessItIsResumed() throws Exception {
        Path run = Files.createDirectories(folder.resolve("run"));
        Files.writeString(run.resolve("recipe.yaml"), "name: precious\n");
        assertThat(run("learn", "--recipe", tiny(), "--out", run.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("--resume");
        assertThat(run.resolve("recipe.yaml")).hasContent("name: precious");
    }

    @Test
    void refusesToResumeWhereThereIsNoRun() {
        assertThat(run("learn", "--resume", "--out", folder.resolve("none").toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("expected a run to go on with");
    }

    @Test
    void saysWhichStageIsMissing() throws Exception {
        Path run = folder.resolve("run");
        assertThat(run("train", "matching", "--recipe", tiny(), "--threads", "1", "--out", run.toString()))
                .isEqualTo(1);
        assertThat(err.toString())
                .contains("expected the result of stage features")
                .doesNotContain("\tat ");
    }

    @Test
    void goesOnWithTheSameImagesOnly() throws Exception {
        Path run = folder.resolve("run");
        Path photos = Files.createDirectories(folder.resolve("photos"));
        Recipe recipe = Recipes.open(tiny()).resolved();
        Learn.start(run, recipe, Origin.of("procedural images made from the seed; no photographs", "abc"));

        // Nothing was learned from images so far, so that others may be taken.
        assertThat(run("train", "features", "--photos", photos.toString(), "--out", run.toString()))
                .isEqualTo(1);
        assertThat(Origin.read(run).images()).isEqualTo("the photos of a folder named photos");
        assertThat(err.toString()).contains("expected the result of stage adapt");

        Files.createDirectories(run.resolve("adapt"));
        Files.writeString(
                run.resolve("adapt/labels.jsonl"),
                "{\"image\":\"000000.png\",\"frame\":\"CORNER\",\"keypoints\":[]}\n");
        assertThat(run("learn", "--resume", "--out", run.toString())).isEqualTo(2);
        assertThat(err.toString())
                .contains(
                        "--photos: expected what the run has learned from so far, the photos of a folder named photos")
                .doesNotContain("\tat ");
        assertThat(Origin.read(run).images()).isEqualTo("the photos of a folder named photos");
    }

    @Test
    void givesTheSameModelsWhenItIsKilledAgainAndAgain() throws Exception {
        Path whole = folder.resolve("whole");
        assertThat(start(whole, false).waitFor()).isZero();

        Path killed = folder.resolve("killed");
        Process process = start(killed, false);
        List<Path> signs = List.of(
                killed.resolve("corners/checkpoint.safetensors"),
                killed.resolve("adapt/labels.jsonl"),
                killed.resolve("features/checkpoint.safetensors"),
                killed.resolve("matching/checkpoint.safetensors"));
        for (Path sign : signs) {
            awaitFile(sign, process);
            process.destroyForcibly().waitFor();
            process = start(killed, true);
        }
        assertThat(process.waitFor()).isZero();

        for (String model : List.of("tiny-corners.onnx", "tiny.onnx", "tiny-matcher.onnx")) {
            assertThat(killed.resolve(model)).hasSameBinaryContentAs(whole.resolve(model));
        }
        for (String stage : List.of("corners", "features", "matching")) {
            assertThat(steps(killed.resolve(stage).resolve("metrics.jsonl")))
                    .isEqualTo(steps(whole.resolve(stage).resolve("metrics.jsonl")))
                    .hasSize(60);
        }
        assertThat(killed.resolve("adapt/labels.jsonl")).hasSameTextualContentAs(whole.resolve("adapt/labels.jsonl"));
    }

    @Test
    void saysHowToGoOnAndLeavesNothingHalfWrittenWhenItIsToldToStop() throws Exception {
        Path run = folder.resolve("stopped");
        Process process = start(run, false);
        awaitFile(run.resolve("corners/checkpoint.safetensors"), process);
        process.destroy();
        assertThat(process.waitFor()).isNotZero();

        Path log;
        try (Stream<Path> files = Files.list(folder)) {
            log = files.filter(file -> file.getFileName().toString().startsWith("log-"))
                    .findAny()
                    .orElseThrow();
        }
        assertThat(log).content().contains("go on with --resume").doesNotContain("unexpected");
        assertThat(run.resolve("corners/loss.png")).isNotEmptyFile();
        try (Stream<Path> files = Files.walk(run)) {
            assertThat(files.map(Path::toString)).noneMatch(name -> name.endsWith(".tmp"));
        }
    }

    private static List<String> steps(Path metrics) throws IOException {
        return Files.readAllLines(metrics).stream()
                .filter(line -> line.contains("stepMs"))
                .map(line -> line.replaceAll(",\"loss.*", ""))
                .toList();
    }

    private static void awaitFile(Path file, Process process) throws InterruptedException {
        while (process.isAlive() && !Files.exists(file)) {
            TimeUnit.MILLISECONDS.sleep(2);
        }
    }

    private Process start(Path run, boolean resume) throws IOException, URISyntaxException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0",
                "-Djava.awt.headless=true",
                "-cp",
                System.getProperty("java.class.path"),
                "io.tiepoint.app.Main",
                "learn",
                "--threads",
                "1",
                "--out",
                run.toString()));
        // A run that was killed before it wrote its recipe starts anew.
        if (resume && Files.exists(run.resolve("recipe.yaml"))) {
            command.add("--resume");
        } else {
            command.addAll(List.of("--recipe", tiny()));
        }
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(
                        folder.resolve("log-" + System.nanoTime() + ".txt").toFile())
                .start();
    }
}
