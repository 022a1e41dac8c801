package io.tiepoint.app.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tiepoint.core.geometry.PixelPoint;
import io.tiepoint.core.image.ColorImage;
import io.tiepoint.core.image.GrayImage;
import io.tiepoint.core.image.ImageFiles;
import io.tiepoint.core.random.Draws;
import io.tiepoint.core.random.Seed;
import io.tiepoint.evaluate.EvaluationPair;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PhotoPairsTest {
    private static final List<Band> BANDS = List.of(Band.values());

    @TempDir
    Path folder;

    @BeforeEach
    void writePhotos() throws IOException {
        for (int i = 0; i < 3; i++) {
            ImageFiles.writePng(ColorImage.of(smoothNoise(200, 120 + 20 * i, i)), folder.resolve("photo" + i + ".png"));
        }
        Files.writeString(folder.resolve("SOURCES.md"), "not a photo");
    }

    private static GrayImage smoothNoise(int width, int height, long seed) {
        Draws draws = new Seed(seed).draws();
        float[] coarse = new float[30 * 30];
        for (int i = 0; i < coarse.length; i++) {
            coarse[i] = draws.nextFloat();
        }
        GrayImage grid = GrayImage.of(30, 30, coarse);
        float[] pixels = new float[width * height];
        for (int i = 0; i < pixels.length; i++) {
            int row = i / width;
            pixels[i] = grid.sample(i % width / 8.0, row / 8.0);
        }
        return GrayImage.wrap(width, height, pixels);
    }

    private PhotoPairs open(int pairsPerPhoto, int limit, long seed) throws IOException {
        return PhotoPairs.open(folder, BANDS, pairsPerPhoto, limit, new Seed(seed));
    }

    private static List<EvaluationPair> all(PhotoPairs pairs) {
        List<EvaluationPair> all = new ArrayList<>();
        pairs.pairs().forEachRemaining(all::add);
        return all;
    }

    @Test
    void makesEachBandFromEachPhoto() throws IOException {
        List<EvaluationPair> pairs = all(open(2, 100, 1));

        assertThat(pairs).hasSize(18).hasSize(open(2, 100, 1).pairCount());
        assertThat(pairs)
                .extracting(EvaluationPair::name)
                .doesNotHaveDuplicates()
                .startsWith("photo0.png/mild-0", "photo0.png/medium-0", "photo0.png/strong-0", "photo1.png/mild-0");
        assertThat(pairs).extracting(EvaluationPair::scene).contains("photo0.png", "photo1.png", "photo2.png");
    }

    @Test
    void view0IsThePhotoItself() throws IOException {
        GrayImage photo = ImageFiles.readGray(folder.resolve("photo1.png"));
        EvaluationPair pair = all(open(1, 100, 1)).get(3);

        assertThat(pair.image0().size()).isEqualTo(photo.size());
        for (int i = 0; i < photo.pixels().length; i++) {
            assertThat(pair.image0().pixels()[i]).isCloseTo(photo.pixels()[i], within(1e-6f));
        }
        assertThat(pair.image1().size()).isEqualTo(photo.size());
    }

    @Test
    void theTruthSaysWhereView1ShowsThePhoto() throws IOException {
        for (EvaluationPair pair : all(PhotoPairs.open(folder, List.of(Band.MILD), 2, 100, new Seed(4)))) {
            double sum0 = 0;
            double sum1 = 0;
            double sum00 = 0;
            double sum11 = 0;
            double sum01 = 0;
            int count = 0;
            for (double y = 10; y < pair.image0().height() - 10; y += 3) {
                for (double x = 10; x < pair.image0().width() - 10; x += 3) {
                    PixelPoint point1 = pair.truth().h1From0().map(x, y);
                    if (pair.truth().size1().contains(point1.x(), point1.y())) {
                        double value0 = pair.image0().sample(x, y);
                        double value1 = pair.image1().sample(point1.x(), point1.y());
                        sum0 += value0;
                        sum1 += value1;
                        sum00 += value0 * value0;
                        sum11 += value1 * value1;
                        sum01 += value0 * value1;
                        count++;
                    }
                }
            }
            double correlation = (sum01 - sum0 * sum1 / count)
                    / Math.sqrt((sum00 - sum0 * sum0 / count) * (sum11 - sum1 * sum1 / count));
            assertThat(correlation).as(pair.name()).isGreaterThan(0.9);
        }
    }

    @Test
    void isTheSameForTheSameSeedAndOnlyThen() throws IOException {
        EvaluationPair pair = all(open(1, 100, 1)).get(2);

        assertThat(all(open(1, 100, 1)).get(2)).isEqualTo(pair);
        assertThat(all(open(1, 100, 2)).get(2).truth()).isNotEqualTo(pair.truth());
    }

    @Test
    void aPairDoesNotDependOnHowManyAreMade() throws IOException {
        PhotoPairs two = open(2, 2, 1);

        assertThat(all(two).get(1)).isEqualTo(all(open(1, 100, 1)).get(1));
    }

    @Test
    void pixelsAreThoseOf8Bits() throws IOException {
        for (float pixel : all(open(1, 1, 1)).get(2).image1().pixels()) {
            assertThat(pixel * 255f).isCloseTo(Math.round(pixel * 255f), within(1e-4f));
        }
    }

    @Test
    void namesWhatCannotBeUsed() throws IOException {
        Path missing = folder.resolve("nowhere");
        Path file = folder.resolve("photo0.png");
        Path empty = Files.createDirectory(folder.resolve("empty"));

        assertThatThrownBy(() -> PhotoPairs.open(missing, BANDS, 1, 9, new Seed(1)))
                .hasMessage(missing + ": expected a folder of photos, found no such folder");
        assertThatThrownBy(() -> PhotoPairs.open(file, BANDS, 1, 9, new Seed(1)))
                .hasMessage(file + ": expected a folder of photos, found a file");
        assertThatThrownBy(() -> PhotoPairs.open(empty, BANDS, 1, 9, new Seed(1)))
                .hasMessageStartingWith(empty + ": expected photos");
    }

    @Test
    void namesAPhotoThatCannotBeRead() throws IOException {
        Path broken = folder.resolve("a-broken.jpg");
        Files.write(broken, new byte[] {1, 2, 3});
        Iterator<EvaluationPair> pairs = open(1, 100, 1).pairs();

        assertThatThrownBy(pairs::next)
                .isInstanceOf(UncheckedIOException.class)
                .cause()
                .hasMessageStartingWith(broken + ": expected");
    }

    @Test
    void namesAPhotoThatIsTooSmall() throws IOException {
        Path tiny = folder.resolve("a-tiny.png");
        ImageFiles.writePng(ColorImage.wrap(1, 1, new byte[3]), tiny);
        Iterator<EvaluationPair> pairs = open(1, 100, 1).pairs();

        assertThatThrownBy(pairs::next).cause().hasMessage(tiny + ": expected a photo of at least 64x64 px, found 1x1");
    }
}
