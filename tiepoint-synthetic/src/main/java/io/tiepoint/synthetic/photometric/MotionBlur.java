package io.tiepoint.synthetic.photometric;

import io.tiepoint.core.image.ImageSize;

/** Blurs along a direction, weighted by a Gaussian of a quarter of the length (rpautrat/SuperPoint). */
final class MotionBlur {
    private MotionBlur() {}

    static float[] apply(float[] source, ImageSize size, double lengthPx, double directionRad) {
        int radius = (int) Math.ceil((lengthPx - 1) / 2);
        double sigma = lengthPx / 4;
        double cos = StrictMath.cos(directionRad);
        double sin = StrictMath.sin(directionRad);
        double sum = 0;
        double[] weights = new double[2 * radius + 1];
        for (int i = -radius; i <= radius; i++) {
            weights[i + radius] = StrictMath.exp(-0.5 * i * i / (sigma * sigma));
            sum += weights[i + radius];
        }
        float[] blurred = new float[source.length];
        for (int i = -radius; i <= radius; i++) {
            int dx = (int) Math.floor(i * cos + 0.5);
            int dy = (int) Math.floor(i * sin + 0.5);
            addShifted(source, blurred, size, new int[] {dx, dy}, (float) (weights[i + radius] / sum));
        }
        return blurred;
    }

    private static void addShifted(float[] source, float[] target, ImageSize size, int[] shift, float weight) {
        int width = size.width();
        int from = Math.min(Math.max(-shift[0], 0), width);
        int to = Math.max(Math.min(width, width - shift[0]), from);
        for (int row = 0; row < size.height(); row++) {
            int out = row * width;
            int start = Math.min(Math.max(row + shift[1], 0), size.height() - 1) * width;
            for (int column = 0; column < from; column++) {
                target[out + column] += weight * source[start];
            }
            for (int column = from; column < to; column++) {
                target[out + column] += weight * source[start + shift[0] + column];
            }
            for (int column = to; column < width; column++) {
                target[out + column] += weight * source[start + width - 1];
            }
        }
    }
}
