package io.tiepoint.synthetic.render;

import io.tiepoint.core.check.Check;
import io.tiepoint.core.image.DepthMap;
import io.tiepoint.core.image.GrayImage;
import io.tiepoint.synthetic.scenes.Mesh;

/**
 * Renders in pure Java: every pixel is the mean of nine samples under a tent, each distinct surface among them is shaded once.
 * The same bits on every machine. Safe for use by several threads.
 */
public final class EmbeddedRenderer implements Renderer {
    private static final int[] TENT = {1, 2, 1, 2, 4, 2, 1, 2, 1};
    private static final int BINS = 256;
    private static final int GAMMA_STEPS = 1024;
    private static final float[] GAMMA = new float[GAMMA_STEPS + 2];

    static {
        for (int i = 0; i <= GAMMA_STEPS; i++) {
            // Steps of the square root, since the curve is steep near black.
            double root = i / (double) GAMMA_STEPS;
            GAMMA[i] = (float) StrictMath.pow(root * root, 1 / 2.2);
        }
        GAMMA[GAMMA_STEPS + 1] = 1f;
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
        float[] pixels = new float[width * height];
        float[] depths = new float[width * height];
        new Frame(visibility, lighting).draw(pixels, depths);
        develop(pixels);
        return new SceneView(visibility, GrayImage.wrap(width, height, pixels), DepthMap.wrap(width, height, depths));
    }

    @Override
    public String describe() {
        return "embedded";
    }

    /** Exposes, bends the bright end down so that little is clipped (Reinhard, 2002), and applies a gamma. */
    private void develop(float[] pixels) {
        double sum = 0;
        for (float pixel : pixels) {
            sum += Math.min(pixel, 1.5f);
        }
        float factor = (float) (exposure / Math.max(sum / pixels.length, 1e-3));
        for (int i = 0; i < pixels.length; i++) {
            float x = pixels[i] * factor;
            float bent = Math.min(x * (1f + 0.25f * x) / (1f + 0.75f * x), 1f);
            float position = (float) Math.sqrt(bent) * GAMMA_STEPS;
            int step = (int) position;
            pixels[i] = GAMMA[step] + (position - step) * (GAMMA[step + 1] - GAMMA[step]);
        }
        stretch(pixels);
    }

    /** Uses most of the range between black and white, as cameras do. */
    private static void stretch(float[] pixels) {
        int[] histogram = new int[BINS + 1];
        for (float pixel : pixels) {
            histogram[(int) (pixel * BINS)]++;
        }
        float low = quantile(histogram, pixels.length / 100) * 0.85f;
        float high = quantile(histogram, pixels.length - pixels.length / 100);
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

    /** One picture in the making. */
    private static final class Frame {
        private final Visibility view;
        private final Mesh mesh;
        private final Shader shader;
        private final int[] triangles;
        private final int columns;
        private final int[] distinct = new int[9];
        private final int[] weight = new int[9];
        private final int[] sumX = new int[9];
        private final int[] sumY = new int[9];

        Frame(Visibility view, Lighting lighting) {
            this.view = view;
            mesh = view.scene().mesh();
            shader = new Shader(view, lighting);
            triangles = view.triangles();
            columns = view.columns();
        }

        void draw(float[] pixels, float[] depths) {
            int width = view.camera().size().width();
            int height = view.camera().size().height();
            for (int row = 0; row < height; row++) {
                for (int column = 0; column < width; column++) {
                    int centre = (2 * row + 1) * columns + 2 * column + 1;
                    int triangle = triangles[centre];
                    int i = row * width + column;
                    double x = column + 0.5;
                    double y = row + 0.5;
                    depths[i] = triangle < 0 ? DepthMap.SKY : (float) shader.depth(triangle, x, y);
                    pixels[i] = isUniform(centre) ? colour(triangle, x, y) : mixed(centre, x, y);
                }
            }
        }

        private boolean isUniform(int centre) {
            int[] t = triangles;
            int id = t[centre];
            int above = centre - columns;
            int below = centre + columns;
            return t[centre - 1] == id
                    && t[centre + 1] == id
                    && t[above] == id
                    && t[below] == id
                    && t[above - 1] == id
                    && t[above + 1] == id
                    && t[below - 1] == id
                    && t[below + 1] == id;
        }

        private float colour(int triangle, double x, double y) {
            return triangle < 0 ? shader.sky(x, y) : shader.shade(triangle, x, y);
        }

        /** Each surface counts by its samples, and is shaded in their middle, which it certainly covers. */
        private float mixed(int centre, double x, double y) {
            int count = 0;
            for (int k = 0; k < 9; k++) {
                int dx = k % 3 - 1;
                int dy = k / 3 - 1;
                int triangle = triangles[centre + dy * columns + dx];
                int found = 0;
                while (found < count && !isSame(distinct[found], triangle)) {
                    found++;
                }
                if (found == count) {
                    distinct[count] = triangle;
                    weight[count] = 0;
                    sumX[count] = 0;
                    sumY[count++] = 0;
                }
                weight[found] += TENT[k];
                sumX[found] += TENT[k] * dx;
                sumY[found] += TENT[k] * dy;
            }
            float sum = 0f;
            for (int k = 0; k < count; k++) {
                double px = x + 0.5 * sumX[k] / weight[k];
                double py = y + 0.5 * sumY[k] / weight[k];
                sum += weight[k] * colour(distinct[k], px, py);
            }
            return sum / 16f;
        }

        private boolean isSame(int one, int other) {
            return one == other || (one >= 0 && other >= 0 && mesh.face(one) == mesh.face(other));
        }
    }
}
