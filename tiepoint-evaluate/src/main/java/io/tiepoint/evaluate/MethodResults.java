package io.tiepoint.evaluate;

import java.util.List;

/**
 * How one method did on every pair.
 *
 * @param method name of the method
 * @param pairs in the order of evaluation; the same pairs in the same order for every method of an evaluation
 */
public record MethodResults(String method, List<PairResult> pairs) {
    /** Copies the list. */
    public MethodResults {
        pairs = List.copyOf(pairs);
    }

    /** The pairs of a band; every one for {@link BandSummary#ALL}. */
    public List<PairResult> inBand(String band) {
        if (band.equals(BandSummary.ALL)) {
            return pairs;
        }
        return pairs.stream().filter(pair -> pair.band().equals(band)).toList();
    }
}
