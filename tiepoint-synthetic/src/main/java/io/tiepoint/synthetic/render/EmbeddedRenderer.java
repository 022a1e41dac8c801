package io.tiepoint.synthetic.render;

import io.tiepoint.core.check.Check;
import io.tiepoint.core.image.DepthMap;
import io.tiepoint.core.image.GrayImage;

/**
 * Renders in pure Java: every pixel is the mean of nine samples under a tent, each distinct surface among them is shaded once.
 * The same bits on every machine. Safe for use by several threads.
 */
public final class EmbeddedRenderer implements Renderer {
    private static final int BINS = 256;
    /** Every so many pixels are enough to tell how bright a picture is. */
    private static final int STRIDE = 3;

    /** Steps of the square root, since the curve is steep near black, up to where the curve reaches 1. */
    private static final int STEPS = 1024;

    private static final float WHITE_ROOT = 1.25f;
    private static final float[] CURVE = new float[STEPS + 2];

    static {
        for (int i = 0; i <= STEPS; i++) {
            double root = WHITE_ROOT * i / STEPS;
            double x = root * root;
            // The bright end is bent down so that little is clipped (Reinhard, 2002); then a gamma.
            CURVE[i] = (float) StrictMath.pow(Math.min(x * (1 + 0.25 * x) / (1 + 0.75 * x), 1), 1 / 2.2);
        }
        CURVE[STEPS + 1] = 1f;
    }

    /** Brightness that the exposure aims at, before the tone curve. */
    private final double exposure;

    /**
     * A camera that chooses its exposure by the mean of what it sees.
     *
     * @param exposure mean brightness to aim at; 0.3 is usual
     */
    public EmbeddedRenderer(double exposure) {
        Check.that(exposure > 0, "exposure: expected > 0, found %s", exposure);
        this.exposure = exposure;
    }

    @Override
    public SceneView render(Visibility visibility, Lighting lighting) {
        Check.that(visibility.scene() == lighting.scene(), "lighting: expected of the same scene, found another one's");
        int width = visibility.camera().size().width();
        int height = visibility.camera().size().height();
        Frame frame = new Frame(visibility, lighting);
        frame.draw();
        develop(frame.pixels());
        return new SceneView(
                visibility,
                GrayImage.wrap(width, height, frame.pixels()),
                DepthMap.wrap(width, height, frame.depths()));
    }

    @Override
    public String describe() {
        return "embedded";
    }

    /**
     * What the camera makes of light, whoever computed it.
     *
     * @param brightness [H W] row-major; linear
     */
    public GrayImage developed(int width, int height, float[] brightness) {
        float[] pixels = brightness.clone();
        develop(pixels);
        return GrayImage.wrap(width, height, pixels);
    }

    /** Exposes and applies the tone curve. */
    private void develop(float[] pixels) {
        double sum = 0;
        int count = 0;
        for (int i = 0; i < pixels.length; i += STRIDE) {
            sum += Math.min(pixels[i], 1.5f);
            count++;
        }
        float factor = (float) (exposure / Math.max(sum / count, 1e-3));
        for (int i = 0; i < pixels.length; i++) {
            float root = (float) Math.sqrt(pixels[i] * factor);
            float position = Math.min(root * (STEPS / WHITE_ROOT), STEPS);
            int step = (int) position;
            pixels[i] = CURVE[step] + (position - step) * (CURVE[step + 1] - CURVE[step]);
        }
        stretch(pixels);
    }

    /** Uses most of the range between black and white, as cameras do. */
    private static void stretch(float[] pixels) {
        int[] histogram = new int[BINS + 1];
        int count = 0;
        for (int i = 0; i < pixels.length; i += STRIDE) {
            histogram[(int) (pixels[i] * BINS)]++;
            count++;
        }
        float low = quantile(histogram, count / 100) * 0.85f;
        float high = quantile(histogram, count - count / 100);
        float factor = 0.97f / Math.max(high - low, 0.15f);
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = Math.min(Math.max((pixels[i] - low) * factor + 0.015f, 0f), 1f);
        }
    }

    private static float quantile(int[] histogram, int rank) {
        int bin = 0;
        int left = rank;
        while (bin < BINS && left >= histogram[bin]) {
            left -= histogram[bin++];
        }
        return (bin + 0.5f) / BINS;
    }
}
