package io.tiepoint.synthetic.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tiepoint.core.image.GrayImage;
import io.tiepoint.core.random.Draws;
import io.tiepoint.core.random.Seed;
import io.tiepoint.synthetic.scenes.Texture;
import org.junit.jupiter.api.Test;

class TextureSamplerTest {
    private static final int SIDE = 64;
    private static final Texture TEXTURE = Texture.ofPicture(noise());

    private static GrayImage noise() {
        Draws draws = new Seed(3).draws();
        float[] pixels = new float[SIDE * SIDE];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = draws.nextFloat();
        }
        return GrayImage.wrap(SIDE, SIDE, pixels);
    }

    private static float sample(double u, double v, double... footprint) {
        TextureSampler sampler = new TextureSampler();
        sampler.aim(TEXTURE, footprint, 6);
        float[] mean = new float[1];
        sampler.sample(
                new double[] {Math.floor(u * TextureSampler.PARTS)},
                new double[] {Math.floor(v * TextureSampler.PARTS)},
                1,
                1,
                mean);
        return mean[0];
    }

    private static double texel(int column, int row) {
        return TEXTURE.level(0)[Math.floorMod(row, SIDE) * SIDE + Math.floorMod(column, SIDE)];
    }

    @Test
    void interpolatesBetweenTexelsAndRepeats() {
        Draws draws = new Seed(4).draws();
        for (int i = 0; i < 2000; i++) {
            double u = draws.nextInt(-40 * TextureSampler.PARTS, 40 * TextureSampler.PARTS) / 256.0;
            double v = draws.nextInt(-40 * TextureSampler.PARTS, 40 * TextureSampler.PARTS) / 256.0;
            int column = (int) Math.floor(u - 0.5);
            int row = (int) Math.floor(v - 0.5);
            double fx = u - 0.5 - column;
            double fy = v - 0.5 - row;
            double upper = (1 - fx) * texel(column, row) + fx * texel(column + 1, row);
            double lower = (1 - fx) * texel(column, row + 1) + fx * texel(column + 1, row + 1);
            double expected = (1 - fy) * upper + fy * lower;
            // Half a step of the whole numbers that texels become, and the rounding of sums.
            assertThat((double) sample(u, v, 0.5, 0, 0, 0.5)).isCloseTo(expected, within(0.51 * TEXTURE.step()));
        }
    }

    @Test
    void takesTheMeanOfWhatAPixelCovers() {
        double mean = 0;
        for (float value : TEXTURE.level(0)) {
            mean += value / (SIDE * SIDE);
        }
        double spread = 0;
        double along = 0;
        int count = 200;
        Draws draws = new Seed(5).draws();
        for (int i = 0; i < count; i++) {
            double u = draws.nextDouble(0, SIDE);
            double v = draws.nextDouble(0, SIDE);
            spread += Math.abs(sample(u, v, SIDE, 0, 0, SIDE) - mean) / count;
            double expected = 0;
            for (int k = 0; k < 16; k++) {
                expected += sample(u + (k - 7.5) / 4, v, 0.1, 0, 0, 0.1) / 16;
            }
            along += Math.abs(sample(u, v, 4, 0, 0, 1) - expected) / count;
        }
        // Of single texels it is about 0.5.
        assertThat(spread).isLessThan(0.08);
        assertThat(along).isLessThan(0.08);
    }
}
