package io.tiepoint.core.image;

import java.util.ArrayList;
import java.util.List;

/** An image and its halvings, each the mean of 2x2 px of the one before, made as they are needed. Not safe for several threads. */
public final class ImagePyramid {
    private static final int SMALLEST_PX = 4;

    private final List<GrayImage> levels = new ArrayList<>();

    /** Starts with the image itself. */
    public ImagePyramid(GrayImage image) {
        levels.add(image);
    }

    /** The image itself. */
    public GrayImage image() {
        return levels.get(0);
    }

    /** A halving; beyond the smallest one, the smallest one. */
    public GrayImage level(int level) {
        while (levels.size() <= level) {
            GrayImage last = levels.get(levels.size() - 1);
            if (Math.min(last.width(), last.height()) < 2 * SMALLEST_PX) {
                return last;
            }
            levels.add(half(last));
        }
        return levels.get(level);
    }

    /** Px of a level for each px of the image itself. */
    public double scale(int level) {
        GrayImage ignored = level(level);
        return 1.0 / (1 << Math.min(level, levels.size() - 1));
    }

    /** Halves an image; an odd last row or column is dropped. */
    public static GrayImage half(GrayImage image) {
        int width = image.width() / 2;
        int height = image.height() / 2;
        float[] in = image.pixels();
        float[] out = new float[width * height];
        for (int row = 0; row < height; row++) {
            int top = 2 * row * image.width();
            int bottom = top + image.width();
            for (int column = 0; column < width; column++) {
                int i = 2 * column;
                out[row * width + column] =
                        0.25f * (in[top + i] + in[top + i + 1] + in[bottom + i] + in[bottom + i + 1]);
            }
        }
        return GrayImage.wrap(width, height, out);
    }
}
