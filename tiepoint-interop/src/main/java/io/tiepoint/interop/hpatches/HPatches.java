package io.tiepoint.interop.hpatches;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A folder in the layout of the HPatches sequences: {@code {i_,v_}NAME/} holds images {@code 1}, {@code 2}, ... (ppm, png or
 * jpg) and for each but the first a text file {@code H_1_2}, ... with the homography from image 1 to it.
 *
 * @see <a href="https://arxiv.org/abs/1704.05939">Balntas et al., HPatches, 2017</a>
 */
public final class HPatches {
    private static final Set<String> LARGE_SCENES = Set.of(
            "i_contruction",
            "i_crownnight",
            "i_dc",
            "i_pencils",
            "i_whitebuilding",
            "v_artisans",
            "v_astronautis",
            "v_talent");

    private final List<HPatchesSequence> sequences;
    private final int skipped;

    private HPatches(List<HPatchesSequence> sequences, int skipped) {
        this.sequences = List.copyOf(sequences);
        this.skipped = skipped;
    }

    /**
     * Opens a folder and checks that it has the layout; images are read later.
     *
     * @throws IOException naming the file or folder that is not as expected
     */
    public static HPatches open(Path folder, HPatchesOptions options) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new IOException(folder + ": expected a folder with HPatches sequences, found "
                    + (Files.exists(folder) ? "a file" : "no such folder"));
        }
        List<HPatchesSequence> sequences = new ArrayList<>();
        int skipped = 0;
        for (Path scene : scenesOf(folder)) {
            if (options.skipLargeScenes() && LARGE_SCENES.contains(fileName(scene))) {
                skipped++;
            } else {
                sequences.add(HPatchesSequence.open(scene, options));
            }
        }
        if (sequences.isEmpty()) {
            throw new IOException(folder + ": expected HPatches sequences (folders i_NAME or v_NAME), found "
                    + (skipped > 0 ? "only large scenes, which are skipped" : "none") + hint(folder));
        }
        return new HPatches(sequences, skipped);
    }

    private static List<Path> scenesOf(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(entry ->
                            fileName(entry).startsWith("i_") || fileName(entry).startsWith("v_"))
                    .filter(Files::isDirectory)
                    .sorted()
                    .toList();
        }
    }

    private static String hint(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            List<Path> folders = entries.filter(Files::isDirectory).sorted().toList();
            for (Path inner : folders) {
                if (!scenesOf(inner).isEmpty()) {
                    return "; did you mean " + inner + "?";
                }
            }
        }
        return "";
    }

    static String fileName(Path path) {
        return String.valueOf(path.getFileName());
    }

    /** The sequences, by name. */
    public List<HPatchesSequence> sequences() {
        return sequences;
    }

    /** Number of large scenes that were left out. */
    public int skippedScenes() {
        return skipped;
    }

    /** Number of pairs of all sequences. */
    public int pairCount() {
        return sequences.stream().mapToInt(HPatchesSequence::pairCount).sum();
    }
}
