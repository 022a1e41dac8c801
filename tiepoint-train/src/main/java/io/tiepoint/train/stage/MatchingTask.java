package io.tiepoint.train.stage;

import io.tiepoint.core.features.KeypointSelection;
import io.tiepoint.core.features.Keypoints;
import io.tiepoint.core.features.LocalFeatures;
import io.tiepoint.core.features.NormalisedKeypoints;
import io.tiepoint.core.geometry.PixelFrame;
import io.tiepoint.core.image.GrayImage;
import io.tiepoint.core.random.Seed;
import io.tiepoint.core.truth.MatchLabel;
import io.tiepoint.core.truth.MatchTruth;
import io.tiepoint.synthetic.pairs.HomographyPair;
import io.tiepoint.synthetic.pairs.HomographyPairs;
import io.tiepoint.train.loss.MatcherLoss;
import io.tiepoint.train.recipe.Recipe;
import io.tiepoint.train.run.TrainingTask;
import io.tiepoint.train.torch.Tensors;
import io.tiepoint.train.torch.TorchExtractor;
import io.tiepoint.train.torch.TorchOps;
import io.tiepoint.train.torch.Weights;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Trains a matcher on the features of fresh synthetic pairs. */
final class MatchingTask implements TrainingTask<List<HomographyPair>> {
    private static final long VALIDATION_STEP = 1L << 40;
    private static final int VALIDATION_BATCHES = 4;

    private final MatcherObjective objective;
    private final TorchOps ops;
    private final TorchExtractor extractor;
    private final Recipe.Matching recipe;
    private final HomographyPairs pairs;
    private final KeypointSelection selection;
    private final Seed seed;

    MatchingTask(
            MatcherObjective objective,
            TorchOps ops,
            TorchExtractor extractor,
            Recipe.Matching recipe,
            HomographyPairs pairs,
            Seed seed) {
        this.objective = objective;
        this.ops = ops;
        this.extractor = extractor;
        this.recipe = recipe;
        this.pairs = pairs;
        this.seed = seed;
        // Everything that might be a keypoint takes part in training: no threshold (glue-factory).
        this.selection = new KeypointSelection(recipe.keypoints(), 0, 4, 4);
    }

    @Override
    public Weights weights() {
        return ops.weights();
    }

    @Override
    public List<HomographyPair> batch(long step) {
        double ramp = recipe.curriculumShare() * recipe.training().steps();
        List<HomographyPair> batch = new ArrayList<>();
        for (int p = 0; p < recipe.pairs(); p++) {
            long index = step * recipe.pairs() + p;
            double difficulty = TrainingPairs.difficulty(
                    step, ramp, seed.child("difficulty", index).draws());
            batch.add(pairs.pair(index, difficulty));
        }
        return batch;
    }

    /** Both views and what is known of them. */
    private record Labeled(MatcherObjective.View view0, MatcherObjective.View view1, MatcherLoss.Labels labels) {}

    private Labeled label(List<HomographyPair> batch, long step) {
        List<GrayImage> images = new ArrayList<>();
        batch.forEach(pair -> images.add(pair.image0()));
        batch.forEach(pair -> images.add(pair.image1()));
        int k = recipe.keypoints();
        int b = batch.size();
        List<Seed> seeds = IntStream.range(0, 2 * b)
                .mapToObj(i -> seed.child("fill", step * 2 * b + i))
                .toList();
        List<LocalFeatures> full = extractor.extract(images, selection, seeds);
        long[] matches0 = new long[b * k];
        float[] matched0 = new float[b * k];
        float[] unmatched0 = new float[b * k];
        float[] unmatched1 = new float[b * k];
        IntStream.range(0, b).parallel().forEach(p -> {
            Keypoints keypoints0 = full.get(p).keypoints();
            Keypoints keypoints1 = full.get(b + p).keypoints();
            MatchTruth truth =
                    MatchTruth.of(keypoints0, keypoints1, batch.get(p).truth(), recipe.matchPx(), recipe.noMatchPx());
            for (int i = 0; i < k; i++) {
                if (truth.isMatched0(i)) {
                    matches0[p * k + i] = truth.match0(i);
                    matched0[p * k + i] = 1;
                }
                unmatched0[p * k + i] = truth.reason0(i).label() == MatchLabel.UNMATCHED ? 1 : 0;
                unmatched1[p * k + i] = truth.reason1(i).label() == MatchLabel.UNMATCHED ? 1 : 0;
            }
        });
        return new Labeled(
                view(full.subList(0, b)),
                view(full.subList(b, 2 * b)),
                new MatcherLoss.Labels(
                        Tensors.of(matches0, b, k),
                        Tensors.of(matched0, b, k),
                        Tensors.of(unmatched0, b, k),
                        Tensors.of(unmatched1, b, k)));
    }

