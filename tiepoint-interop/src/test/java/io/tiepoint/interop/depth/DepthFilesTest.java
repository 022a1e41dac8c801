package io.tiepoint.interop.depth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tiepoint.core.image.ColorImage;
import io.tiepoint.core.image.DepthMap;
import io.tiepoint.core.image.GrayImage;
import io.tiepoint.core.image.ImageFiles;
import io.tiepoint.interop.npy.NpyArray;
import io.tiepoint.interop.posed.SceneFolders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DepthFilesTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden/megadepth");

    @TempDir
    Path folder;

    private static float[] quarters() {
        float[] depths = new float[12];
        for (int i = 0; i < depths.length; i++) {
            depths[i] = i / 4f;
        }
        return depths;
    }

    /** Golden files of h5py, see make.py beside them. */
    @ParameterizedTest
    @ValueSource(strings = {"plain", "gzip", "shuffled", "double", "half", "latest"})
    void readsWhatH5pyWrote(String name) throws IOException {
        assertThat(DepthFiles.read(GOLDEN.resolve(name + ".h5"))).isEqualTo(DepthMap.wrap(4, 3, quarters()));
    }

    @ParameterizedTest
    @CsvSource({
        "other, expected an HDF5 file with the dataset /depth",
        "group, 'expected a dataset /depth, found a group'",
        "cube, 'expected shape [H W], found [2, 3, 4]'",
        "whole-numbers, 'expected floating-point numbers, found int'"
    })
    void saysWhatAnHdf5FileLacks(String name, String message) {
        Path file = GOLDEN.resolve(name + ".h5");
        assertThatThrownBy(() -> DepthFiles.read(file).size())
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(file.toString())
                .hasMessageContaining(message)
                .hasMessageNotContaining("\n");
    }

    @Test
    void everyFormatSaysTheSame() throws IOException {
        float[] depths = quarters();
        depths[3] = Float.NaN;
        SceneFolders.writeHdf5(depths, 4, folder.resolve("a.h5"));
        SceneFolders.writeColmapDepth(depths, 4, folder.resolve("a.geometric.bin"));
        Files.write(folder.resolve("a.npy"), NpyArray.ofFloats(depths, 3, 4).toFile());
        double[] doubles = new double[12];
        Arrays.setAll(doubles, i -> depths[i]);
        Files.write(folder.resolve("b.npy"), NpyArray.ofDoubles(doubles, 3, 4).toFile());
        for (String name : new String[] {"a.h5", "a.geometric.bin", "a.npy", "b.npy"}) {
            DepthMap map = DepthFiles.read(folder.resolve(name));
            assertThat(map).as(name).isEqualTo(DepthMap.wrap(4, 3, depths));
            assertThat(map.isHole(0, 0)).as(name).isTrue();
            assertThat(map.isHole(3, 0)).as(name).isTrue();
            assertThat(map.at(1, 2)).as(name).isEqualTo(2.25f);
        }
    }

    @Test
    void millimetresAreExact() throws IOException {
        float[] depths = new float[256 * 256];
        for (int i = 0; i < depths.length; i++) {
            depths[i] = i * 0.001f;
        }
        SceneFolders.writePngDepth(depths, 256, folder.resolve("a.png"));
        assertThat(DepthFiles.read(folder.resolve("a.png"))).isEqualTo(DepthMap.wrap(256, 256, depths));
    }

    @Test
    void aPictureIsNoDepth() throws IOException {
        ImageFiles.writePng(ColorImage.of(GrayImage.wrap(4, 4, new float[16])), folder.resolve("a.png"));
        assertRefused("a.png", "expected depth as a grey PNG of 16 bits, found 8 bits in colour");
    }

    private void assertRefused(String name, String message) {
        Path file = folder.resolve(name);
        assertThatThrownBy(() -> DepthFiles.read(file).size())
                .isInstanceOf(IOException.class)
                .hasMessageContaining(message)
                .hasMessageNotContaining("\n")
                .satisfies(e -> assertThat(e.toString()).contains(file.toString()));
    }

    @ParameterizedTest
    @CsvSource({
        "'4&3&1', expected a depth map of COLMAP",
        "'4&3&3&', 'expected a depth map with 1 channel, found 3; normal maps'",
        "'4&3&1&', 'expected 48 bytes of depth for 4x3 px, found 0'",
        "'0&3&1&', expected a depth map of 1 to",
        "'999999999&999999999&1&', expected a depth map of 1 to",
        "'99999999999&1&1&', expected a depth map of COLMAP",
        "'PNG', expected a depth map of COLMAP",
        "'', expected a depth map of COLMAP"
    })
    void saysWhatIsWrongWithAMapOfColmap(String text, String message) throws IOException {
        Files.write(folder.resolve("a.bin"), text.getBytes(StandardCharsets.US_ASCII));
        assertRefused("a.bin", message);
    }

    @Test
    void saysWhatIsWrongWithOtherFiles() throws IOException {
        assertRefused("none.h5", "expected a depth map, found no such file");
        Files.write(
                folder.resolve("a.npy"),
                NpyArray.ofFloats(new float[8], 2, 2, 2).toFile());
        assertRefused("a.npy", "expected a depth map of shape [H W], found FLOAT32 [2 2 2]");
        Files.write(folder.resolve("b.npy"), NpyArray.ofLongs(new long[8], 2, 4).toFile());
        assertRefused("b.npy", "expected depths in float32 or float64, found INT64 [2 4]");
        Files.writeString(folder.resolve("c.exr"), "x");
        assertRefused("c.exr", "expected a depth map (.h5, .bin, .npy or .png), found another ending");
        Files.writeString(folder.resolve("d.h5"), "not HDF5, although it is named so");
        assertRefused("d.h5", "expected an HDF5 file with the dataset /depth");
        Files.write(folder.resolve("e.h5"), new byte[0]);
        assertRefused("e.h5", "expected an HDF5 file with the dataset /depth");
    }
}
