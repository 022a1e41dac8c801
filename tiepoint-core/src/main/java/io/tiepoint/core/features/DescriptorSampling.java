package io.tiepoint.core.features;

/**
 * Where in a coarse map of descriptors a keypoint's descriptor is read. Users of the same weights do not agree on it, and a
 * matcher expects the one that its extractor was trained with.
 */
public enum DescriptorSampling {
    /** A cell stands for its centre: x / S - 0.5. Tiepoint's own networks and rpautrat's SuperPoint. */
    CELL_CENTRES {
        @Override
        double cell(float pixel, int stride, int cells, int imagePx) {
            return pixel / stride - 0.5;
        }
    },
    /** The SuperGlue, LightGlue and hloc repositories: the outer cells' centres are a little stretched apart. */
    LEGACY {
        @Override
        double cell(float pixel, int stride, int cells, int imagePx) {
            double middle = (stride - 1) / 2.0;
            double centred = pixel - 0.5;
            return (centred - middle) / (cells * stride - middle - 1) * (cells - 1);
        }
    },
    /** Magic Leap's demo under PyTorch 1.3 or later: the pixel's index over the size of the image, whole cells or not. */
    IMAGE_SHARE {
        @Override
        double cell(float pixel, int stride, int cells, int imagePx) {
            return (pixel - 0.5) * cells / imagePx - 0.5;
        }
    },
    /** Magic Leap's demo under the PyTorch that it was written for: the same share of the way between the outer cells. */
    IMAGE_SHARE_ALIGNED {
        @Override
        double cell(float pixel, int stride, int cells, int imagePx) {
            return (pixel - 0.5) / imagePx * (cells - 1);
        }
    },
    /** XFeat: the centres of the outermost pixels are the outer edges of the map, and beyond those it is 0; bicubic. */
    EDGE_TO_EDGE {
        @Override
        double cell(float pixel, int stride, int cells, int imagePx) {
            return (pixel - 0.5) * cells / Math.max(imagePx - 1, 1) - 0.5;
        }
    };

    /**
     * Position in the map along one axis; the first cell is 0.
     *
     * @param pixel x or y, px, {@link io.tiepoint.core.geometry.PixelFrame#CORNER}
     * @param stride S, px for each cell
     * @param cells of the map along the axis
     * @param imagePx size of the image along the axis
     */
    abstract double cell(float pixel, int stride, int cells, int imagePx);
}
