package io.tiepoint.train.network;

/** A network that detects and describes, with SuperPoint's outputs: a cell of 8x8 px is the unit of both. */
public interface ExtractorNetwork extends Network {
    /** Side of a cell, px. */
    int CELL = 8;

    /** Channel of the detector's logits that says "no keypoint in this cell". */
    int DUSTBIN = CELL * CELL;

    /**
     * Outputs of the network.
     *
     * @param logits [B 65 H/8 W/8] before softmax; channel 8 y + x is the pixel (x, y) of the cell, the last the dustbin
     * @param descriptors [B D H/8 W/8] before normalisation
     */
    record Outputs<T>(T logits, T descriptors) {}

    /** Length of a descriptor, D. */
    int descriptorSize();

    /** Computes both outputs for images [B 1 H W] in [0, 1]; H and W are multiples of 8. */
    <T> Outputs<T> forward(Ops<T> ops, T images);

    /** Computes the detector's logits alone: [B 65 H/8 W/8]. */
    <T> T detect(Ops<T> ops, T images);

    /** Probability of a keypoint in each pixel: [B 65 H/8 W/8] logits to [B 1 H W]. */
    static <T> T heatmap(Ops<T> ops, T logits) {
        T probabilities = ops.softmax(logits, 1);
        return ops.pixelShuffle(ops.slice(probabilities, 1, 0, DUSTBIN), CELL);
    }
}
