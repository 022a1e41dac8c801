package io.tiepoint.synthetic.scenes;

import io.tiepoint.core.check.Check;

/**
 * Which scenes are made.
 *
 * @param textures number of different textures
 * @param pictures number of different pictures, for posters, labels and paintings: what is seen only once
 * @param kinds how often each kind of scene is made
 */
public record SceneRecipe(int textures, int pictures, Kinds kinds) {
    /** All kinds, streets the most often. */
    public static final SceneRecipe DEFAULT = new SceneRecipe(144, 48, new Kinds(0.3, 0.2, 0.2, 0.15, 0.15));

    /** Checks the numbers. */
    public SceneRecipe {
        Check.that(textures > 0, "textures: expected > 0, found %s", textures);
        Check.that(pictures > 0, "pictures: expected > 0, found %s", pictures);
    }

    /** The same scenes, but of one kind only. */
    public SceneRecipe only(SceneKind kind) {
        return new SceneRecipe(
                textures,
                pictures,
                new Kinds(
                        kind == SceneKind.STREET ? 1 : 0,
                        kind == SceneKind.INTERIOR ? 1 : 0,
                        kind == SceneKind.LANDMARK ? 1 : 0,
                        kind == SceneKind.TABLETOP ? 1 : 0,
                        kind == SceneKind.TERRAIN ? 1 : 0));
    }

    /**
     * How often each kind of scene is made, relative to the others.
     *
     * @param street {@link SceneKind#STREET}
     * @param interior {@link SceneKind#INTERIOR}
     * @param landmark {@link SceneKind#LANDMARK}
     * @param tabletop {@link SceneKind#TABLETOP}
     * @param terrain {@link SceneKind#TERRAIN}
     */
    public record Kinds(double street, double interior, double landmark, double tabletop, double terrain) {
        /** Checks that something can be made. */
        public Kinds {
            Check.that(
                    street >= 0 && interior >= 0 && landmark >= 0 && tabletop >= 0 && terrain >= 0,
                    "kinds: expected shares >= 0, found %s, %s, %s, %s, %s",
                    street,
                    interior,
                    landmark,
                    tabletop,
                    terrain);
            Check.that(
                    street + interior + landmark + tabletop + terrain > 0,
                    "kinds: expected one of the shares > 0, found none");
        }

        /** The kind at a share of all, from 0 to 1. */
        SceneKind at(double share) {
            double left = share * (street + interior + landmark + tabletop + terrain);
            SceneKind last = SceneKind.STREET;
            for (SceneKind kind : SceneKind.values()) {
                double weight = weight(kind);
                if (weight > 0) {
                    last = kind;
                    if (left < weight) {
                        return kind;
                    }
                }
                left -= weight;
            }
            return last;
        }

        private double weight(SceneKind kind) {
            return switch (kind) {
                case STREET -> street;
                case INTERIOR -> interior;
                case LANDMARK -> landmark;
                case TABLETOP -> tabletop;
                case TERRAIN -> terrain;
            };
        }
    }
}
