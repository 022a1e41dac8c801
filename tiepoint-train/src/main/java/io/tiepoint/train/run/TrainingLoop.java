package io.tiepoint.train.run;

import io.tiepoint.core.model.ModelFormatException;
import io.tiepoint.train.network.Network;
import io.tiepoint.train.torch.AdamW;
import io.tiepoint.train.torch.Weights;
import io.tiepoint.train.weights.Safetensors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.bytedeco.javacpp.PointerScope;
import org.jspecify.annotations.Nullable;

/**
 * Trains a stage step by step. It can be killed at any moment: the last checkpoint is whole, and going on from it gives the
 * same samples and, with the same number of threads, the same weights.
 *
 * <p>Batches are made between the steps, on as many threads as the steps themselves use, and not beside them: threads of
 * OpenMP that share a core with anything else wait for each other most of the time.
 */
public final class TrainingLoop {
    private static final String STEP = "step";
    private static final String SECONDS = "seconds";
    private static final String BEST_SCORE = "bestScore";

    private final String stage;
    private final StageFolder folder;
    private final TrainingOptions options;
    private final int threads;
    private final TrainingListener listener;
    private final BooleanSupplier stopRequested;

    private long step;
    private double seconds;
    private double bestScore = Double.POSITIVE_INFINITY;

    /**
     * Prepares a training.
     *
     * @param threads that make batches
     * @param stopRequested asked after every step; true leaves a checkpoint and returns
     */
    public TrainingLoop(
            String stage,
            StageFolder folder,
            TrainingOptions options,
            int threads,
            TrainingListener listener,
            BooleanSupplier stopRequested) {
        this.stage = stage;
        this.folder = folder;
        this.options = options;
        this.threads = threads;
        this.listener = listener;
        this.stopRequested = stopRequested;
    }

    /** Makes a stage's task around the weights to start from. */
    public interface TaskFactory<B> {
        /** The task takes the weights over; they are closed by the loop's caller. */
        TrainingTask<B> create(Weights weights) throws IOException;
    }

    /**
     * Trains from the last checkpoint, or from the start, to the end.
     *
     * @param initial weights to start from where there is no checkpoint; closed if there is one
     * @return whether the stage is finished; false if it was stopped
     */
    public <B> boolean run(Network network, Weights initial, TaskFactory<B> factory) throws IOException {
        Weights weights = initial;
        Safetensors.Content checkpoint = null;
        if (Files.exists(folder.checkpoint())) {
            initial.close();
            checkpoint = readCheckpoint();
            weights = restoredWeights(network, checkpoint);
        }
        try (AdamW optimizer = new AdamW(weights, options.weightDecay(), options.clipNorm())) {
            if (checkpoint != null) {
                restore(optimizer, checkpoint);
            }
            TrainingTask<B> task = factory.create(weights);
            listener.started(stage, step, options.steps());
            boolean finished;
            try (MetricsLog log = new MetricsLog(folder.metrics(), step)) {
                finished = trainAll(task, optimizer, log);
            }
            if (finished) {
                StageFolder.writeWeights(folder.weights(), weights, metadata());
                Files.deleteIfExists(folder.checkpoint());
            } else {
                LossPlot.write(stage, folder.metrics(), folder.lossPlot());
            }
            listener.stopped(finished);
            return finished;
        } finally {
            weights.close();
        }
    }

    private <B> boolean trainAll(TrainingTask<B> task, AdamW optimizer, MetricsLog log) throws IOException {
        ExecutorService workers = Executors.newFixedThreadPool(threads);
        try {
            long lastSave = System.nanoTime();
            while (step < options.steps()) {
                long start = System.nanoTime();
                List<B> batches = makeBatches(task, workers);
                double makeMs = (System.nanoTime() - start) / 1e6 / batches.size();
                for (B batch : batches) {
                    long stepStart = System.nanoTime();
                    Map<String, Double> figures = trainOne(task, optimizer, batch);
                    double stepMs = (System.nanoTime() - stepStart) / 1e6;
                    seconds += (makeMs + stepMs) / 1e3;
                    figures.put("makeMs", makeMs);
                    figures.put("stepMs", stepMs);
                    log.write(step, figures);
                    listener.advanced(step, figures.getOrDefault("loss", Double.NaN));
                    step++;
                    if (step % options.validateEverySteps() == 0 || step == options.steps()) {
                        validate(task, log);
                    }
                }
                boolean stop = stopRequested.getAsBoolean();
                if (stop || (System.nanoTime() - lastSave) / 1e9 > options.checkpointSeconds()) {
                    log.flush();
                    save(task.weights(), optimizer);
                    lastSave = System.nanoTime();
                }
                if (stop) {
                    return false;
                }
            }
            return true;
        } finally {
            workers.shutdownNow();
        }
    }

