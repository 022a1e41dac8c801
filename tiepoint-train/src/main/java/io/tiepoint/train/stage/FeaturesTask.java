package io.tiepoint.train.stage;

import io.tiepoint.core.features.Keypoints;
import io.tiepoint.core.geometry.Homography;
import io.tiepoint.core.geometry.PixelPoint;
import io.tiepoint.core.image.ImageSize;
import io.tiepoint.core.random.Draws;
import io.tiepoint.core.random.Seed;
import io.tiepoint.core.truth.HomographyTruth;
import io.tiepoint.core.truth.MatchLabel;
import io.tiepoint.core.truth.PointTruth;
import io.tiepoint.train.loss.CellTargets;
import io.tiepoint.train.loss.DescriptorLoss;
import io.tiepoint.train.loss.DetectorLoss;
import io.tiepoint.train.network.ExtractorNetwork;
import io.tiepoint.train.recipe.Recipe;
import io.tiepoint.train.run.TrainingTask;
import io.tiepoint.train.torch.Precision;
import io.tiepoint.train.torch.Tensors;
import io.tiepoint.train.torch.TorchOps;
import io.tiepoint.train.torch.Weights;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Trains detector and descriptor together on two views of each labelled image (SuperPoint, 2018, section 3.4). */
final class FeaturesTask implements TrainingTask<FeaturesTask.Batch> {
    private static final long VALIDATION_STEP = 1L << 40;
    private static final int VALIDATION_BATCHES = 4;
    /** Share of the compared points that are keypoints; the others lie anywhere, so that every place learns to be described. */
    private static final double KEYPOINT_SHARE = 0.75;

    private static final double POINT_MARGIN_PX = 4;

    private final ExtractorNetwork network;
    private final Weights weights;
    private final TorchOps ops;
    private final Recipe.Features recipe;
    private final ImageSize size;
    private final LabeledViews views;

    FeaturesTask(
            ExtractorNetwork network,
            Weights weights,
            Precision precision,
            Recipe.Features recipe,
            List<LabeledImages.Labeled> images,
            Seed seed) {
        this.network = network;
        this.weights = weights;
        this.ops = new TorchOps(weights, precision);
        this.recipe = recipe;
        this.size = new ImageSize(images.get(0).width(), images.get(0).height());
        this.views = new LabeledViews(images, recipe.maxRotationDeg(), seed);
    }

    /**
     * Two views of each of P images, all first views before all second ones.
     *
     * @param images [2P 1 H W]
     * @param targets [2P 65 H/8 W/8]
     * @param mask [2P H/8 W/8]
     * @param points [2P K 2] x, y; in libtorch's frame: -1 and 1 are the image's borders
     * @param weight [P K] whether a point is visible in both views
     */
    @SuppressWarnings("ArrayRecordComponent") // a carrier from the maker to the loss; never compared
    record Batch(float[] images, float[] targets, float[] mask, float[] points, float[] weight) {}

    @Override
    public Weights weights() {
        return weights;
    }

    @Override
    public Batch batch(long step) {
        int pairs = recipe.pairs();
        int area = size.width() * size.height();
        int cells = area / ExtractorNetwork.DUSTBIN;
        int targetSize = cells * (ExtractorNetwork.DUSTBIN + 1);
        float[] images = new float[2 * pairs * area];
        float[] targets = new float[2 * pairs * targetSize];
        float[] mask = new float[2 * pairs * cells];
        float[] points = new float[2 * pairs * recipe.points() * 2];
        float[] weight = new float[pairs * recipe.points()];
        for (int p = 0; p < pairs; p++) {
            LabeledViews.Views pair = views.make(
                    step * pairs + p,
                    step,
                    recipe.curriculumShare() * recipe.training().steps());
            int q = pairs + p;
            System.arraycopy(pair.image0().pixels(), 0, images, p * area, area);
            System.arraycopy(pair.image1().pixels(), 0, images, q * area, area);
            CellTargets.write(pair.keypoints0(), size, targets, p * targetSize);
            CellTargets.write(mapped(pair), size, targets, q * targetSize);
            java.util.Arrays.fill(mask, p * cells, (p + 1) * cells, 1);
            writeMask(pair.truth(), mask, q * cells);
            writePoints(pair, p, points, weight);
        }
        return new Batch(images, targets, mask, points, weight);
    }

    /** The keypoints of view 0 that view 1 shows, there. */
    private static Keypoints mapped(LabeledViews.Views pair) {
        Keypoints keypoints0 = pair.keypoints0();
        float[] positions = new float[2 * keypoints0.size()];
        int count = 0;
        for (int k = 0; k < keypoints0.size(); k++) {
            PointTruth in1 = pair.truth().locate(keypoints0.x(k), keypoints0.y(k));
            if (in1.label() == MatchLabel.MATCHED) {
                positions[2 * count] = (float) in1.x();
                positions[2 * count + 1] = (float) in1.y();
                count++;
            }
        }
        return Keypoints.of(java.util.Arrays.copyOf(positions, 2 * count), new float[count]);
    }

