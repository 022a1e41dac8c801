package io.tiepoint.app.evaluate;

import io.tiepoint.synthetic.pairs.PairRecipe;
import java.util.Locale;

/** How much the two views of a pair differ. */
public enum Band {
    /** A small step under nearly the same light. */
    MILD,
    /** Another place under other light. */
    MEDIUM,
    /** What LightGlue was pre-trained with, and day against night. */
    STRONG;

    /** Homographies and light of this band. */
    PairRecipe recipe() {
        return switch (this) {
            case MILD -> PairRecipe.MILD;
            case MEDIUM -> PairRecipe.MEDIUM;
            case STRONG -> PairRecipe.STRONG;
        };
    }

    /** Name in reports, such as {@code mild}. */
    public String reportName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
