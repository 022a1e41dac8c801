package io.tiepoint.interop.npy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NpyRoundTripTest {
    static Stream<NpyArray> arrays() {
        return Stream.of(
                NpyArray.ofFloats(new float[] {1.5f, -2, Float.NaN, 4, 5, 6}, 2, 3),
                NpyArray.ofDoubles(new double[] {Math.PI}),
                NpyArray.ofDoubles(new double[0], 0, 2),
                NpyArray.ofInts(new int[] {1, -1, Integer.MIN_VALUE}, 3),
                NpyArray.ofLongs(new long[] {Long.MAX_VALUE, 0}, 2, 1, 1),
                NpyArray.ofBytes(new byte[] {0, (byte) 255}, 1, 2));
    }

    @ParameterizedTest
    @MethodSource("arrays")
    void readsWhatItWrote(NpyArray array) throws IOException {
        byte[] file = array.toFile();
        NpyArray read = NpyArray.read(file, "a.npy");
        assertThat(read).isEqualTo(array);
        assertThat(read.shape()).isEqualTo(array.shape());
        // NumPy aligns the values to 64 bytes.
        assertThat(file.length - valuesBytes(array)).isEqualTo(128);
    }

    private static int valuesBytes(NpyArray array) {
        int count = (int) Arrays.stream(array.shape()).reduce(1, (a, b) -> a * b);
        return switch (array.type()) {
            case FLOAT32, INT32 -> 4 * count;
            case FLOAT64, INT64 -> 8 * count;
            case UINT8 -> count;
        };
    }

    @Test
    void writesTheHeaderThatNumPyWrites() {
        // python3: np.lib.format.write_array(f, np.zeros((2, 3), np.float32))
        String header = new String(NpyArray.ofFloats(new float[6], 2, 3).toFile(), StandardCharsets.ISO_8859_1);
        assertThat(header)
                .startsWith(
                        "\u0093NUMPY\u0001\u0000v\u0000{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }");
        assertThat(new String(NpyArray.ofInts(new int[2], 2).toFile(), StandardCharsets.ISO_8859_1))
                .contains("'shape': (2,), }");
    }

    @Test
    void keepsTheArraysOfAnArchive() throws IOException {
        Map<String, NpyArray> arrays =
                Map.of("b", NpyArray.ofInts(new int[] {7}, 1), "a", NpyArray.ofBytes(new byte[3], 3));
        byte[] file = NpzArchive.write(arrays);
        assertThat(NpzArchive.read(file, "a.npz")).isEqualTo(arrays);
        assertThat(NpzArchive.write(arrays)).isEqualTo(file);
    }

    @Test
    void refusesWhatIsNoArray() {
        byte[] file = NpyArray.ofFloats(new float[6], 2, 3).toFile();
        assertThatThrownBy(() -> NpyArray.read(new byte[5], "a.npy")).hasMessageStartingWith("a.npy: expected an .npy");
        assertThatThrownBy(() -> NpyArray.read(Arrays.copyOf(file, file.length - 1), "a.npy"))
                .hasMessage("a.npy: expected 24 bytes of values, found 23");
        byte[] fortran = new String(file, StandardCharsets.ISO_8859_1)
                .replace("False", "True ")
                .getBytes(StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> NpyArray.read(fortran, "a.npy")).hasMessageContaining("row-major");
        byte[] huge = new String(file, StandardCharsets.ISO_8859_1)
                .replace("(2, 3), }", "(99999999999,9999999999)}")
                .getBytes(StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> NpyArray.read(huge, "a.npy")).isInstanceOf(IOException.class);
        byte[] complex = new String(file, StandardCharsets.ISO_8859_1)
                .replace("<f4", "<c8")
                .getBytes(StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> NpyArray.read(complex, "a.npy")).hasMessageContaining("found <c8");
        assertThatThrownBy(() -> NpzArchive.read(file, "a.npz")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> NpyArray.ofFloats(new float[6], 2, 2))
                .hasMessage("values: expected 4 for shape [2 2], found 6");
        assertThatThrownBy(() -> NpyArray.ofFloats(new float[6], 6).doubles())
                .hasMessage("array: expected FLOAT64, found FLOAT32");
    }
}
