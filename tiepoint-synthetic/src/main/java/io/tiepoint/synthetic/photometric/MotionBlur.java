package io.tiepoint.synthetic.photometric;

import io.tiepoint.core.image.ImageSize;
import io.tiepoint.synthetic.raster.WeightedSum;
import java.util.Arrays;

/** Blurs along a direction, weighted by a Gaussian of a quarter of the length (rpautrat/SuperPoint). */
final class MotionBlur {
    private final float[] source;
    private final ImageSize size;
    private final float[] weights;
    private final int[] shiftX;
    private final int[] shiftY;

    private MotionBlur(float[] source, ImageSize size, double lengthPx, double directionRad) {
        this.source = source;
        this.size = size;
        int radius = (int) Math.ceil((lengthPx - 1) / 2);
        double sigma = lengthPx / 4;
        double cos = StrictMath.cos(directionRad);
        double sin = StrictMath.sin(directionRad);
        double sum = 0;
        double[] bell = new double[2 * radius + 1];
        for (int i = -radius; i <= radius; i++) {
            bell[i + radius] = StrictMath.exp(-0.5 * i * i / (sigma * sigma));
            sum += bell[i + radius];
        }
        weights = new float[bell.length];
        shiftX = new int[bell.length];
        shiftY = new int[bell.length];
        for (int i = 0; i < bell.length; i++) {
            weights[i] = (float) (bell[i] / sum);
            shiftX[i] = (int) Math.floor((i - radius) * cos + 0.5);
            shiftY[i] = (int) Math.floor((i - radius) * sin + 0.5);
        }
    }

    static float[] apply(float[] source, ImageSize size, double lengthPx, double directionRad) {
        return new MotionBlur(source, size, lengthPx, directionRad).run();
    }

    private float[] run() {
        int width = size.width();
        float[] blurred = new float[source.length];
        float[] line = new float[width];
        WeightedSum sum = new WeightedSum(weights, width);
        for (int row = 0; row < size.height(); row++) {
            for (int i = 0; i < weights.length; i++) {
                int from = Math.min(Math.max(row + shiftY[i], 0), size.height() - 1);
                shifted(from * width, shiftX[i], sum.lines[i]);
            }
            sum.of(sum.lines, line);
            System.arraycopy(line, 0, blurred, row * width, width);
        }
        return blurred;
    }

    /** A row of the source, moved; beyond its ends the outermost pixels count on. */
    private void shifted(int start, int shift, float[] line) {
        int from = Math.min(Math.max(-shift, 0), line.length);
        int to = Math.max(Math.min(line.length, line.length - shift), from);
        Arrays.fill(line, 0, from, source[start]);
        System.arraycopy(source, start + from + shift, line, from, to - from);
        Arrays.fill(line, to, line.length, source[start + line.length - 1]);
    }
}