    /** Marks the cells of view 1 that lie inside view 0 with all four corners: only there the labels are known. */
    private void writeMask(HomographyTruth truth, float[] mask, int offset) {
        Homography h0From1 = truth.h1From0().inverse();
        int rows = size.height() / ExtractorNetwork.CELL;
        int columns = size.width() / ExtractorNetwork.CELL;
        boolean[] inside = new boolean[(rows + 1) * (columns + 1)];
        for (int r = 0; r <= rows; r++) {
            for (int c = 0; c <= columns; c++) {
                PixelPoint point0 = h0From1.map(c * ExtractorNetwork.CELL, r * ExtractorNetwork.CELL);
                inside[r * (columns + 1) + c] = size.contains(point0.x(), point0.y());
            }
        }
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                int i = r * (columns + 1) + c;
                boolean all = inside[i] && inside[i + 1] && inside[i + columns + 1] && inside[i + columns + 2];
                mask[offset + r * columns + c] = all ? 1 : 0;
            }
        }
    }

    /** Chooses the points whose descriptors are compared. */
    private void writePoints(LabeledViews.Views pair, int p, float[] points, float[] weight) {
        int count = 0;
        int[] order = shuffled(pair.keypoints0().size(), pair.draws());
        for (int k : order) {
            if (count >= KEYPOINT_SHARE * recipe.points()) {
                break;
            }
            count += writePoint(pair, pair.keypoints0().point(k), p, count, points, weight);
        }
        for (int trial = 0; trial < 4 * recipe.points() && count < recipe.points(); trial++) {
            double x = pair.draws().nextDouble(0, size.width());
            double y = pair.draws().nextDouble(0, size.height());
            count += writePoint(pair, new PixelPoint(x, y), p, count, points, weight);
        }
    }

    /** Writes one point if both views show it; returns how many were written. */
    private int writePoint(LabeledViews.Views pair, PixelPoint point0, int p, int at, float[] points, float[] weight) {
        PointTruth in1 = pair.truth().locate(point0.x(), point0.y());
        boolean usable = in1.label() == MatchLabel.MATCHED
                && in1.x() > POINT_MARGIN_PX
                && in1.y() > POINT_MARGIN_PX
                && in1.x() < size.width() - POINT_MARGIN_PX
                && in1.y() < size.height() - POINT_MARGIN_PX;
        if (!usable) {
            return 0;
        }
        int i0 = 2 * (p * recipe.points() + at);
        int i1 = 2 * ((recipe.pairs() + p) * recipe.points() + at);
        points[i0] = (float) (2 * point0.x() / size.width() - 1);
        points[i0 + 1] = (float) (2 * point0.y() / size.height() - 1);
        points[i1] = (float) (2 * in1.x() / size.width() - 1);
        points[i1 + 1] = (float) (2 * in1.y() / size.height() - 1);
        weight[p * recipe.points() + at] = 1;
        return 1;
    }

    private static int[] shuffled(int count, Draws draws) {
        int[] order = new int[count];
        for (int i = 0; i < count; i++) {
            int j = draws.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }

    /** Both losses and the compared descriptors. */
    private record Parts(Tensor detector, Tensor descriptor, double accuracy) {}

    private Parts parts(TorchOps computing, Batch batch) {
        long pairs = recipe.pairs();
        long rows = size.height() / ExtractorNetwork.CELL;
        long columns = size.width() / ExtractorNetwork.CELL;
        Tensor images = Tensors.of(batch.images, 2 * pairs, 1, size.height(), size.width());
        ExtractorNetwork.Outputs<Tensor> outputs = network.forward(computing, images);
        Tensor detector = DetectorLoss.of(
                outputs.logits(),
                Tensors.of(batch.targets, 2 * pairs, ExtractorNetwork.DUSTBIN + 1, rows, columns),
                Tensors.of(batch.mask, 2 * pairs, rows, columns));
        Tensor grid = Tensors.of(batch.points, 2 * pairs, recipe.points(), 1, 2);
        Tensor normalized = ops.l2Normalize(outputs.descriptors(), 1);
        Tensor sampled = torch.grid_sampler(normalized.contiguous(), grid, 0, 1, false)
                .squeeze(3)
                .transpose(1, 2);
        Tensor descriptors = ops.l2Normalize(sampled, 2);
        Tensor weight = Tensors.of(batch.weight, pairs, recipe.points());
        Tensor descriptors0 = descriptors.narrow(0, 0, pairs);
        Tensor descriptors1 = descriptors.narrow(0, pairs, pairs);
        return new Parts(
                detector,
                recipe.descriptorLoss().of(descriptors0, descriptors1, weight),
                DescriptorLoss.accuracy(descriptors0.detach(), descriptors1.detach(), weight));
    }

    @Override
    public Loss loss(Batch batch, long step) {
        Parts parts = parts(ops.training(), batch);
        Tensor total = parts.detector.add(parts.descriptor.mul(new Scalar(recipe.descriptorWeight())));
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("detectorLoss", parts.detector.item_double());
        figures.put("descriptorLoss", parts.descriptor.item_double());
        figures.put("nearestIsOwn", parts.accuracy);
        return new Loss(total, figures);
    }

    @Override
    public Map<String, Double> validate() {
        double detector = 0;
        double descriptor = 0;
        double accuracy = 0;
        for (int b = 0; b < VALIDATION_BATCHES; b++) {
            try (PointerScope scope = new PointerScope();
                    NoGradGuard guard = new NoGradGuard()) {
                Parts parts = parts(ops, batch(VALIDATION_STEP + b));
                detector += parts.detector.item_double() / VALIDATION_BATCHES;
                descriptor += parts.descriptor.item_double() / VALIDATION_BATCHES;
                accuracy += parts.accuracy / VALIDATION_BATCHES;
            }
        }
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("score", detector + recipe.descriptorWeight() * descriptor);
        figures.put("detectorLoss", detector);
        figures.put("descriptorLoss", descriptor);
        figures.put("nearestIsOwn", accuracy);
        return figures;
    }
}
