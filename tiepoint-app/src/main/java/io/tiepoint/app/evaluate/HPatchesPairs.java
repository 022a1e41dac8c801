package io.tiepoint.app.evaluate;

import io.tiepoint.evaluate.EvaluationPair;
import io.tiepoint.interop.hpatches.HPatches;
import io.tiepoint.interop.hpatches.HPatchesOptions;
import io.tiepoint.interop.hpatches.HPatchesPair;
import io.tiepoint.interop.hpatches.HPatchesSequence;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The pairs of the HPatches sequences; the bands are {@code illumination} and {@code viewpoint}. */
public final class HPatchesPairs implements PairData {
    private final Path folder;
    private final HPatchesOptions options;
    private final HPatches sequences;
    private final List<HPatchesSequence> ordered;

    private HPatchesPairs(Path folder, HPatchesOptions options, HPatches sequences, List<HPatchesSequence> ordered) {
        this.folder = folder;
        this.options = options;
        this.sequences = sequences;
        this.ordered = ordered;
    }

    /**
     * Opens a folder.
     *
     * @param limit at most so many sequences
     * @throws IOException naming the file that is not as expected
     */
    public static HPatchesPairs open(Path folder, HPatchesOptions options, int limit) throws IOException {
        HPatches sequences = HPatches.open(folder, options);
        List<HPatchesSequence> ordered = sequences.sequences().stream()
                .sorted(Comparator.comparing(sequence -> sequence.name().substring(2)))
                .limit(limit)
                .toList();
        return new HPatchesPairs(folder, options, sequences, ordered);
    }

    @Override
    public Map<String, String> description() {
        Map<String, String> description = new LinkedHashMap<>();
        description.put("hpatches", String.valueOf(folder.getFileName()));
        description.put("sequences", ordered.size() + ", " + sequences.skippedScenes() + " large ones skipped");
        description.put("shortSidePx", String.valueOf(options.shortSidePx()));
        description.put("homographyFrame", options.homographyFrame().name());
        return description;
    }

    @Override
    public int pairCount() {
        return ordered.stream().mapToInt(HPatchesSequence::pairCount).sum();
    }

    @Override
    public Iterator<EvaluationPair> pairs() {
        return ordered.stream().flatMap(HPatchesPairs::pairsOf).iterator();
    }

    private static Stream<EvaluationPair> pairsOf(HPatchesSequence sequence) {
        String band = sequence.isViewpoint() ? "viewpoint" : "illumination";
        try {
            return sequence.read().stream().map(pair -> toPair(pair, sequence.name(), band));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static EvaluationPair toPair(HPatchesPair pair, String scene, String band) {
        return new EvaluationPair(pair.name(), scene, band, pair.image0(), pair.image1(), pair.truth());
    }
}
