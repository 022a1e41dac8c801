package io.tiepoint.synthetic.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tiepoint.core.geometry.Homography;
import io.tiepoint.core.image.GrayImage;
import io.tiepoint.core.image.ImageSize;
import io.tiepoint.core.random.Seed;
import io.tiepoint.synthetic.homography.Warp;
import io.tiepoint.synthetic.photometric.ColorTemperature;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ImageSourceTest {
    private static final ImageSize SIZE = new ImageSize(160, 120);

    @TempDir
    Path folder;

    private static ProceduralImages procedural(long seed) {
        return new ProceduralImages(ProceduralRecipe.DEFAULT, new Seed(seed), SIZE);
    }

    @Test
    void makesTheSameImageInAnyOrderAndThread() {
        ProceduralImages first = procedural(1);
        ProceduralImages second = procedural(1);
        List<GrayImage> forwards = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            forwards.add(first.image(i));
        }
        for (int i = 9; i >= 0; i--) {
            int index = i;
            assertThat(CompletableFuture.supplyAsync(() -> second.image(index)).join())
                    .isEqualTo(forwards.get(i));
        }
        assertThat(procedural(2).image(0)).isNotEqualTo(forwards.get(0));
    }

    @Test
    void showsAPhotographUnderLightOfAnotherColour() throws IOException {
        BufferedImage photo = new BufferedImage(960, 720, BufferedImage.TYPE_3BYTE_BGR);
        for (int y = 0; y < 720; y++) {
            for (int x = 0; x < 960; x++) {
                photo.setRGB(x, y, x < 320 ? 0xc04040 : x < 640 ? 0x808080 : 0x4040c0);
            }
        }
        ImageIO.write(photo, "png", folder.resolve("flag.png").toFile());
        PhotoFolder photos = new PhotoFolder(folder, SIZE);
        assertThat(photos.hasColors()).isTrue();
        assertThat(procedural(1).hasColors()).isFalse();
        for (int i = 0; i < 20; i++) {
            Cutout day = photos.cutout(i);
            Cutout warm = photos.cutout(i, new ColorTemperature(2500));
            Cutout cold = photos.cutout(i, new ColorTemperature(12_000));
            assertThat(warm.imageFromSource()).isEqualTo(day.imageFromSource());
            assertThat(warm.source().size()).isEqualTo(day.source().size());
            float[] all = Warp.cut(
                            day.source(), Homography.IDENTITY, day.source().size())
                    .pixels();
            float[] warmAll = Warp.cut(
                            warm.source(), Homography.IDENTITY, day.source().size())
                    .pixels();
            float[] coldAll = Warp.cut(
                            cold.source(), Homography.IDENTITY, day.source().size())
                    .pixels();
            int width = day.source().size().width();
            int red = width / 6;
            int gray = width / 2;
            int blue = 5 * width / 6;
            assertThat(warmAll[red]).isGreaterThan(all[red] + 0.05f);
            assertThat(coldAll[red]).isLessThan(all[red] - 0.005f);
            assertThat(warmAll[blue]).isLessThan(all[blue] - 0.02f);
            assertThat(coldAll[blue]).isGreaterThan(all[blue] + 0.005f);
            assertThat(warmAll[gray]).isEqualTo(all[gray]).isEqualTo(coldAll[gray]);
        }
        RepeatedImages repeated = new RepeatedImages(photos, 3);
        ColorTemperature warm = new ColorTemperature(3000);
        assertThat(repeated.cutout(7, warm).imageFromSource())
                .isEqualTo(photos.cutout(2, warm).imageFromSource());
    }

    @Test
    void makesImagesThatAreNeitherFlatNorClipped() {
        ProceduralImages images = procedural(3);
        for (int i = 0; i < 50; i++) {
            GrayImage image = images.image(i);
            double sum = 0;
            double squares = 0;
            int clipped = 0;
            for (float pixel : image.pixels()) {
                assertThat(pixel).isBetween(0f, 1f);
                sum += pixel;
                squares += pixel * pixel;
                clipped += pixel == 0f || pixel == 1f ? 1 : 0;
            }
            int n = image.pixels().length;
            double deviation = Math.sqrt(squares / n - sum / n * sum / n);
            assertThat(sum / n).as("mean of image %s", i).isBetween(0.1, 0.85);
            assertThat(deviation).as("deviation of image %s", i).isGreaterThan(0.04);
            assertThat(clipped / (double) n).as("clipped share of image %s", i).isLessThan(0.25);
        }
    }

    @Test
    void hasTheHeavyTailedGradientsOfPhotographs() {
        ProceduralImages images = procedural(4);
        double[] kurtoses = new double[30];
        for (int i = 0; i < kurtoses.length; i++) {
            GrayImage image = images.image(i);
            double squares = 0;
            double fourths = 0;
            int n = 0;
            for (int row = 0; row < SIZE.height(); row++) {
                for (int column = 1; column < SIZE.width(); column++, n++) {
                    double gradient = image.at(column, row) - image.at(column - 1, row);
                    squares += gradient * gradient;
                    fourths += gradient * gradient * gradient * gradient;
                }
            }
            kurtoses[i] = fourths * n / (squares * squares);
        }
        Arrays.sort(kurtoses);
        // A Gaussian has 3; the photographs of the Berkeley segmentation data set have 9 to 41, with a median of 15.
        assertThat(kurtoses[15]).isBetween(8.0, 40.0);
    }

    @Test
    void repeatsEachImageAsOftenAsAsked() {
        AtomicInteger made = new AtomicInteger();
        ProceduralImages images = procedural(5);
        ImageSource counted = new ImageSource() {
            @Override
            public GrayImage image(long index) {
                made.incrementAndGet();
                return images.image(index);
            }

            @Override
            public String describe() {
                return "counted";
            }
        };
        RepeatedImages repeated = new RepeatedImages(counted, 3);
        for (int index = 0; index < 6; index++) {
            assertThat(repeated.image(index)).isEqualTo(images.image(index / 3));
        }
        assertThat(made).hasValue(2);
        assertThat(repeated.describe()).isEqualTo("counted, each 3 times");
    }

    @ParameterizedTest
    @EnumSource
    void makesTexturesThatRepeatWithoutASeam(TextureKind kind) {
        float[] pixels = Textures.make(kind, new Seed(9).draws()).pixels();
        int side = Tile.SIDE;
        double inside = 0;
        double seam = 0;
        for (int y = 0; y < side; y++) {
            seam += Math.abs(pixels[y * side] - pixels[y * side + side - 1]);
            for (int x = 1; x < side; x++) {
                inside += Math.abs(pixels[y * side + x] - pixels[y * side + x - 1]) / (side - 1);
            }
        }
        // Grids may have an edge just there, which noise has not.
        if (kind == TextureKind.FRACTAL || kind == TextureKind.PEBBLES || kind == TextureKind.FOLIAGE) {
            assertThat(seam).isLessThan(1.6 * inside);
        }
        for (float pixel : pixels) {
            assertThat(pixel).isBetween(-2.5f, 2.5f);
        }
    }

    @Test
    void cutsAnotherPartOutOfAPhotographEachTime() throws IOException {
        writePhoto("a.png", 300, 200);
        writePhoto("b.JPG", 100, 90);
        PhotoFolder photos = new PhotoFolder(folder, SIZE);
        assertThat(photos.count()).isEqualTo(2);
        assertThat(photos.image(0).size()).isEqualTo(SIZE);
        assertThat(photos.image(1).size()).isEqualTo(SIZE);
        assertThat(photos.image(0)).isEqualTo(new PhotoFolder(folder, SIZE).image(0));
        assertThat(photos.image(0)).isNotEqualTo(photos.image(2));
    }

    private void writePhoto(String name, int width, int height) throws IOException {
        BufferedImage photo = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < width * height; i++) {
            photo.setRGB(i % width, i / width, (i * 7919) & 0xffffff);
        }
        assertThat(ImageIO.write(
                        photo,
                        name.endsWith("png") ? "png" : "jpg",
                        folder.resolve(name).toFile()))
                .isTrue();
    }

    @Test
    void leavesOutWhatCannotBeReadAndSaysWhy() throws IOException {
        writePhoto("b.png", 300, 200);
        Files.writeString(folder.resolve("a.jpg"), "not a photograph");
        PhotoFolder photos = new PhotoFolder(folder, SIZE);
        assertThat(photos.image(0).size()).isEqualTo(SIZE);
        assertThat(photos.skipped()).containsOnlyKeys(folder.resolve("a.jpg"));
        Files.delete(folder.resolve("b.png"));
        PhotoFolder onlyBad = new PhotoFolder(folder, SIZE);
        assertThatThrownBy(() -> onlyBad.image(0).size())
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("found only unreadable ones");
    }

    @Test
    void saysWhatIsMissingInAFolder() {
        assertThatThrownBy(() -> new PhotoFolder(folder, SIZE).count())
                .isInstanceOf(IOException.class)
                .hasMessageContaining(folder + ": expected photographs");
        assertThatThrownBy(() -> new PhotoFolder(folder.resolve("none"), SIZE).count())
                .isInstanceOf(IOException.class)
                .hasMessageEndingWith("none: expected a folder of photographs, found none");
    }
}
