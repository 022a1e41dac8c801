package io.tiepoint.train.stage;

import io.tiepoint.core.features.KeypointSelection;
import io.tiepoint.core.features.Keypoints;
import io.tiepoint.core.image.GrayImage;
import io.tiepoint.core.image.ImageSize;
import io.tiepoint.core.random.Seed;
import io.tiepoint.synthetic.shapes.ShapeSample;
import io.tiepoint.synthetic.shapes.ShapesGenerator;
import io.tiepoint.synthetic.shapes.ShapesRecipe;
import io.tiepoint.train.loss.CellTargets;
import io.tiepoint.train.loss.DetectorLoss;
import io.tiepoint.train.network.ExtractorNetwork;
import io.tiepoint.train.recipe.Recipe;
import io.tiepoint.train.run.TrainingTask;
import io.tiepoint.train.torch.Precision;
import io.tiepoint.train.torch.Tensors;
import io.tiepoint.train.torch.TorchOps;
import io.tiepoint.train.torch.Weights;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/** Trains the detector's head on synthetic shapes (MagicPoint; SuperPoint, 2018, section 4). */
final class CornersTask implements TrainingTask<CornersTask.Batch> {
    /** Samples from here on are never trained. */
    private static final long VALIDATION_STEP = 1L << 40;

    private static final int VALIDATION_BATCHES = 8;
    private static final double FOUND_PX = 2;

    private final ExtractorNetwork network;
    private final Weights weights;
    private final TorchOps ops;
    private final ShapesGenerator shapes;
    private final ImageSize size;
    private final int batchSize;

    CornersTask(ExtractorNetwork network, Weights weights, Precision precision, Recipe.Corners recipe, Seed seed) {
        this.network = network;
        this.weights = weights;
        this.ops = new TorchOps(weights, precision);
        this.size = new ImageSize(recipe.width(), recipe.height());
        this.batchSize = recipe.batch();
        this.shapes = new ShapesGenerator(ShapesRecipe.DEFAULT, size, seed);
    }

    /** Images, their targets and their corners. */
    @SuppressWarnings("ArrayRecordComponent") // a carrier from the maker to the loss; never compared
    record Batch(float[] images, float[] targets, Keypoints[] corners) {}

    @Override
    public Weights weights() {
        return weights;
    }

    @Override
    public Batch batch(long step) {
        int area = size.width() * size.height();
        int cells = area / ExtractorNetwork.DUSTBIN * (ExtractorNetwork.DUSTBIN + 1);
        float[] images = new float[batchSize * area];
        float[] targets = new float[batchSize * cells];
        Keypoints[] corners = new Keypoints[batchSize];
        for (int i = 0; i < batchSize; i++) {
            ShapeSample sample = shapes.sample(step * batchSize + i);
            GrayImage image = sample.image();
            System.arraycopy(image.pixels(), 0, images, i * area, area);
            CellTargets.write(sample.corners(), size, targets, i * cells);
            corners[i] = sample.corners();
        }
        return new Batch(images, targets, corners);
    }

    @Override
    public Loss loss(Batch batch, long step) {
        return new Loss(loss(batch, logits(ops.training(), batch)), Map.of());
    }

    private Tensor logits(TorchOps computing, Batch batch) {
        return network.detect(computing, Tensors.of(batch.images, batchSize, 1, size.height(), size.width()));
    }

    private Tensor loss(Batch batch, Tensor logits) {
        long rows = size.height() / ExtractorNetwork.CELL;
        long columns = size.width() / ExtractorNetwork.CELL;
        Tensor targets = Tensors.of(batch.targets, batchSize, ExtractorNetwork.DUSTBIN + 1, rows, columns);
        Tensor everywhere = org.bytedeco.pytorch.global.torch.ones(batchSize, rows, columns);
        return DetectorLoss.of(logits, targets, everywhere);
    }

    @Override
    public Map<String, Double> validate() {
        double lossSum = 0;
        int corners = 0;
        int found = 0;
        int detections = 0;
        double distanceSum = 0;
        int area = size.width() * size.height();
        KeypointSelection selection = new KeypointSelection(300, 0.1f, 4, 0);
        for (int b = 0; b < VALIDATION_BATCHES; b++) {
            Batch batch = batch(VALIDATION_STEP + b);
            try (PointerScope scope = new PointerScope();
                    NoGradGuard guard = new NoGradGuard()) {
                Tensor logits = logits(ops, batch);
                lossSum += loss(batch, logits).item_double();
                float[] heatmaps = Tensors.toArray(ExtractorNetwork.heatmap(ops, logits));
                for (int i = 0; i < batchSize; i++) {
                    float[] heatmap = java.util.Arrays.copyOfRange(heatmaps, i * area, (i + 1) * area);
                    Keypoints detected = selection.select(heatmap, size.width(), size.width(), size.height());
                    detections += detected.size();
                    corners += batch.corners[i].size();
                    for (int k = 0; k < batch.corners[i].size(); k++) {
                        double distance = nearest(batch.corners[i], k, detected);
                        if (distance <= FOUND_PX) {
                            found++;
                            distanceSum += distance;
                        }
                    }
                }
            }
        }
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("score", lossSum / VALIDATION_BATCHES);
        figures.put("recall", found / (double) Math.max(corners, 1));
        figures.put("precision", Math.min(1, found / (double) Math.max(detections, 1)));
        figures.put("localisationPx", distanceSum / Math.max(found, 1));
        return figures;
    }

    private static double nearest(Keypoints corners, int corner, Keypoints detected) {
        double nearest = Double.POSITIVE_INFINITY;
        for (int j = 0; j < detected.size(); j++) {
            nearest =
                    Math.min(nearest, Math.hypot(detected.x(j) - corners.x(corner), detected.y(j) - corners.y(corner)));
        }
        return nearest;
    }
}
