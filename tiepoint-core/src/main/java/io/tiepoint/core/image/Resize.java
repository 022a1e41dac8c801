package io.tiepoint.core.image;

import io.tiepoint.core.check.Check;

/**
 * Resizes images without aliasing: each axis that shrinks takes the mean over what a pixel covers, each that grows interpolates
 * linearly. In {@link io.tiepoint.core.geometry.PixelFrame#CORNER} a point moves by multiplication with
 * new size / old size.
 */
public final class Resize {
    private Resize() {}

    /** Resizes to exactly this size. */
    public static GrayImage resize(GrayImage image, ImageSize size) {
        return size.equals(image.size())
                ? image
                : resize(image, Taps.of(image.height(), size.height()), Taps.of(image.width(), size.width()));
    }

    /**
     * Resizes to exactly this size by linear interpolation at the new pixels' centres, also where that skips pixels. For networks
     * that were trained so: this is PyTorch's {@code interpolate(mode="bilinear", align_corners=False)}.
     */
    public static GrayImage interpolate(GrayImage image, ImageSize size) {
        return size.equals(image.size())
                ? image
                : resize(
                        image,
                        Taps.interpolating(image.height(), size.height()),
                        Taps.interpolating(image.width(), size.width()));
    }

    private static GrayImage resize(GrayImage image, Taps rows, Taps columns) {
        ImageSize size = new ImageSize(columns.count(), rows.count());
        float[] from = image.pixels();
        float[] to = new float[size.width() * size.height()];
        float[] sum = new float[image.width()];
        for (int y = 0; y < size.height(); y++) {
            sumRows(from, image.width(), rows, y, sum);
            int at = y * size.width();
            for (int x = 0; x < size.width(); x++) {
                int first = columns.first[x];
                float value = 0;
                for (int tap = columns.start[x]; tap < columns.start[x + 1]; tap++) {
                    value += columns.weights[tap] * sum[first++];
                }
                to[at + x] = value;
            }
        }
        return GrayImage.wrap(size.width(), size.height(), to);
    }

    /** Resizes so that the longer side has this many px, if it has more; never enlarges. */
    public static GrayImage fitLongerSide(GrayImage image, int longerSidePx) {
        return resize(image, fitLongerSide(image.size(), longerSidePx));
    }

    /** The size with the same proportions whose longer side has at most this many px; at least 1x1. */
    public static ImageSize fitLongerSide(ImageSize size, int longerSidePx) {
        Check.that(longerSidePx > 0, "longerSidePx: expected > 0 px, found %s", longerSidePx);
        int longer = Math.max(size.width(), size.height());
        if (longer <= longerSidePx) {
            return size;
        }
        double scale = (double) longerSidePx / longer;
        return new ImageSize((int) Math.max(Math.round(size.width() * scale), 1), (int)
                Math.max(Math.round(size.height() * scale), 1));
    }

    private static void sumRows(float[] from, int width, Taps rows, int y, float[] sum) {
        int row = rows.first[y];
        for (int tap = rows.start[y]; tap < rows.start[y + 1]; tap++, row++) {
            float weight = rows.weights[tap];
            int at = row * width;
            if (tap == rows.start[y]) {
                for (int x = 0; x < width; x++) {
                    sum[x] = weight * from[at + x];
                }
            } else {
                for (int x = 0; x < width; x++) {
                    sum[x] += weight * from[at + x];
                }
            }
        }
    }

    /** For every new pixel of one axis: its first old pixel, and the weights of it and those after it. */
    private static final class Taps {
        private final int[] first;
        private final int[] start;
        private final float[] weights;

        private Taps(int count, int capacity) {
            first = new int[count];
            start = new int[count + 1];
            weights = new float[capacity];
        }

        int count() {
            return first.length;
        }

        static Taps interpolating(int from, int to) {
            double scale = (double) from / to;
            Taps taps = new Taps(to, to * 2);
            for (int i = 0; i < to; i++) {
                taps.start[i + 1] = taps.start[i];
                taps.interpolate(i, (i + 0.5) * scale - 0.5, from);
            }
            return taps;
        }

        static Taps of(int from, int to) {
            if (from <= to) {
                return interpolating(from, to);
            }
            double scale = (double) from / to;
            Taps taps = new Taps(to, to * ((int) scale + 4));
            for (int i = 0; i < to; i++) {
                taps.start[i + 1] = taps.start[i];
                taps.cover(i, i * scale, Math.min((i + 1) * scale, from), from);
            }
            return taps;
        }

        /** The mean over an interval of what linear interpolation gives; unlike counting covered pixels, this moves no edge. */
        private void cover(int i, double begin, double end, int from) {
            int last = Math.min((int) Math.floor(end + 0.5), from - 1);
            first[i] = (int) Math.max(begin - 0.5, 0);
            for (int pixel = first[i]; pixel <= last; pixel++) {
                double covered = shareUpTo(end, pixel, from) - shareUpTo(begin, pixel, from);
                weights[start[i + 1]++] = (float) (covered / (end - begin));
            }
        }

        /** The integral of a pixel's part in linear interpolation, up to a position; beyond the outermost centres they count on. */
        private static double shareUpTo(double position, int pixel, int from) {
            double t = position - (pixel + 0.5);
            if (t <= 0) {
                double rest = Math.max(t + 1, 0);
                return pixel == 0 ? 0.5 + t : rest * rest / 2;
            }
            double rest = Math.max(1 - t, 0);
            return pixel == from - 1 ? 0.5 + t : 1 - rest * rest / 2;
        }

        private void interpolate(int i, double position, int from) {
            double clamped = Math.min(Math.max(position, 0), from - 1);
            first[i] = Math.min((int) clamped, Math.max(from - 2, 0));
            float fraction = (float) (clamped - first[i]);
            weights[start[i + 1]++] = 1 - fraction;
            if (from > 1) {
                weights[start[i + 1]++] = fraction;
            }
        }
    }
}
