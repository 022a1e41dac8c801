package io.tiepoint.train.stage;

import io.tiepoint.core.geometry.Homography;
import io.tiepoint.core.image.GrayImage;
import io.tiepoint.core.image.ImageSize;
import io.tiepoint.core.random.Seed;
import io.tiepoint.synthetic.homography.PatchRecipe;
import io.tiepoint.synthetic.homography.PatchSampler;
import io.tiepoint.train.network.ExtractorNetwork;
import io.tiepoint.train.torch.Tensors;
import io.tiepoint.train.torch.TorchOps;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Averages a detector's heatmap over many warped views of an image, so that only what is found from everywhere stays.
 *
 * @see <a href="https://arxiv.org/abs/1712.07629">DeTone et al., SuperPoint, 2018, section 5, equation 10</a>
 */
final class HomographicAdaptation {
    private static final int WARPS_AT_ONCE = 10;
    /** What lies so near to the warped image's border is not counted, since the border itself looks like an edge. */
    private static final double MARGIN_PX = 4;

    private final ExtractorNetwork network;
    private final TorchOps ops;
    private final int warps;
    private final PatchSampler sampler = new PatchSampler(PatchRecipe.ADAPTATION);

    HomographicAdaptation(ExtractorNetwork network, TorchOps ops, int warps) {
        this.network = network;
        this.ops = ops;
        this.warps = warps;
    }

    /** Mean probability of a keypoint in each pixel, [H W] row-major; the first of the warps is the identity. */
    float[] heatmap(GrayImage image, Seed seed) {
        ImageSize size = image.size();
        float[] sum = new float[size.width() * size.height()];
        float[] count = new float[sum.length];
        for (int first = 0; first < warps; first += WARPS_AT_ONCE) {
            List<Homography> warpedFromImage = new ArrayList<>();
            for (int w = first; w < Math.min(first + WARPS_AT_ONCE, warps); w++) {
                warpedFromImage.add(
                        w == 0
                                ? Homography.IDENTITY
                                : sampler.sample(size, seed.child("warp", w).draws()));
            }
            accumulate(image, warpedFromImage, sum, count);
        }
        for (int i = 0; i < sum.length; i++) {
            // A pixel that few views saw is not trusted more for it.
            sum[i] /= Math.max(count[i], warps / 5f);
        }
        return sum;
    }

    private void accumulate(GrayImage image, List<Homography> warpedFromImage, float[] sum, float[] count) {
        int width = image.width();
        int height = image.height();
        int area = width * height;
        int views = warpedFromImage.size();
        float[] forward = new float[2 * area * views];
        float[] backward = new float[2 * area * views];
        float[] inside = new float[area * views];
        for (int v = 0; v < views; v++) {
            writeGrid(warpedFromImage.get(v).inverse(), image.size(), backward, v);
            writeGrid(warpedFromImage.get(v), image.size(), forward, v);
            writeInside(image.size(), forward, inside, v);
        }
        float[] values;
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            Tensor source = Tensors.of(image.pixels(), 1, 1, height, width).expand(views, 1, height, width);
            Tensor warped = torch.grid_sampler(source, Tensors.of(backward, views, height, width, 2), 0, 2, false);
            Tensor heatmap = ExtractorNetwork.heatmap(ops, network.detect(ops, warped));
            Tensor back = torch.grid_sampler(heatmap, Tensors.of(forward, views, height, width, 2), 0, 0, false);
            Tensor counted = Tensors.of(inside, views, 1, height, width);
            values = Tensors.toArray(back.mul(counted).mul(new Scalar(1)));
        }
        for (int v = 0; v < views; v++) {
            for (int i = 0; i < area; i++) {
                sum[i] += values[v * area + i];
                count[i] += inside[v * area + i];
            }
        }
    }

    /** Where each pixel's centre goes, in libtorch's frame: -1 and 1 are the image's borders. */
    private static void writeGrid(Homography map, ImageSize size, float[] grid, int view) {
        int i = 2 * view * size.width() * size.height();
        double[] m = map.toArray();
        for (int row = 0; row < size.height(); row++) {
            double y = row + 0.5;
            for (int column = 0; column < size.width(); column++) {
                double x = column + 0.5;
                double w = m[6] * x + m[7] * y + m[8];
                double u = (m[0] * x + m[1] * y + m[2]) / w;
                double v = (m[3] * x + m[4] * y + m[5]) / w;
                grid[i++] = w > 0 ? (float) (2 * u / size.width() - 1) : 9;
                grid[i++] = w > 0 ? (float) (2 * v / size.height() - 1) : 9;
            }
        }
    }

    /** Marks the pixels whose place in the warped view lies inside that view. */
    private static void writeInside(ImageSize size, float[] forward, float[] inside, int view) {
        int area = size.width() * size.height();
        float limitX = (float) (1 - 2 * MARGIN_PX / size.width());
        float limitY = (float) (1 - 2 * MARGIN_PX / size.height());
        for (int i = 0; i < area; i++) {
            int g = 2 * (view * area + i);
            boolean seen = Math.abs(forward[g]) < limitX && Math.abs(forward[g + 1]) < limitY;
            inside[view * area + i] = seen ? 1 : 0;
        }
    }
}