    private MatcherObjective.View view(List<LocalFeatures> features) {
        int k = recipe.keypoints();
        int d = objective.inputSize();
        float[] keypoints = new float[features.size() * k * 2];
        float[] scores = new float[features.size() * k];
        float[] descriptors = new float[features.size() * k * d];
        for (int b = 0; b < features.size(); b++) {
            float[] positions = NormalisedKeypoints.positions(features.get(b), PixelFrame.CORNER);
            System.arraycopy(positions, 0, keypoints, b * k * 2, k * 2);
            System.arraycopy(features.get(b).keypoints().scores(), 0, scores, b * k, k);
            System.arraycopy(features.get(b).descriptors().values(), 0, descriptors, b * k * d, k * d);
        }
        return new MatcherObjective.View(
                Tensors.of(keypoints, features.size(), k, 2),
                Tensors.of(scores, features.size(), k, 1),
                Tensors.of(descriptors, features.size(), k, d));
    }

    /** Loss and all figures. */
    private record Parts(Tensor total, Map<String, Double> figures) {}

    private Parts parts(TorchOps computing, List<HomographyPair> batch, long step) {
        Labeled labeled = label(batch, step);
        MatcherObjective.Outcome outcome = objective.of(computing, labeled.view0, labeled.view1, labeled.labels);
        Map<String, Double> figures = new LinkedHashMap<>(outcome.figures());
        figures.putAll(quality(outcome.logAssignment(), labeled.labels));
        return new Parts(outcome.loss(), figures);
    }

    /** Precision and recall of the last layer's mutual best matches. */
    private static Map<String, Double> quality(Tensor logAssignment, MatcherLoss.Labels labels) {
        try (NoGradGuard guard = new NoGradGuard()) {
            Tensor best0 = LightGlueObjective.best(logAssignment);
            long n = logAssignment.size(2) - 1;
            Tensor hasMatch = best0.lt(new Scalar(n)).to(torch.ScalarType.Float);
            Tensor right = best0.eq(labels.matches0())
                    .to(torch.ScalarType.Float)
                    .mul(hasMatch)
                    .mul(labels.matched0());
            double rightSum = right.sum().item_double();
            double claimed = hasMatch.mul(labels.matched0().add(labels.unmatched0()))
                    .sum()
                    .item_double();
            double matched = labels.matched0().sum().item_double();
            return Map.of(
                    "precision", rightSum / Math.max(1, claimed),
                    "recall", rightSum / Math.max(1, matched),
                    "matchedShare", matched / labels.matched0().numel());
        }
    }

    @Override
    public Loss loss(List<HomographyPair> batch, long step) {
        Parts parts = parts(ops.training(), batch, step);
        return new Loss(parts.total, parts.figures);
    }

    @Override
    public Map<String, Double> validate() {
        Map<String, Double> mean = new LinkedHashMap<>();
        for (int b = 0; b < VALIDATION_BATCHES; b++) {
            List<HomographyPair> batch = batch(VALIDATION_STEP + b);
            try (PointerScope scope = new PointerScope();
                    NoGradGuard guard = new NoGradGuard()) {
                Parts parts = parts(ops, batch, VALIDATION_STEP + b);
                parts.figures.forEach((name, value) -> mean.merge(name, value / VALIDATION_BATCHES, Double::sum));
            }
        }
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("score", mean.getOrDefault("lastLoss", Double.NaN));
        figures.putAll(mean);
        return figures;
    }
}
