package io.tiepoint.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.tiepoint.core.random.Draws;
import io.tiepoint.core.random.Seed;
import io.tiepoint.interop.colmap.ColmapModel;
import io.tiepoint.interop.depth.DepthFiles;
import io.tiepoint.interop.megadepth.MegaDepth;
import io.tiepoint.interop.posed.OverlapSampling;
import io.tiepoint.interop.posed.SceneFolders;
import io.tiepoint.synthetic.render.SceneView;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Damaged files of others: each is read or refused with an {@link IOException} in one line, soon, and in little memory. */
class ReadersFuzzTest {
    private static final int MUTATIONS = 500;
    private static final Path GOLDEN = Path.of("src/test/resources/golden/megadepth");
    /** The library reserves its buffers before it finds out. */
    private static final long MAX_BYTES = 64L << 20;

    private static final Duration MAX_TIME = Duration.ofMinutes(5);

    private static final List<SceneView> VIEWS = SceneFolders.views(2);

    @TempDir
    Path folder;

    /** What reads a file. */
    private interface Reader {
        void read(Path file) throws IOException;
    }

    private void survives(byte[] whole, String name, int mutations, Reader reader) {
        Draws draws = new Seed(11).child(name).draws();
        int refused = assertTimeoutPreemptively(MAX_TIME, () -> {
            int count = 0;
            for (int i = 0; i < mutations; i++) {
                count += isRefused(damaged(whole, draws), folder.resolve(name), reader) ? 1 : 0;
            }
            return count;
        });
        // Damage within the values themselves is not seen.
        assertThat(refused).isGreaterThan(mutations / 20);
    }

    private static boolean isRefused(byte[] damaged, Path file, Reader reader) throws IOException {
        Files.write(file, damaged);
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        boolean refused = false;
        try {
            reader.read(file);
        } catch (IOException e) {
            refused = true;
            assertThat(e.getMessage()).isNotBlank().doesNotContain("\n").hasSizeLessThan(1200);
        }
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(MAX_BYTES);
        return refused;
    }

    /** Bytes changed, numbers made large or small, parts left out, doubled or moved, the end cut off. */
    private static byte[] damaged(byte[] whole, Draws draws) {
        byte[] bytes = whole.clone();
        int changes = draws.nextInt(1, 4);
        for (int i = 0; i < changes; i++) {
            // Most of what matters stands at the beginning.
            int reach = draws.nextBoolean() ? Math.min(256, bytes.length) : bytes.length;
            int at = draws.nextInt(0, Math.max(reach - 1, 0));
            switch (draws.nextInt(0, 5)) {
                case 0 -> bytes[at] ^= (byte) (1 << draws.nextInt(0, 7));
                case 1 -> bytes[at] = (byte) draws.nextInt(0, 255);
                case 2 -> Arrays.fill(bytes, at, Math.min(at + 8, bytes.length), (byte) 0xff);
                case 3 -> Arrays.fill(bytes, at, Math.min(at + 4, bytes.length), (byte) 0);
                case 4 -> {
                    int from = draws.nextInt(0, bytes.length - 1);
                    int count = Math.min(draws.nextInt(1, 64), bytes.length - Math.max(at, from));
                    System.arraycopy(bytes, from, bytes, at, count);
                }
                default -> bytes = Arrays.copyOf(bytes, Math.max(at, 2));
            }
        }
        return bytes;
    }

    @ParameterizedTest
    @ValueSource(strings = {"cameras.bin", "images.bin", "points3D.bin", "cameras.txt", "images.txt", "points3D.txt"})
    void damagedModelsOfColmap(String name) throws IOException {
        List<double[]> params = VIEWS.stream()
                .map(v -> new double[] {v.camera().focalX(), 80, 60, -0.1})
                .toList();
        SceneFolders.writeModel(folder, VIEWS, "SIMPLE_RADIAL", params, name.endsWith("bin"));
        survives(
                Files.readAllBytes(folder.resolve(name)),
                name,
                name.endsWith("bin") ? MUTATIONS : MUTATIONS / 5,
                file -> assertThat(ColmapModel.read(folder).images()).isNotNull());
    }

    @Test
    void damagedDepthMapsOfColmap() throws IOException {
        float[] depths = new float[300];
        Arrays.fill(depths, 2.5f);
        SceneFolders.writeColmapDepth(depths, 20, folder.resolve("whole.bin"));
        byte[] whole = Files.readAllBytes(folder.resolve("whole.bin"));
        survives(
                Arrays.copyOf(whole, 60),
                "a.geometric.bin",
                MUTATIONS,
                file -> assertThat(DepthFiles.read(file)).isNotNull());
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "gzip"})
    void damagedHdf5(String name) throws IOException {
        survives(
                Files.readAllBytes(GOLDEN.resolve(name + ".h5")),
                name + ".h5",
                MUTATIONS,
                file -> assertThat(DepthFiles.read(file)).isNotNull());
    }

    @ParameterizedTest
    @ValueSource(strings = {"d2net-numpy2", "loftr-numpy1", "whole-numpy2"})
    void damagedSceneInfos(String name) throws IOException {
        OverlapSampling all = new OverlapSampling(0, 1, 1, OverlapSampling.EVERY_PAIR);
        survives(
                Files.readAllBytes(GOLDEN.resolve(name + ".npz")),
                name.toLowerCase(Locale.ROOT) + ".npz",
                MUTATIONS,
                file -> assertThat(MegaDepth.open(folder, file).pairs(all, new Seed(0)))
                        .isNotNull());
    }
}
