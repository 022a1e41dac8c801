package io.tiepoint.interop.hpatches;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tiepoint.core.geometry.PixelFrame;
import io.tiepoint.core.geometry.PixelPoint;
import io.tiepoint.core.image.ColorImage;
import io.tiepoint.core.image.ImageFiles;
import io.tiepoint.core.image.ImageSize;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HPatchesTest {
    private static final HPatchesOptions SMALL = new HPatchesOptions(24, true, PixelFrame.CENTRE);

    @TempDir
    Path root;

    @BeforeEach
    void writeTwoSequences() throws IOException {
        writeSequence("v_wall", 96, 48, "2 0 10\n0 2 -4\n0 0 1\n");
        writeSequence("i_lamp", 48, 60, "1 0 0\n0 1 0\n0 0 1");
    }

    /** Image 1, and image 2 of twice the width and height. */
    private void writeSequence(String name, int width, int height, String h2From1) throws IOException {
        Path folder = Files.createDirectories(root.resolve(name));
        writeImage(folder.resolve("1.png"), width, height);
        writeImage(folder.resolve("2.png"), 2 * width, 2 * height);
        Files.writeString(folder.resolve("H_1_2"), h2From1);
    }

    private static void writeImage(Path file, int width, int height) throws IOException {
        byte[] rgb = new byte[3 * width * height];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) (i * 31);
        }
        ImageFiles.writePng(ColorImage.wrap(width, height, rgb), file);
    }

    private HPatches open() throws IOException {
        return HPatches.open(root, SMALL);
    }

    private List<HPatchesPair> read(String sequence) throws IOException {
        return open().sequences().stream()
                .filter(candidate -> candidate.name().equals(sequence))
                .findFirst()
                .orElseThrow()
                .read();
    }

    @Test
    void listsSequencesByName() throws IOException {
        assertThat(open().sequences()).extracting(HPatchesSequence::name).containsExactly("i_lamp", "v_wall");
        assertThat(open().sequences()).extracting(HPatchesSequence::isViewpoint).containsExactly(false, true);
        assertThat(open().pairCount()).isEqualTo(2);
    }

    @Test
    void resizesTheShorterSide() throws IOException {
        assertThat(read("v_wall").get(0).truth().size0()).isEqualTo(new ImageSize(48, 24));
        assertThat(read("i_lamp").get(0).image1().size()).isEqualTo(new ImageSize(24, 30));
        assertThat(read("v_wall").get(0).name()).isEqualTo("v_wall/1-2");
    }

    @Test
    void mapsPixelCentresAsTheFileSays() throws IOException {
        // The file maps the pixel (column, row) = (20, 12) of image 1 to (50, 20) of image 2; image 1 is read at half
        // its
        // size, image 2 at a quarter.
        PixelPoint expected = new PixelPoint((50 + 0.5) / 4, (20 + 0.5) / 4);

        PixelPoint point1 = read("v_wall").get(0).truth().h1From0().map((20 + 0.5) / 2, (12 + 0.5) / 2);

        assertThat(point1.distanceTo(expected)).isCloseTo(0, within(1e-9));
    }

    @Test
    void countsFromTheCornerIfAsked() throws IOException {
        HPatches corner = HPatches.open(root, new HPatchesOptions(24, true, PixelFrame.CORNER));

        PixelPoint point1 =
                corner.sequences().get(1).read().get(0).truth().h1From0().map(20 / 2.0, 12 / 2.0);

        assertThat(point1.distanceTo(new PixelPoint(50 / 4.0, 20 / 4.0))).isCloseTo(0, within(1e-9));
    }

    @Test
    void readsPpmToo() throws IOException {
        Path folder = root.resolve("v_wall");
        Files.delete(folder.resolve("2.png"));
        byte[] header = "P6\n8 4\n255\n".getBytes(StandardCharsets.US_ASCII);
        Files.write(folder.resolve("2.ppm"), Arrays.copyOf(header, header.length + 3 * 8 * 4));

        assertThat(read("v_wall").get(0).image1().size()).isEqualTo(new ImageSize(48, 24));
    }

    @Test
    void skipsTheLargeScenesUnlessAsked() throws IOException {
        writeSequence("v_talent", 48, 48, "1 0 0 0 1 0 0 0 1");

        assertThat(open().sequences()).hasSize(2);
        assertThat(open().skippedScenes()).isEqualTo(1);
        assertThat(HPatches.open(root, new HPatchesOptions(24, false, PixelFrame.CENTRE))
                        .sequences())
                .hasSize(3);
    }

    @Test
    void namesAFolderThatIsNone() {
        Path missing = root.resolve("nowhere");
        Path file = root.resolve("v_wall/1.png");

        assertThatThrownBy(() -> HPatches.open(missing, SMALL))
                .isInstanceOf(IOException.class)
                .hasMessage(missing + ": expected a folder with HPatches sequences, found no such folder");
        assertThatThrownBy(() -> HPatches.open(file, SMALL))
                .hasMessage(file + ": expected a folder with HPatches sequences, found a file");
    }

    @Test
    void pointsToTheFolderInside() throws IOException {
        Path above = Files.createDirectories(root.resolve("above"));
        Path release = Files.createDirectories(above.resolve("release"));
        Files.move(root.resolve("v_wall"), release.resolve("v_wall"));

        assertThatThrownBy(() -> HPatches.open(above, SMALL))
                .hasMessage(
                        above + ": expected HPatches sequences (folders i_NAME or v_NAME), found none; did you mean "
                                + release + "?");
    }

    @Test
    void namesAMissingImage() throws IOException {
        Files.delete(root.resolve("v_wall/2.png"));

        assertThatThrownBy(this::open)
                .hasMessage(root.resolve("v_wall/2.ppm")
                        + ": expected image 2 of the sequence (ppm, png or jpg), found none");
    }

    @Test
    void namesAMissingHomography() throws IOException {
        Files.delete(root.resolve("v_wall/H_1_2"));

        assertThatThrownBy(this::open)
                .hasMessage(root.resolve("v_wall/H_1_2") + ": expected the homography of 2.png, found no such file");
    }

    @Test
    void namesADamagedImage() throws IOException {
        Files.write(root.resolve("v_wall/2.png"), new byte[] {1, 2, 3});

        assertThatThrownBy(() -> read("v_wall")).hasMessageStartingWith(root.resolve("v_wall/2.png") + ": expected");
    }

    @Test
    void namesAHomographyThatIsNone() throws IOException {
        Path file = root.resolve("v_wall/H_1_2");

        Files.writeString(file, "1 0 0 0 1 0 0 0");
        assertThatThrownBy(() -> read("v_wall")).hasMessage(file + ": expected 9 numbers, found 8 words");
        Files.writeString(file, "1 0 0 0 one 0 0 0 1");
        assertThatThrownBy(() -> read("v_wall")).hasMessage(file + ": expected 9 numbers, found one");
        Files.writeString(file, "1 0 0 2 0 0 3 0 0");
        assertThatThrownBy(() -> read("v_wall"))
                .hasMessage(file + ": homography: expected a matrix that can be inverted, found determinant 0.0");
        Files.writeString(file, "1 0 0 0 NaN 0 0 0 1");
        assertThatThrownBy(() -> read("v_wall")).hasMessage(file + ": homography: expected finite entries, found NaN");
        Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe, (byte) 0x80});
        assertThatThrownBy(() -> read("v_wall"))
                .hasMessage(file + ": expected 9 numbers, found a file that is no text");
    }
}
