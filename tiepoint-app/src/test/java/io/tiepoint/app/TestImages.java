package io.tiepoint.app;

import io.tiepoint.core.image.ColorImage;
import io.tiepoint.core.image.GrayImage;
import io.tiepoint.core.image.ImageFiles;
import io.tiepoint.core.random.Draws;
import io.tiepoint.core.random.Seed;
import java.io.IOException;
import java.nio.file.Path;

/** Small images for the commands to work on. */
final class TestImages {
    private TestImages() {}

    /** Overlapping rectangles of many greys; always the same for a seed, and larger images continue smaller ones. */
    static GrayImage rectangles(long seed, int width, int height) {
        Draws draws = new Seed(seed).draws();
        float[] pixels = new float[width * height];
        for (int i = 0; i < 400; i++) {
            int left = draws.nextInt(-40, 700);
            int top = draws.nextInt(-40, 500);
            int right = left + draws.nextInt(8, 50);
            int bottom = top + draws.nextInt(8, 50);
            float value = draws.nextFloat();
            for (int y = Math.max(top, 0); y < Math.min(bottom, height); y++) {
                for (int x = Math.max(left, 0); x < Math.min(right, width); x++) {
                    pixels[y * width + x] = value;
                }
            }
        }
        return GrayImage.wrap(width, height, pixels);
    }

    /** A part of an image. */
    static GrayImage crop(GrayImage image, int left, int top, int width, int height) {
        float[] pixels = new float[width * height];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                pixels[y * width + x] = image.at(left + x, top + y);
            }
        }
        return GrayImage.wrap(width, height, pixels);
    }

    static GrayImage black(int width, int height) {
        return GrayImage.wrap(width, height, new float[width * height]);
    }

    static Path write(GrayImage image, Path file) throws IOException {
        ImageFiles.writePng(ColorImage.of(image), file);
        return file;
    }
}
