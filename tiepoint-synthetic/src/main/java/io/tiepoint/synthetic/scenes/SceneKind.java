package io.tiepoint.synthetic.scenes;

/** Kinds of place. */
public enum SceneKind {
    /** A street with sidewalks, houses on both sides, trees, cars and lamps. */
    STREET,
    /** A furnished room. */
    INTERIOR,
    /** One large building on a square: temple, church, arch or tower. */
    LANDMARK,
    /** Things on a table. */
    TABLETOP,
    /** Hills with rocks, trees and a hut. */
    TERRAIN
}
