package io.tiepoint.app.synth;

import io.tiepoint.core.image.GrayImage;
import io.tiepoint.core.image.ImagePyramid;
import java.util.LinkedHashMap;
import java.util.Map;

/** Figures of one image that tell photographs from drawings. */
final class ImageStatistics {
    private static final int OCTAVES = 4;

    private ImageStatistics() {}

    /** The figures by their names. */
    static Map<String, Double> of(GrayImage image) {
        Map<String, Double> figures = new LinkedHashMap<>();
        double sum = 0;
        double squares = 0;
        for (float pixel : image.pixels()) {
            sum += pixel;
            squares += (double) pixel * pixel;
        }
        int n = image.pixels().length;
        double mean = sum / n;
        figures.put("brightness", mean);
        figures.put("contrast", Math.sqrt(Math.max(squares / n - mean * mean, 0)));
        double[] moments = moments(image);
        figures.put("gradient", Math.sqrt(moments[0]));
        figures.put("gradient kurtosis", moments[1] / Math.max(moments[0] * moments[0], 1e-12));
        figures.put("spectrum slope", slope(image));
        return figures;
    }

    /** Mean square and mean fourth power of the differences between neighbours. */
    private static double[] moments(GrayImage image) {
        double second = 0;
        double fourth = 0;
        int count = 0;
        float[] p = image.pixels();
        int width = image.width();
        for (int row = 0; row + 1 < image.height(); row++) {
            for (int column = 0; column + 1 < width; column++) {
                int i = row * width + column;
                double dx = p[i + 1] - p[i];
                double dy = p[i + width] - p[i];
                second += dx * dx + dy * dy;
                fourth += dx * dx * dx * dx + dy * dy * dy * dy;
                count += 2;
            }
        }
        return new double[] {second / Math.max(count, 1), fourth / Math.max(count, 1)};
    }

    /**
     * Exponent of the power law that the spectrum follows, from the energy of the differences in each octave: about -2 for photographs,
     * 0 for noise.
     */
    private static double slope(GrayImage image) {
        ImagePyramid pyramid = new ImagePyramid(image);
        double sumX = 0;
        double sumY = 0;
        double sumXx = 0;
        double sumXy = 0;
        for (int octave = 0; octave < OCTAVES; octave++) {
            double y = Math.log(Math.max(moments(pyramid.level(octave))[0], 1e-12)) / Math.log(2);
            sumX += octave;
            sumY += y;
            sumXx += octave * octave;
            sumXy += octave * y;
        }
        // Power 1/f^a gives differences whose energy grows by 2^(a-2) with each halving.
        double growth = (OCTAVES * sumXy - sumX * sumY) / (OCTAVES * sumXx - sumX * sumX);
        return -growth - 2;
    }
}
