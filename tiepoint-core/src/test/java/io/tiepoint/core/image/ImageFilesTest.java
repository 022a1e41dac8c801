package io.tiepoint.core.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageFilesTest {
    /** 6x4 px; red 200, green 60 y, blue 40 x. Written by libwebp through OpenCV 4.13, without loss and at quality 90. */
    private static final String WEBP_LOSSLESS =
            "UklGRiwAAABXRUJQVlA4TCAAAAAvBcAAALmM6H/sIqL/AYVsI0AHdv5iP8IgD0pMAIJKDg==";

    private static final String WEBP_LOSSY =
            "UklGRmgAAABXRUJQVlA4IFwAAADQAgCdASoGAAQAAMASJbACdLoB+ADXALEABgbEi2IgAP6tR/8kDwQr63/+//4xaj1Aff2sUvl7e0cWTpv/"
                    + "inl9/ZK3/3D+2J4OKbBv9Ca+7+CK3Bv8HLW3CAAAAA==";

    @TempDir
    private Path folder;

    /** A picture in which every pixel is known by its colour, 6x4 px unless the size says otherwise. */
    private static BufferedImage picture(int width, int height, int type) {
        BufferedImage image = new BufferedImage(width, height, type);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, 0xff000000 | 200 << 16 | (60 * y & 0xff) << 8 | (40 * x & 0xff));
            }
        }
        return image;
    }

    private static ColorImage expected(int width, int height) {
        byte[] rgb = new byte[3 * width * height];
        for (int i = 0; i < width * height; i++) {
            rgb[3 * i] = (byte) 200;
            rgb[3 * i + 1] = (byte) (60 * (i / width));
            rgb[3 * i + 2] = (byte) (40 * (i % width));
        }
        return ColorImage.wrap(width, height, rgb);
    }

    private Path write(String name, BufferedImage image) throws IOException {
        Path file = folder.resolve(name);
        String format = name.substring(name.lastIndexOf('.') + 1);
        assertThat(ImageIO.write(image, format, file.toFile())).isTrue();
        return file;
    }

    private Path write(String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "bmp", "tiff", "ppm"})
    void readsEveryColourOfALosslessFormat(String format) throws IOException {
        Path file = write("picture." + format, picture(6, 4, BufferedImage.TYPE_INT_RGB));

        assertThat(ImageFiles.readColor(file)).isEqualTo(expected(6, 4));
        assertThat(ImageFiles.readGray(file)).isEqualTo(expected(6, 4).toGray());
    }

    @Test
    void readsWebP() throws IOException {
        Path lossless = write("lossless.webp", Base64.getDecoder().decode(WEBP_LOSSLESS));
        Path lossy = write("lossy.webp", Base64.getDecoder().decode(WEBP_LOSSY));

        assertThat(ImageFiles.readColor(lossless)).isEqualTo(expected(6, 4));
        assertThat(ImageFiles.readGray(lossy).at(2, 3))
                .isCloseTo(expected(6, 4).toGray().at(2, 3), within(0.1f));
    }

    @Test
    void readsTheFirstFrameOfAGif() throws IOException {
        Path file = write("picture.gif", picture(6, 4, BufferedImage.TYPE_BYTE_INDEXED));

        ColorImage image = ImageFiles.readColor(file);

        assertThat(image.size()).isEqualTo(new ImageSize(6, 4));
        assertThat(image.rgb()[0] & 0xff).isCloseTo(200, within(30));
    }

    @Test
    void readsPlainAndBinaryPnm() throws IOException {
        Path plain = write("plain.pgm", "P2 3 1 255 0 128 255".getBytes(StandardCharsets.US_ASCII));
        byte[] head = "P5 2 1 65535\n".getBytes(StandardCharsets.US_ASCII);
        byte[] binary = Arrays.copyOf(head, head.length + 4);
        binary[head.length] = 0x12;
        binary[head.length + 1] = 0x34;
        binary[head.length + 2] = (byte) 0xff;
        binary[head.length + 3] = (byte) 0xff;

        assertThat(ImageFiles.readGray(plain)).isEqualTo(GrayImage.of(3, 1, new float[] {0, 128 / 255f, 1}));
        assertThat(ImageFiles.readGray(write("binary.pgm", binary)).pixels())
                .containsExactly(new float[] {0x1234 / 65535f, 1f}, within(1e-7f));
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "tiff"})
    void keepsThePrecisionOf16Bits(String format) throws IOException {
        BufferedImage image = new BufferedImage(3, 1, BufferedImage.TYPE_USHORT_GRAY);
        image.getRaster().setPixels(0, 0, 3, 1, new int[] {1, 1000, 65535});

        GrayImage gray = ImageFiles.readGray(write("deep." + format, image));

        assertThat(gray.pixels()).containsExactly(new float[] {1 / 65535f, 1000 / 65535f, 1f}, within(1e-7f));
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "tiff", "jpg", "bmp"})
    void takesGreyValuesAsTheyAreStored(String format) throws IOException {
        BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_BYTE_GRAY);
        int[] samples = new int[256];
        Arrays.fill(samples, 100);
        image.getRaster().setPixels(0, 0, 16, 16, samples);
        Path file = write("gray." + format, image);

        assertThat(ImageFiles.readGray(file).at(3, 3)).isEqualTo(100 / 255f);
        assertThat(ImageFiles.readColor(file).rgb()).containsOnly(100);
    }

    @Test
    void readsAPaletteAndBlackAndWhite() throws IOException {
        BufferedImage palette = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_INDEXED);
        palette.setRGB(0, 0, 0xffff0000);
        palette.setRGB(1, 0, 0xff0000ff);
        BufferedImage bits = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_BINARY);
        bits.setRGB(1, 0, 0xffffffff);

        assertThat(ImageFiles.readColor(write("palette.png", palette)).rgb()).containsExactly(-1, 0, 0, 0, 0, -1);
        assertThat(ImageFiles.readGray(write("bits.png", bits)).pixels())
                .containsExactly(new float[] {0, 1}, within(1e-6f));
    }

    @Test
    void putsWhatIsTransparentOnWhite() throws IOException {
        BufferedImage image = new BufferedImage(3, 1, BufferedImage.TYPE_INT_ARGB);
        image.setRGB(0, 0, 0x00000000);
        image.setRGB(1, 0, 0x80000000);
        image.setRGB(2, 0, 0xff0000ff);

        ColorImage color = ImageFiles.readColor(write("alpha.png", image));

        assertThat(color.rgb()).containsExactly(-1, -1, -1, 127, 127, 127, 0, 0, -1);
    }

    @ParameterizedTest
    @CsvSource({"1, 0, 0", "2, 1, 0", "3, 1, 1", "4, 0, 1", "5, 0, 0", "6, 1, 0", "7, 1, 1", "8, 0, 1"})
    void turnsAJpegUpright(int tag, int cornerX, int cornerY) throws IOException {
        // The first pixel of the file is dark; where it belongs is what the tag says (EXIF 2.32, 4.6.4).
        BufferedImage image = new BufferedImage(48, 32, BufferedImage.TYPE_INT_RGB);
        image.createGraphics().fillRect(0, 0, 48, 32);
        for (int i = 0; i < 8 * 16; i++) {
            image.setRGB(i % 16, i / 16, 0xff000000); // 16 wide, 8 high
        }
        boolean turned = tag >= 5;
        int width = turned ? 32 : 48;
        int height = turned ? 48 : 32;

        for (boolean littleEndian : new boolean[] {false, true}) {
            Path file = write("turned.jpg", withOrientation(jpeg(image), tag, littleEndian));
            GrayImage gray = ImageFiles.readGray(file);
            ColorImage color = ImageFiles.readColor(file);

            assertThat(gray.size()).isEqualTo(new ImageSize(width, height));
            assertThat(color.toGray()).isEqualTo(gray);
            int markWidth = turned ? 8 : 16;
            int markHeight = turned ? 16 : 8;
            int left = cornerX * (width - markWidth);
            int top = cornerY * (height - markHeight);
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    boolean dark = x >= left && x < left + markWidth && y >= top && y < top + markHeight;
                    assertThat(gray.at(x, y) < 0.5f).as("%s,%s", x, y).isEqualTo(dark);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void turnsEveryPixelAsTheTagSays(int tag) {
        ColorImage stored = expected(3, 2);
        ColorImage upright = Orientation.ofTag(tag).apply(stored);

        for (int y = 0; y < 2; y++) {
            for (int x = 0; x < 3; x++) {
                int[] to = switch (tag) {
                    case 1 -> new int[] {x, y};
                    case 2 -> new int[] {2 - x, y};
                    case 3 -> new int[] {2 - x, 1 - y};
                    case 4 -> new int[] {x, 1 - y};
                    case 5 -> new int[] {y, x};
                    case 6 -> new int[] {1 - y, x};
                    case 7 -> new int[] {1 - y, 2 - x};
                    default -> new int[] {y, 2 - x};
                };
                int at = 3 * (to[1] * upright.width() + to[0]);
                assertThat(upright.rgb()[at + 1] & 0xff).isEqualTo(60 * y);
                assertThat(upright.rgb()[at + 2] & 0xff).isEqualTo(40 * x);
            }
        }
        assertThat(Orientation.ofTag(tag).apply(stored.toGray())).isEqualTo(upright.toGray());
    }

    @Test
    void turnsAPngWithExifUpright() throws IOException {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        assertThat(ImageIO.write(picture(6, 4, BufferedImage.TYPE_INT_RGB), "png", png))
                .isTrue();
        byte[] exif = exif(6, true);
        byte[] plain = png.toByteArray();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(plain, 0, 33); // signature and IHDR
        out.write(new byte[] {0, 0, 0, (byte) exif.length});
        byte[] named = concat("eXIf".getBytes(StandardCharsets.US_ASCII), exif);
        out.write(named);
        java.util.zip.CRC32 crc = new java.util.zip.CRC32();
        crc.update(named);
        for (int shift = 24; shift >= 0; shift -= 8) {
            out.write((int) (crc.getValue() >>> shift));
        }
        out.write(plain, 33, plain.length - 33);

        ColorImage image = ImageFiles.readColor(write("turned.png", out.toByteArray()));

        assertThat(image).isEqualTo(Orientation.ofTag(6).apply(expected(6, 4)));
    }

    @Test
    void readsAJpegWithBrokenExif() throws IOException {
        byte[] file = withOrientation(jpeg(picture(6, 4, BufferedImage.TYPE_INT_RGB)), 6, true);
        Arrays.fill(file, 12, 30, (byte) 0x55);

        assertThat(ImageFiles.readColor(write("odd.jpg", file)).size()).isEqualTo(new ImageSize(6, 4));
    }

    @Test
    void readsACmykJpeg() throws IOException {
        WritableRaster cmyk =
                java.awt.image.Raster.createInterleavedRaster(java.awt.image.DataBuffer.TYPE_BYTE, 16, 16, 4, null);
        int[] pixel = {255, 0, 0, 255}; // as Adobe stores it, 255 is no ink: magenta and yellow, that is red
        for (int i = 0; i < 256; i++) {
            cmyk.setPixel(i % 16, i / 16, pixel);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        javax.imageio.ImageWriter writer =
                ImageIO.getImageWritersByFormatName("jpeg").next();
        try (javax.imageio.stream.ImageOutputStream stream = ImageIO.createImageOutputStream(out)) {
            writer.setOutput(stream);
            writer.write(new javax.imageio.IIOImage(cmyk, null, null));
        }

        byte[] rgb = ImageFiles.readColor(write("cmyk.jpg", withAdobeMarker(out.toByteArray())))
                .rgb();

        assertThat(rgb[0] & 0xff).isGreaterThan(180);
        assertThat(rgb[1] & 0xff).isLessThan(80);
        assertThat(rgb[2] & 0xff).isLessThan(80);
    }

    static Stream<String> formats() {
        return Stream.of("png", "jpg", "bmp", "gif", "tiff", "ppm", "webp");
    }

    @ParameterizedTest
    @org.junit.jupiter.params.provider.MethodSource("formats")
    void saysThatATruncatedImageIsTruncated(String format) throws IOException {
        byte[] whole;
        if (format.equals("webp")) {
            whole = Base64.getDecoder().decode(WEBP_LOSSY);
        } else {
            int type = format.equals("gif") ? BufferedImage.TYPE_BYTE_INDEXED : BufferedImage.TYPE_INT_RGB;
            whole = Files.readAllBytes(write("whole." + format, picture(100, 80, type)));
        }
        for (double part : new double[] {0.98, 0.9, 0.6, 0.3}) {
            Path file = write("part." + format, Arrays.copyOf(whole, (int) (whole.length * part)));

            assertThatThrownBy(() -> ImageFiles.readColor(file))
                    .as("%s of %s", part, format)
                    .isInstanceOf(ImageFormatException.class)
                    .hasMessageStartingWith(file + ": expected ")
                    .hasMessageContaining("found a truncated or damaged one");
        }
    }

    @Test
    void failsWithOneSentenceForFilesThatAreNoImages() throws IOException {
        assertSentence(folder.resolve("missing.png"), "expected an image file, found no such file");
        assertSentence(folder, "expected an image file, found a folder");
        assertSentence(write("empty.png", new byte[0]), "expected an image file, found an empty file");
        assertSentence(
                write("text.png", "Hello, world! This is no image.".getBytes(StandardCharsets.US_ASCII)),
                "expected an image (JPEG, PNG, TIFF, WebP, PNM, BMP or GIF), found a file of another kind");
        assertSentence(write("zeros.jpg", new byte[1000]), "found a file of another kind");
        assertSentence(write("x.jpg", new byte[] {(byte) 0xff}), "found a file of another kind");
        assertSentence(
                write("phone.heic", "\0\0\0\u0018ftypheic\0\0\0\0mif1".getBytes(StandardCharsets.ISO_8859_1)),
                "found HEIC; convert it to JPEG or PNG first");
    }

    private static void assertSentence(Path file, String sentence) {
        assertThatThrownBy(() -> ImageFiles.readGray(file))
                .isInstanceOf(ImageFormatException.class)
                .hasMessageStartingWith(file + ": expected ")
                .hasMessageContaining(sentence)
                .hasMessageNotContaining("\n");
    }

    @Test
    void refusesAnImageThatIsTooLargeFromItsHeader() throws IOException {
        Path file = write("huge.ppm", "P6 40000 30000 255\n012".getBytes(StandardCharsets.US_ASCII));

        assertSentence(file, "expected at most 300 megapixels, found 40000x30000 px");
    }

    @ParameterizedTest
    @org.junit.jupiter.params.provider.MethodSource("formats")
    void neverFailsOtherwiseThanWithASentence(String format) throws IOException {
        byte[] whole = format.equals("webp")
                ? Base64.getDecoder().decode(WEBP_LOSSY)
                : Files.readAllBytes(write("whole." + format, picture(20, 16, BufferedImage.TYPE_INT_RGB)));
        java.util.Random random = new java.util.Random(7);
        for (int trial = 0; trial < 50; trial++) {
            byte[] damaged = whole.clone();
            for (int i = 0; i < 3; i++) {
                damaged[random.nextInt(Math.min(damaged.length, 200))] ^= (byte) (1 << random.nextInt(8));
            }
            Path file = write("damaged", damaged);
            try {
                assertThat(ImageFiles.readGray(file).width()).isPositive();
            } catch (ImageFormatException e) {
                assertThat(e).hasMessageStartingWith(file + ": expected ");
            }
        }
    }

    @Test
    void writesPngThatReadsBackTheSame() throws IOException {
        Path file = folder.resolve("out.png");
        ImageFiles.writePng(expected(7, 5), file);
        ImageFiles.writePng(expected(17, 5), file);

        assertThat(ImageFiles.readColor(file)).isEqualTo(expected(17, 5));
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void saysWhereAPngCannotBeWritten() {
        assertThatThrownBy(() -> ImageFiles.writePng(expected(2, 2), folder.resolve("none/out.png")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("expected a folder to write into, found none");
        assertThatThrownBy(() -> ImageFiles.writePng(expected(2, 2), folder))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("expected a file to write, found a folder");
    }

    private static byte[] jpeg(BufferedImage image) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(ImageIO.write(image, "jpg", out)).isTrue();
        return out.toByteArray();
    }

    /** Puts an APP1 segment right after the start of a JPEG file. */
    private static byte[] withOrientation(byte[] jpeg, int tag, boolean littleEndian) {
        byte[] segment = concat("Exif\0\0".getBytes(StandardCharsets.US_ASCII), exif(tag, littleEndian));
        int length = segment.length + 2;
        byte[] head = {(byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xe1, (byte) (length >> 8), (byte) length};
        return concat(concat(head, segment), Arrays.copyOfRange(jpeg, 2, jpeg.length));
    }

    private static byte[] withAdobeMarker(byte[] jpeg) {
        byte[] head = {(byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xee, 0, 14};
        byte[] marker = concat("Adobe".getBytes(StandardCharsets.US_ASCII), new byte[] {0, 100, 0, 0, 0, 0, 0});
        return concat(concat(head, marker), Arrays.copyOfRange(jpeg, 2, jpeg.length));
    }

    /** A TIFF structure with the one entry Orientation (274, one short). */
    private static byte[] exif(int tag, boolean littleEndian) {
        java.nio.ByteBuffer buffer = java.nio.ByteBuffer.allocate(26)
                .order(littleEndian ? java.nio.ByteOrder.LITTLE_ENDIAN : java.nio.ByteOrder.BIG_ENDIAN);
        buffer.put((byte) (littleEndian ? 'I' : 'M')).put((byte) (littleEndian ? 'I' : 'M'));
        buffer.putShort((short) 42).putInt(8).putShort((short) 1);
        buffer.putShort((short) 274)
                .putShort((short) 3)
                .putInt(1)
                .putShort((short) tag)
                .putShort((short) 0);
        return buffer.putInt(0).array();
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }
}
