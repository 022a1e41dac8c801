package io.tiepoint.synthetic.holes;

/** Where multi-view stereo finds no depth. */
public enum HolePolicy {
    /** In the sky. The strength is the chance that the map has no sky at all. */
    SKY,
    /** About depth edges, on both sides. The strength is the reach, up to 5 px. */
    SILHOUETTES,
    /** Where nothing tells one pixel from the next. The strength raises the contrast that is needed, up to 0.06. */
    LOW_TEXTURE,
    /** On glass and lamps. The strength is the chance of each object. */
    GLASS,
    /** On poles, wires and leaves. The strength is the width that is lost, up to 9 px. */
    THIN,
    /** In patches and single pixels anywhere. The strength is their share, up to half of the map. */
    SCATTERED,
    /** Whole objects, as where MegaDepth keeps no more than an order of depths. The strength is the least share of the map. */
    ORDINAL
}
