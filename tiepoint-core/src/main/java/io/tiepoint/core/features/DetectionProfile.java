package io.tiepoint.core.features;

import io.tiepoint.core.geometry.PixelFrame;
import io.tiepoint.core.image.GrayImage;
import io.tiepoint.core.image.ImageSize;
import io.tiepoint.core.image.Resize;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * How a network's heatmap and map of descriptors become local features. Three published users of SuperPoint's weights do it in
 * three ways, and XFeat in a fourth one; results are only comparable where it is the same. SuperPoint's users take luma .299 R + .587 G + .114 B over 255
 * ({@link io.tiepoint.core.image.ColorImage#toGray}), let the rows and columns beyond the last whole cell fall away, and give
 * whole pixels, in their own frame {@link PixelFrame#CENTRE}; here they come out in {@link PixelFrame#CORNER}.
 */
public enum DetectionProfile {
    /** Tiepoint's own: the image is continued to whole cells, keypoints are to the sub-pixel. */
    TIEPOINT(0.005f, 4, 4, DescriptorSampling.CELL_CENTRES),

    /**
     * Magic Leap's {@code demo_superpoint.py}: softmax with 1e-5 more below the line, probability of at least 0.015, greedy
     * suppression, then the border of the real image; best first.
     */
    MAGICLEAP_DEMO(0.015f, 4, 4, DescriptorSampling.IMAGE_SHARE) {
        @Override
        public Keypoints select(float[] heatmap, int width, ImageSize image, KeypointSelection selection) {
            return greedy(heatmap, width, image, selection);
        }
    },

    /** The SuperGlue repository, and with other thresholds LightGlue (0.0005) and hloc: suppression by max-pooling. */
    SUPERGLUE(0.005f, 4, 4, DescriptorSampling.LEGACY) {
        @Override
        public Keypoints select(float[] heatmap, int width, ImageSize image, KeypointSelection selection) {
            return pooled(heatmap, width, selection);
        }
    },

    /** rpautrat's {@code superpoint_pytorch.py}: as {@link #SUPERGLUE}, but a cell stands for its centre. */
    RPAUTRAT(0.005f, 4, 4, DescriptorSampling.CELL_CENTRES) {
        @Override
        public Keypoints select(float[] heatmap, int width, ImageSize image, KeypointSelection selection) {
            return pooled(heatmap, width, selection);
        }
    },

    /**
     * XFeat's {@code modules/xfeat.py}: the image is resized to multiples of 32 px; what is the largest of 5x5 px is a keypoint, but
     * never the first pixel; its score is its probability times its reliability, which is none in the last column and row.
     *
     * @see <a href="https://arxiv.org/abs/2404.19174">Potje et al., XFeat, 2024</a>
     */
    XFEAT(0.05f, 2, 0, DescriptorSampling.EDGE_TO_EDGE) {
        @Override
        public GrayImage seen(GrayImage image) {
            int width = image.width() / XFEAT_MULTIPLE_PX * XFEAT_MULTIPLE_PX;
            int height = image.height() / XFEAT_MULTIPLE_PX * XFEAT_MULTIPLE_PX;
            return Resize.interpolate(image, new ImageSize(width, height));
        }

        @Override
        public Keypoints inImage(Keypoints keypoints, ImageSize seen, ImageSize image) {
            float ratioX = (float) ((double) image.width() / seen.width());
            float ratioY = (float) ((double) image.height() / seen.height());
            float[] positions = keypoints.positions();
            for (int i = 0; i < positions.length; i++) {
                float pixel = (float) PixelFrame.CENTRE.fromCorner(positions[i]);
                positions[i] = (float) PixelFrame.CENTRE.toCorner(pixel * (i % 2 == 0 ? ratioX : ratioY));
            }
            return keypoints.movedTo(positions);
        }

        @Override
        public Keypoints select(float[] heatmap, int width, ImageSize image, KeypointSelection selection) {
            float[] peaks = MaxPoolSuppression.suppress(heatmap, width, selection.nmsRadiusPx(), 0);
            peaks[0] = 0; // The published program fills its lists with this pixel.
            return above(peaks, width, selection);
        }
    };

    private static final int XFEAT_MULTIPLE_PX = 32;

    private final float threshold;
    private final int radiusPx;
    private final int borderPx;
    private final DescriptorSampling sampling;

    DetectionProfile(float threshold, int radiusPx, int borderPx, DescriptorSampling sampling) {
        this.threshold = threshold;
        this.radiusPx = radiusPx;
        this.borderPx = borderPx;
        this.sampling = sampling;
    }

    /** The published threshold, radius and border. */
    public KeypointSelection published() {
        return new KeypointSelection(KeypointSelection.DEFAULT.maxKeypoints(), threshold, radiusPx, borderPx);
    }

    /** Where descriptors are read. */
    public DescriptorSampling sampling() {
        return sampling;
    }

    /** Whether the network sees exactly {@link #seen}, as in the published programs, rather than it continued to whole cells. */
    public boolean takesImageAsItIs() {
        return this != TIEPOINT;
    }

    /** Whether a keypoint's score is its probability times the reliability that the network gives for each cell. */
    public boolean weighsByReliability() {
        return this == XFEAT;
    }

    /**
     * The side that an image has to have to hold a cell, px.
     *
     * @param stride S, px for each cell
     */
    public int smallestImagePx(int stride) {
        return switch (this) {
            case TIEPOINT -> 1;
            case XFEAT -> XFEAT_MULTIPLE_PX;
            default -> stride;
        };
    }

    /**
     * The image that the network sees: resized where the profile says so.
     *
     * @param image whose sides are {@link #smallestImagePx} or more
     */
    public GrayImage seen(GrayImage image) {
        return image;
    }

    /**
     * Where keypoints of the seen image are in the image itself.
     *
     * @param keypoints px, {@link PixelFrame#CORNER}
     */
    public Keypoints inImage(Keypoints keypoints, ImageSize seen, ImageSize image) {
        return keypoints;
    }

    /**
     * Selects keypoints in the published order: best first in the demo; elsewhere row by row, and best first where there were
     * more than may be kept.
     *
     * @param heatmap [H W] row-major; probability of a keypoint in each pixel of whole cells
     * @param width W of the heatmap
     * @param image size of the image itself
     * @param selection threshold, radius, border and largest number
     * @return px, {@link PixelFrame#CORNER}
     */
    public Keypoints select(float[] heatmap, int width, ImageSize image, KeypointSelection selection) {
        return selection.select(heatmap, width, image.width(), image.height());
    }

    /**
     * Selects keypoints whose scores are their probabilities times their reliabilities, best first; those whose score is 0 are none.
     *
     * @param heatmap [H W] row-major; probability of a keypoint in each pixel
     * @param selection its threshold is that of the probability alone
     * @return px, {@link PixelFrame#CORNER}
     */
    public Keypoints select(float[] heatmap, ReliabilityMap reliability, KeypointSelection selection) {
        ImageSize size = reliability.imageSize();
        Keypoints all = select(heatmap, size.width(), size, selection.withMaxKeypoints(heatmap.length));
        Keypoints weighed = reliability.weigh(all).bestFirst();
        int count = 0;
        while (count < Math.min(weighed.size(), selection.maxKeypoints()) && weighed.score(count) > 0) {
            count++;
        }
        return weighed.select(IntStream.range(0, count).toArray());
    }

    private static Keypoints greedy(float[] heatmap, int width, ImageSize image, KeypointSelection selection) {
        int count = 0;
        int[] columns = new int[heatmap.length];
        int[] rows = new int[heatmap.length];
        float[] scores = new float[heatmap.length];
        for (int i = 0; i < heatmap.length; i++) {
            if (heatmap[i] >= selection.threshold()) {
                columns[count] = i % width;
                rows[count] = i / width;
                scores[count++] = heatmap[i];
            }
        }
        int border = selection.borderPx();
        int[] kept = GreedySuppression.keep(
                Arrays.copyOf(columns, count),
                Arrays.copyOf(rows, count),
                Arrays.copyOf(scores, count),
                image.width(),
                selection.nmsRadiusPx());
        int[] inside = Arrays.stream(kept)
                .filter(i -> columns[i] >= border
                        && columns[i] < image.width() - border
                        && rows[i] >= border
                        && rows[i] < image.height() - border)
                .limit(selection.maxKeypoints())
                .map(i -> rows[i] * width + columns[i])
                .toArray();
        return pixels(heatmap, width, inside);
    }

    private static Keypoints pooled(float[] heatmap, int width, KeypointSelection selection) {
        return above(
                MaxPoolSuppression.suppress(heatmap, width, selection.nmsRadiusPx(), MaxPoolSuppression.RECOVERIES),
                width,
                selection);
    }

    private static Keypoints above(float[] peaks, int width, KeypointSelection selection) {
        int height = peaks.length / width;
        int border = selection.borderPx();
        int count = 0;
        int[] found = new int[peaks.length];
        for (int row = border; row < height - border; row++) {
            for (int i = row * width + border; i < row * width + width - border; i++) {
                if (peaks[i] > selection.threshold()) {
                    found[count++] = i;
                }
            }
        }
        Keypoints all = pixels(peaks, width, Arrays.copyOf(found, count));
        if (count <= selection.maxKeypoints()) {
            return all;
        }
        return all.select(Arrays.copyOf(GreedySuppression.bestFirst(all.scores()), selection.maxKeypoints()));
    }

    private static Keypoints pixels(float[] heatmap, int width, int[] indices) {
        float[] positions = new float[2 * indices.length];
        float[] scores = new float[indices.length];
        for (int i = 0; i < indices.length; i++) {
            positions[2 * i] = (float) PixelFrame.CENTRE.toCorner(indices[i] % width);
            int row = indices[i] / width;
            positions[2 * i + 1] = (float) PixelFrame.CENTRE.toCorner(row);
            scores[i] = heatmap[indices[i]];
        }
        return Keypoints.of(positions, scores);
    }
}
