package io.tiepoint.core.features;

import io.tiepoint.core.geometry.PixelFrame;
import io.tiepoint.core.image.ImageSize;
import java.util.Arrays;

/**
 * How a network's heatmap and map of descriptors become local features. Three published users of SuperPoint's weights do it in
 * three ways, and results are only comparable where it is the same one. All of them take luma .299 R + .587 G + .114 B over 255
 * ({@link io.tiepoint.core.image.ColorImage#toGray}), let the rows and columns beyond the last whole cell fall away, and give
 * whole pixels, in their own frame {@link PixelFrame#CENTRE}; here they come out in {@link PixelFrame#CORNER}.
 */
public enum DetectionProfile {
    /** Tiepoint's own: the image is continued to whole cells, keypoints are to the sub-pixel. */
    TIEPOINT(0.005f, DescriptorSampling.CELL_CENTRES),

    /**
     * Magic Leap's {@code demo_superpoint.py}: softmax with 1e-5 more below the line, probability of at least 0.015, greedy
     * suppression, then the border of the real image; best first.
     */
    MAGICLEAP_DEMO(0.015f, DescriptorSampling.IMAGE_SHARE) {
        @Override
        public Keypoints select(float[] heatmap, int width, ImageSize image, KeypointSelection selection) {
            return greedy(heatmap, width, image, selection);
        }
    },

    /** The SuperGlue repository, and with other thresholds LightGlue (0.0005) and hloc: suppression by max-pooling. */
    SUPERGLUE(0.005f, DescriptorSampling.LEGACY) {
        @Override
        public Keypoints select(float[] heatmap, int width, ImageSize image, KeypointSelection selection) {
            return pooled(heatmap, width, selection);
        }
    },

    /** rpautrat's {@code superpoint_pytorch.py}: as {@link #SUPERGLUE}, but a cell stands for its centre. */
    RPAUTRAT(0.005f, DescriptorSampling.CELL_CENTRES) {
        @Override
        public Keypoints select(float[] heatmap, int width, ImageSize image, KeypointSelection selection) {
            return pooled(heatmap, width, selection);
        }
    };

    private static final int RADIUS_PX = 4;
    private static final int BORDER_PX = 4;

    private final float threshold;
    private final DescriptorSampling sampling;

    DetectionProfile(float threshold, DescriptorSampling sampling) {
        this.threshold = threshold;
        this.sampling = sampling;
    }

    /** The published threshold, radius and border. */
    public KeypointSelection published() {
        return new KeypointSelection(KeypointSelection.DEFAULT.maxKeypoints(), threshold, RADIUS_PX, BORDER_PX);
    }

    /** Where descriptors are read. */
    public DescriptorSampling sampling() {
        return sampling;
    }

    /** Whether the network sees exactly the image, as in the published programs, rather than one continued to whole cells. */
    public boolean takesImageAsItIs() {
        return this != TIEPOINT;
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
        float[] peaks = MaxPoolSuppression.suppress(heatmap, width, selection.nmsRadiusPx());
        int height = heatmap.length / width;
        int border = selection.borderPx();
        int count = 0;
        int[] found = new int[heatmap.length];
        for (int row = border; row < height - border; row++) {
            for (int i = row * width + border; i < row * width + width - border; i++) {
                if (peaks[i] > selection.threshold()) {
                    found[count++] = i;
                }
            }
        }
        Keypoints all = pixels(heatmap, width, Arrays.copyOf(found, count));
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
