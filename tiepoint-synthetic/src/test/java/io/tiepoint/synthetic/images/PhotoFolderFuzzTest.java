package io.tiepoint.synthetic.images;

import static org.assertj.core.api.Assertions.assertThat;

import io.tiepoint.core.image.ImageFormatException.Problem;
import io.tiepoint.core.image.ImageSize;
import io.tiepoint.core.random.Draws;
import io.tiepoint.core.random.Seed;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders as they are found: whatever lies in them, the run goes on, and each file is used or left out with a reason. */
class PhotoFolderFuzzTest {
    private static final ImageSize SIZE = new ImageSize(64, 48);
    private static final int EACH = 60;

    @TempDir
    Path folder;

    private static byte[] encoded(String format, int type) throws IOException {
        BufferedImage image = new BufferedImage(80, 60, type);
        for (int i = 0; i < 80 * 60; i++) {
            image.setRGB(i % 80, i / 80, 0x10305 * ((i % 80 * (i / 80) + i) % 80));
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(ImageIO.write(image, format, out)).as(format).isTrue();
        return out.toByteArray();
    }

    private static byte[] cmyk() throws IOException {
        WritableRaster cmyk = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 80, 60, 4, null);
        for (int i = 0; i < 80 * 60; i++) {
            cmyk.setPixel(i % 80, i / 80, new int[] {i % 256, i % 80, i / 80, 255});
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        try (ImageOutputStream stream = ImageIO.createImageOutputStream(out)) {
            writer.setOutput(stream);
            writer.write(new IIOImage(cmyk, null, null));
        } finally {
            writer.dispose();
        }
        return out.toByteArray();
    }

    private static byte[] damaged(byte[] whole, Draws draws) {
        byte[] bytes = whole.clone();
        int changes = draws.nextInt(1, 6);
        for (int i = 0; i < changes; i++) {
            int reach = draws.nextBoolean() ? Math.min(100, bytes.length) : bytes.length;
            int at = draws.nextInt(0, reach);
            switch (draws.nextInt(0, 4)) {
                case 0 -> bytes[at] ^= (byte) (1 << draws.nextInt(0, 8));
                case 1 -> Arrays.fill(bytes, at, Math.min(at + 4, bytes.length), (byte) 0xff);
                case 2 -> Arrays.fill(bytes, at, Math.min(at + 20, bytes.length), (byte) 0);
                default -> bytes = Arrays.copyOf(bytes, Math.max(at, 1));
            }
        }
        return bytes;
    }

    @Test
    void damagedPhotographsAreUsedOrLeftOutWithAReason() throws IOException {
        List<String> endings = List.of("jpg", "png", "gif", "bmp", "tiff", "ppm");
        int count = 1;
        for (String ending : endings) {
            int type = ending.equals("gif") ? BufferedImage.TYPE_BYTE_INDEXED : BufferedImage.TYPE_INT_RGB;
            byte[] whole = encoded(ending.equals("jpg") ? "jpeg" : ending.equals("ppm") ? "pnm" : ending, type);
            Draws draws = new Seed(7).child(ending).draws();
            for (int i = 0; i < EACH; i++, count++) {
                // One in ten has another ending than it should have.
                String named = i % 10 == 9 ? endings.get(i / 10 % endings.size()) : ending;
                Path file = folder.resolve(ending + i + "." + named);
                assertThat(Files.write(file, damaged(whole, draws))).exists();
            }
        }
        assertThat(Files.write(folder.resolve("good.png"), encoded("png", BufferedImage.TYPE_INT_RGB)))
                .exists();
        PhotoFolder photos = new PhotoFolder(folder, SIZE);
        assertThat(photos.count()).isEqualTo(count);
        for (int i = 0; i < count; i++) {
            assertThat(photos.image(i).size()).isEqualTo(SIZE);
        }
        Set<Problem> problems = EnumSet.noneOf(Problem.class);
        photos.skipped().forEach((file, skipped) -> {
            problems.add(skipped.problem());
            assertThat(skipped.sentence())
                    .startsWith(file + ": expected ")
                    .contains("found ")
                    .doesNotContain("\n");
        });
        assertThat(photos.skipped()).hasSizeBetween(count / 5, count - 1);
        assertThat(problems).contains(Problem.DAMAGED, Problem.NOT_AN_IMAGE);
    }

    @Test
    void printersColoursAndSixteenBitsAreUsed() throws IOException {
        assertThat(Files.write(folder.resolve("cmyk.jpg"), cmyk())).exists();
        assertThat(Files.write(folder.resolve("sixteen.png"), encoded("png", BufferedImage.TYPE_USHORT_GRAY)))
                .exists();
        assertThat(Files.write(folder.resolve("palette.png"), encoded("png", BufferedImage.TYPE_BYTE_INDEXED)))
                .exists();
        assertThat(Files.write(folder.resolve("transparent.png"), encoded("png", BufferedImage.TYPE_INT_ARGB)))
                .exists();
        PhotoFolder photos = new PhotoFolder(folder, SIZE);
        for (int i = 0; i < 4; i++) {
            assertThat(photos.image(i).size()).isEqualTo(SIZE);
        }
        assertThat(photos.skipped()).isEmpty();
    }
}
