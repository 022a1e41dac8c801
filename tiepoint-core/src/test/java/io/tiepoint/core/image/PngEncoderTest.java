package io.tiepoint.core.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tiepoint.core.random.Draws;
import io.tiepoint.core.random.Seed;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.IntStream;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PngEncoderTest {
    private static final Path NAME = Path.of("memory.png");

    static IntStream seeds() {
        return IntStream.range(0, 50);
    }

    /** Flat parts, ramps and noise, of any size from one pixel on. */
    private static GrayImage image(int seed) {
        Draws draws = new Seed(seed).draws();
        int width = seed == 0 ? 1 : draws.nextInt(1, 300);
        int height = seed == 0 ? 1 : draws.nextInt(1, 300);
        double noise = seed % 5 == 0 ? 0 : draws.nextDouble(0, 0.5);
        float[] pixels = new float[width * height];
        for (int i = 0; i < pixels.length; i++) {
            double value = i % width < width / 2 ? 0.25 : Math.floor((double) i / width) / 300;
            pixels[i] = (float) (Math.rint(255 * Math.min(Math.max(value + noise * draws.nextGaussian(), 0), 1)) / 255);
        }
        return GrayImage.wrap(width, height, pixels);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyDecoderGetsTheImageBack(int seed) throws IOException {
        GrayImage image = image(seed);
        GrayImage read = ImageFiles.readGray(PngEncoder.encode(image), NAME);
        assertThat(read.size()).isEqualTo(image.size());
        assertThat(PngEncoder.to8Bits(read)).isEqualTo(PngEncoder.to8Bits(image));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void anyBytesSurviveCompression(int seed) throws IOException {
        Draws draws = new Seed(seed).draws();
        // Skewed frequencies make codes that are longer than the format allows.
        byte[] data = new byte[seed * seed * 200];
        for (int i = 0; i < data.length; i++) {
            data[i] = (byte)
                    (seed % 2 == 0 ? Long.numberOfTrailingZeros(draws.nextLong()) * 3 : draws.nextInt(1 << (seed % 9)));
        }
        byte[] inflated = new InflaterInputStream(new ByteArrayInputStream(ZlibEncoder.encode(data))).readAllBytes();
        assertThat(inflated).isEqualTo(data);
    }

    @Test
    void doesNotDependOnTheZlibOfTheMachine() throws Exception {
        byte[] png = PngEncoder.encode(image(7));
        byte[] sum = java.security.MessageDigest.getInstance("SHA-256").digest(png);
        assertThat(HexFormat.of().formatHex(sum))
                .isEqualTo("4337e5005499200cf3f40a349e8f6e14fdbc961585466515783085606749ae35");
    }

    @Test
    void compressesAFlatImageToAlmostNothing() {
        float[] pixels = new float[640 * 480];
        Arrays.fill(pixels, 0.5f);
        assertThat(PngEncoder.encode(GrayImage.wrap(640, 480, pixels)).length).isLessThan(2000);
    }

    @Test
    void refusesDamagedBytesWithTheirName() {
        byte[] png = PngEncoder.encode(image(3));
        assertThatThrownBy(() -> ImageFiles.readGray(Arrays.copyOf(png, png.length / 2), NAME))
                .isInstanceOf(ImageFormatException.class)
                .hasMessageStartingWith("memory.png: expected a whole PNG image");
        assertThatThrownBy(() -> ImageFiles.readGray(new byte[0], NAME)).isInstanceOf(ImageFormatException.class);
    }
}