    private <B> List<B> makeBatches(TrainingTask<B> task, ExecutorService workers) throws IOException {
        List<Future<B>> futures = new ArrayList<>();
        for (long s = step; s < Math.min(step + threads, options.steps()); s++) {
            long batchStep = s;
            futures.add(workers.submit(() -> task.batch(batchStep)));
        }
        List<B> batches = new ArrayList<>();
        try {
            for (Future<B> future : futures) {
                batches.add(future.get());
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UncheckedIOException unchecked) {
                throw unchecked.getCause();
            }
            throw new IOException(stage + ": making a batch failed: " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(stage + ": interrupted while making a batch", e);
        }
        return batches;
    }

    private <B> Map<String, Double> trainOne(TrainingTask<B> task, AdamW optimizer, B batch) throws IOException {
        optimizer.clearGradients();
        Map<String, Double> figures = new LinkedHashMap<>();
        try (PointerScope scope = new PointerScope()) {
            TrainingTask.Loss loss = task.loss(batch, step);
            figures.put("loss", loss.total().item_double());
            figures.putAll(loss.parts());
            loss.total().backward();
        }
        double learningRate = options.learningRateAt(step);
        figures.put("learningRate", learningRate);
        figures.put("gradientNorm", optimizer.step(learningRate));
        if (!Double.isFinite(figures.getOrDefault("loss", Double.NaN))) {
            throw new IOException(stage + ": step " + step + ": expected a finite loss, found " + figures.get("loss")
                    + "; go on from the last checkpoint with a smaller learningRate");
        }
        return figures;
    }

    private void validate(TrainingTask<?> task, MetricsLog log) throws IOException {
        Map<String, Double> figures = task.validate();
        log.write(step - 1, figures);
        log.flush();
        listener.validated(step, figures);
        double score = figures.getOrDefault("score", Double.POSITIVE_INFINITY);
        if (score < bestScore) {
            bestScore = score;
            StageFolder.writeWeights(folder.best(), task.weights(), metadata());
        }
        LossPlot.write(stage, folder.metrics(), folder.lossPlot());
    }

    private Map<String, String> metadata() {
        return Map.of(
                "stage",
                stage,
                STEP,
                Long.toString(step),
                SECONDS,
                Double.toString(seconds),
                BEST_SCORE,
                Double.toString(bestScore));
    }

    private void save(Weights weights, AdamW optimizer) throws IOException {
        Map<String, Safetensors.Entry> tensors = StageFolder.entries(weights);
        optimizer
                .state()
                .forEach((name, values) ->
                        tensors.put(name, new Safetensors.Entry(List.of((long) values.length), values)));
        Map<String, String> metadata = new HashMap<>(metadata());
        metadata.put("optimizerSteps", Long.toString(optimizer.steps()));
        try {
            Safetensors.write(folder.checkpoint(), new Safetensors.Content(tensors, metadata));
        } catch (IOException e) {
            throw new IOException(
                    folder.checkpoint() + ": could not write the checkpoint of step " + step + " (" + e.getMessage()
                            + "); the one before it is whole: make room and resume",
                    e);
        }
    }

    private Safetensors.Content readCheckpoint() throws IOException {
        try {
            return Safetensors.read(folder.checkpoint());
        } catch (ModelFormatException e) {
            throw unusable(e.getMessage(), e);
        }
    }

    private static ModelFormatException unusable(@Nullable String message, Exception cause) {
        return new ModelFormatException(message + "; remove the file to start the stage again", cause);
    }

    private Weights restoredWeights(Network network, Safetensors.Content checkpoint) throws ModelFormatException {
        Map<String, Safetensors.Entry> entries = new LinkedHashMap<>(checkpoint.tensors());
        entries.keySet().removeIf(name -> name.startsWith("optimizer."));
        try {
            return StageFolder.weights(network, entries, folder.checkpoint());
        } catch (ModelFormatException e) {
            throw unusable(e.getMessage(), e);
        }
    }

    private void restore(AdamW optimizer, Safetensors.Content checkpoint) throws ModelFormatException {
        try {
            Map<String, String> metadata = checkpoint.metadata();
            step = number(metadata, STEP, Long::valueOf);
            seconds = number(metadata, SECONDS, Double::valueOf);
            bestScore = number(metadata, BEST_SCORE, Double::valueOf);
            Map<String, float[]> state = new HashMap<>();
            checkpoint.tensors().forEach((name, entry) -> state.put(name, entry.values()));
            optimizer.restore(state, number(metadata, "optimizerSteps", Long::valueOf));
        } catch (IllegalArgumentException e) {
            throw unusable(folder.checkpoint() + ": " + e.getMessage(), e);
        }
    }

    private static <N> N number(Map<String, String> metadata, String key, Function<String, N> parser) {
        String text = metadata.getOrDefault(key, "none");
        try {
            return parser.apply(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(key + ": expected a number, found " + text, e);
        }
    }
}
