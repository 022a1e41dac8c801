package io.tiepoint.app.evaluate;

import io.tiepoint.evaluate.EvaluationPair;
import java.util.Iterator;
import java.util.Map;

/** Pairs of views to evaluate on. */
public interface PairData {
    /** What it is, for the report. */
    Map<String, String> description();

    /** Number of pairs. */
    int pairCount();

    /**
     * Makes or reads the pairs one by one, always the same ones in the same order; the bands take turns, so that a part of
     * them shows all. An {@link java.io.UncheckedIOException} names the file that cannot be read.
     */
    Iterator<EvaluationPair> pairs();
}
