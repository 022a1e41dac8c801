package io.tiepoint.train.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tiepoint.core.model.ModelFormatException;
import io.tiepoint.core.random.Seed;
import io.tiepoint.train.network.Network;
import io.tiepoint.train.network.ParameterSpec;
import io.tiepoint.train.torch.Torch;
import io.tiepoint.train.torch.Weights;
import io.tiepoint.train.weights.Safetensors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.pytorch.Scalar;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainingLoopTest {
    private static final int STEPS = 23;
    private static final long NEVER = Long.MAX_VALUE;
    private static final TrainingOptions OPTIONS = new TrainingOptions(STEPS, 0.1, 3, 0.01, 1, 9, 1e9);

    @TempDir
    private static Path sharedFolder = Path.of(".");

    @TempDir
    private Path folder = Path.of(".");

    private StageFolder stage = new StageFolder(Path.of("."));

    TrainingLoopTest() throws IOException {}

    @BeforeAll
    static void load() {
        Torch.load(1);
    }

    @BeforeEach
    void openFolder() throws IOException {
        stage = new StageFolder(folder.resolve("line"));
    }

    /** Asks for a stop as soon as so many steps are done. */
    private static final class StopAfter implements TrainingListener {
        private final long steps;
        private final List<String> heard = new ArrayList<>();
        private boolean stop;

        StopAfter(long steps) {
            this.steps = steps;
        }

        @Override
        public void started(String stage, long firstStep, long steps) {
            heard.add("started " + stage + " " + firstStep + " " + steps);
        }

        @Override
        public void advanced(long step, double loss) {
            stop |= step + 1 >= steps;
        }

        @Override
        public void validated(long step, Map<String, Double> figures) {
            heard.add("validated " + step);
        }

        @Override
        public void stopped(boolean finished) {
            heard.add("stopped " + finished);
        }
    }

    private static boolean run(StageFolder folder, TrainingOptions options, int threads, StopAfter stopAfter)
            throws IOException {
        return run(folder, options, threads, stopAfter, LinearRegression::new);
    }

    private static boolean run(
            StageFolder folder,
            TrainingOptions options,
            int threads,
            StopAfter stopAfter,
            TrainingLoop.TaskFactory<LinearRegression.Batch> factory)
            throws IOException {
        Weights initial = Weights.initial(LinearRegression.NETWORK, new Seed(3));
        return new TrainingLoop("line", folder, options, threads, stopAfter, () -> stopAfter.stop)
                .run(LinearRegression.NETWORK, initial, factory);
    }

    /** The run that nobody stopped. */
    private static StageFolder uninterrupted() throws IOException {
        StageFolder whole = new StageFolder(sharedFolder.resolve("whole"));
        if (!whole.isFinished()) {
            assertThat(run(whole, OPTIONS, 1, new StopAfter(NEVER))).isTrue();
        }
        return whole;
    }

    private static void assertSameWeights(Path found, Path expected) throws IOException {
        Map<String, Safetensors.Entry> tensors = Safetensors.read(expected).tensors();
        Map<String, Safetensors.Entry> same = Safetensors.read(found).tensors();
        assertThat(same.keySet()).isEqualTo(tensors.keySet());
        tensors.forEach((name, entry) -> assertThat(
                        Objects.requireNonNull(same.get(name)).values())
                .as(name)
                .isEqualTo(entry.values()));
    }

    /** All lines without what the clock says. */
    private static List<String> lines(StageFolder folder) throws IOException {
        List<String> lines = new ArrayList<>();
        for (JsonNode line : MetricsLog.read(folder.metrics())) {
            lines.add(((ObjectNode) line).without(List.of("makeMs", "stepMs")).toString());
        }
        return lines;
    }

    private static void assertSameRun(StageFolder found, StageFolder expected) throws IOException {
        assertSameWeights(found.weights(), expected.weights());
        assertSameWeights(found.best(), expected.best());
        assertThat(lines(found)).isEqualTo(lines(expected));
        assertThat(Files.readAllLines(found.metrics())).hasSameSizeAs(lines(expected));
        assertThat(found.checkpoint()).doesNotExist();
    }

    @Test
    void leavesWeightsAndMetricsOfEveryStep() throws IOException {
        StopAfter listener = new StopAfter(NEVER);

        assertThat(run(stage, OPTIONS, 2, listener)).isTrue();
        assertThat(stage.isFinished()).isTrue();
        assertThat(stage.checkpoint()).doesNotExist();
        assertThat(stage.lossPlot()).exists();
        assertThat(Safetensors.read(stage.weights()).metadata())
                .containsEntry("stage", "line")
                .containsEntry("step", "23");
        List<JsonNode> lines = MetricsLog.read(stage.metrics());
        List<JsonNode> steps = lines.stream().filter(line -> line.has("loss")).toList();
        assertThat(steps).extracting(line -> line.path("step").asInt()).containsExactlyElementsOf(count(STEPS));
        assertThat(steps.get(0).properties())
                .extracting(Map.Entry::getKey)
                .containsExactly("step", "loss", "step2", "learningRate", "gradientNorm", "makeMs", "stepMs");
        assertThat(steps.get(22).path("step2").asDouble()).isEqualTo(44);
        assertThat(lines.stream().filter(line -> line.has("score")))
                .extracting(line -> line.path("step").asInt())
                .containsExactly(8, 17, 22);
        assertThat(steps.get(22).path("loss").asDouble())
                .isLessThan(0.5 * steps.get(0).path("loss").asDouble());
        assertThat(listener.heard)
                .containsExactly("started line 0 23", "validated 9", "validated 18", "validated 23", "stopped true");
    }

    private static List<Integer> count(int n) {
        return java.util.stream.IntStream.range(0, n).boxed().toList();
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "9, 1", "12, 1", "23, 1", "10, 3", "7, 40"})
    void goesOnAfterAStopAsIfNothingHadHappened(long steps, int threads) throws IOException {
        StopAfter listener = new StopAfter(steps);
        assertThat(run(stage, OPTIONS, threads, listener)).isFalse();
        assertThat(stage.checkpoint()).exists();
        assertThat(stage.isFinished()).isFalse();
        assertThat(listener.heard).last().isEqualTo("stopped false");
        StopAfter resumed = new StopAfter(NEVER);

        assertThat(run(stage, OPTIONS, threads, resumed)).isTrue();
        long first = Math.min(STEPS, (steps + threads - 1) / threads * threads);
        assertThat(resumed.heard).first().isEqualTo("started line " + first + " 23");
        assertSameRun(stage, uninterrupted());
    }

    @Test
    void goesOnAfterManyStops() throws IOException {
        int runs = 1;
        while (!run(stage, OPTIONS, 1, new StopAfter(6L * runs))) {
            runs++;
        }
        assertThat(runs).isEqualTo(4);
        assertSameRun(stage, uninterrupted());
    }

    /** Dies in the middle of a step. */
    private static TrainingLoop.TaskFactory<LinearRegression.Batch> killedAt(long step) {
        return weights -> new LinearRegression(weights) {
            @Override
            public Loss loss(Batch batch, long at) {
                if (at == step) {
                    throw new IllegalStateException("killed");
                }
                return super.loss(batch, at);
            }
        };
    }

    @Test
    void makesTheStepsSinceTheLastCheckpointAgain() throws IOException {
        assertThat(run(stage, OPTIONS, 1, new StopAfter(6))).isFalse();
        assertThatThrownBy(() -> run(stage, OPTIONS, 1, new StopAfter(NEVER), killedAt(17)))
                .hasMessage("killed");
        assertThat(lines(stage)).hasSize(17 + 1);
        StopAfter resumed = new StopAfter(NEVER);

        assertThat(run(stage, OPTIONS, 1, resumed)).isTrue();
        assertThat(resumed.heard).first().isEqualTo("started line 6 23");
        assertSameRun(stage, uninterrupted());
    }

    @Test
    void startsAgainWhereNoCheckpointWasWritten() throws IOException {
        assertThatThrownBy(() -> run(stage, OPTIONS, 1, new StopAfter(NEVER), killedAt(4)))
                .hasMessage("killed");

        assertThat(run(stage, OPTIONS, 1, new StopAfter(NEVER))).isTrue();
        assertSameRun(stage, uninterrupted());
    }

    @Test
    void writesCheckpointsAsOftenAsAskedFor() throws IOException {
        TrainingOptions often = new TrainingOptions(STEPS, 0.1, 3, 0.01, 1, 9, 1e-9);
        assertThatThrownBy(() -> run(stage, often, 1, new StopAfter(NEVER), killedAt(17)))
                .hasMessage("killed");
        assertThat(Safetensors.read(stage.checkpoint()).metadata()).containsEntry("step", "17");

        assertThat(run(stage, OPTIONS, 1, new StopAfter(NEVER))).isTrue();
        assertSameRun(stage, uninterrupted());
    }

    /** What a kill leaves of the metrics: whole lines and the beginning of one. */
    @ParameterizedTest
    @CsvSource({"1", "60"})
    void goesOnWhereTheLastLineOfTheMetricsIsCutOff(int missing) throws IOException {
        assertThat(run(stage, OPTIONS, 1, new StopAfter(6))).isFalse();
        assertThatThrownBy(() -> run(stage, OPTIONS, 1, new StopAfter(NEVER), killedAt(9)))
                .hasMessage("killed");
        byte[] bytes = Files.readAllBytes(stage.metrics());
        Files.write(stage.metrics(), Arrays.copyOf(bytes, bytes.length - missing));

        assertThat(run(stage, OPTIONS, 1, new StopAfter(NEVER))).isTrue();
        assertSameRun(stage, uninterrupted());
    }

    private void assertRefused(String... parts) {
        assertThatThrownBy(() -> run(stage, OPTIONS, 1, new StopAfter(NEVER)))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageStartingWith(stage.checkpoint() + ": ")
                .hasMessageContainingAll(parts)
                .hasMessageEndingWith("; remove the file to start the stage again")
                .hasMessageNotContaining("\n");
        assertThat(stage.checkpoint()).exists();
        assertThat(stage.isFinished()).isFalse();
    }

    @Test
    void refusesADamagedCheckpoint() throws IOException {
        assertThat(run(stage, OPTIONS, 1, new StopAfter(6))).isFalse();
        byte[] bytes = Files.readAllBytes(stage.checkpoint());
        for (int length : new int[] {0, 4, 100, bytes.length - 1}) {
            Files.write(stage.checkpoint(), Arrays.copyOf(bytes, length));
            assertRefused("expected ", "found ");
        }
        Files.delete(stage.checkpoint());
        assertThat(run(stage, OPTIONS, 1, new StopAfter(NEVER))).isTrue();
        assertSameRun(stage, uninterrupted());
    }

    @Test
    void refusesTheCheckpointOfAnotherNetworkOrNone() throws IOException {
        Network wider = () -> List.of(
                new ParameterSpec("layer.weight", List.of(1L, 4L), ParameterSpec.Init.NORMAL, 1),
                new ParameterSpec("layer.bias", List.of(1L), ParameterSpec.Init.CONSTANT, 0));
        try (Weights weights = Weights.initial(wider, new Seed(1))) {
            StageFolder.writeWeights(stage.checkpoint(), weights, Map.of());
        }
        assertRefused("layer.weight: expected shape [1, 3], found [1, 4]");

        try (Weights weights = Weights.initial(LinearRegression.NETWORK, new Seed(1))) {
            StageFolder.writeWeights(stage.checkpoint(), weights, Map.of());
            assertRefused("step: expected a number, found none");
            Map<String, String> metadata = new LinkedHashMap<>(Map.of("step", "six"));
            StageFolder.writeWeights(stage.checkpoint(), weights, metadata);
            assertRefused("step: expected a number, found six");
            metadata.putAll(Map.of("step", "6", "seconds", "1", "bestScore", "1", "optimizerSteps", "6"));
            StageFolder.writeWeights(stage.checkpoint(), weights, metadata);
            assertRefused("optimizer.moment1: expected 4 values, found 0");
        }
    }

    @Test
    void keepsTheEarlierCheckpointWhereTheNextOneCannotBeWritten() throws IOException {
        assertThat(run(stage, OPTIONS, 1, new StopAfter(6))).isFalse();
        byte[] before = Files.readAllBytes(stage.checkpoint());
        Path inTheWay = Files.createDirectory(stage.path().resolve("checkpoint.safetensors.tmp"));

        assertThatThrownBy(() -> run(stage, OPTIONS, 1, new StopAfter(11)))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(stage.checkpoint() + ": could not write the checkpoint of step 11 (")
                .hasMessageContaining(inTheWay.toString())
                .hasMessageEndingWith("; the one before it is whole: make room and resume")
                .hasMessageNotContaining("\n");
        assertThat(stage.checkpoint()).hasBinaryContent(before);

        Files.delete(inTheWay);
        assertThat(run(stage, OPTIONS, 1, new StopAfter(NEVER))).isTrue();
        assertSameRun(stage, uninterrupted());
    }

    @Test
    void stopsWhereTheLossIsNotFinite() {
        assertThatThrownBy(() -> run(stage, OPTIONS, 1, new StopAfter(NEVER), weights -> new LinearRegression(weights) {
                    @Override
                    public Loss loss(Batch batch, long step) {
                        Loss loss = super.loss(batch, step);
                        return step < 3 ? loss : new Loss(loss.total().mul(new Scalar(Double.NaN)), Map.of());
                    }
                }))
                .isInstanceOf(IOException.class)
                .hasMessage("line: step 3: expected a finite loss, found NaN;"
                        + " go on from the last checkpoint with a smaller learningRate");
        assertThat(stage.isFinished()).isFalse();
    }

    @Test
    void saysWhichFileABatchLacked() {
        assertThatThrownBy(() -> run(stage, OPTIONS, 1, new StopAfter(NEVER), weights -> new LinearRegression(weights) {
                    @Override
                    public Batch batch(long step) {
                        throw new UncheckedIOException(new NoSuchFileException("photo.jpg"));
                    }
                }))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessage("photo.jpg");
    }

    @Test
    void finishedStagesWeightsAreReadStrictly() throws IOException {
        assertThat(run(stage, OPTIONS, 1, new StopAfter(NEVER))).isTrue();
        try (Weights weights = stage.readWeights(LinearRegression.NETWORK)) {
            assertThat(weights.values().keySet()).containsExactly("layer.weight", "layer.bias");
        }
        Network turned = () -> List.of(
                new ParameterSpec("layer.weight", List.of(3L, 1L), ParameterSpec.Init.NORMAL, 1),
                new ParameterSpec("layer.bias", List.of(1L), ParameterSpec.Init.CONSTANT, 0));
        assertThatThrownBy(() -> stage.readWeights(turned).close())
                .isInstanceOf(ModelFormatException.class)
                .hasMessage(stage.weights() + ": layer.weight: expected shape [3, 1], found [1, 3]");
        Network other = () -> List.of(new ParameterSpec("layer.bias", List.of(1L), ParameterSpec.Init.CONSTANT, 0));
        assertThatThrownBy(() -> stage.readWeights(other).close())
                .isInstanceOf(ModelFormatException.class)
                .hasMessage(stage.weights() + ": expected no tensor layer.weight, found one");
    }
}
