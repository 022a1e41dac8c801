package io.tiepoint.train.network;

import io.tiepoint.core.features.DetectionProfile;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A network that detects and describes, with SuperPoint's outputs: a cell of 8x8 px is the unit of both. */
public interface ExtractorNetwork extends Network {
    /** Side of a cell, px. */
    int CELL = 8;

    /** Channel of the detector's logits that says "no keypoint in this cell". */
    int DUSTBIN = CELL * CELL;

    /** What Magic Leap's demo adds to the sum of the exponentials. */
    double DEMO_EPSILON = 1e-5;

    /**
     * Outputs of the network.
     *
     * @param logits [B 65 H/8 W/8] before softmax; channel 8 y + x is the pixel (x, y) of the cell, the last the dustbin
     * @param descriptors [B D H/8 W/8] before normalisation
     * @param reliability [B 1 H/8 W/8] in [0, 1]; null where the network does not say how reliable its descriptors are
     */
    record Outputs<T>(T logits, T descriptors, @Nullable T reliability) {
        /** Without reliability. */
        Outputs(T logits, T descriptors) {
            this(logits, descriptors, null);
        }
    }

    /** Length of a descriptor, D. */
    int descriptorSize();

    /** Computes both outputs for images [B 1 H W] in [0, 1]; H and W are multiples of 8. */
    <T> Outputs<T> forward(Ops<T> ops, T images);

    /** Computes the detector's logits alone: [B 65 H/8 W/8]. */
    <T> T detect(Ops<T> ops, T images);

    /**
     * The heatmap as a profile computes it: Magic Leap's demo divides by the sum of the exponentials and 1e-5 more, which is a
     * softmax with one more channel that is always ln 1e-5.
     */
    static <T> T heatmap(Ops<T> ops, T logits, DetectionProfile profile) {
        if (profile != DetectionProfile.MAGICLEAP_DEMO) {
            return heatmap(ops, logits);
        }
        T more = ops.shift(ops.scale(ops.slice(logits, 1, 0, 1), 0), StrictMath.log(DEMO_EPSILON));
        return heatmap(ops, ops.concat(List.of(logits, more), 1));
    }

    /** Probability of a keypoint in each pixel: [B 65 H/8 W/8] logits to [B 1 H W]. */
    static <T> T heatmap(Ops<T> ops, T logits) {
        T probabilities = ops.softmax(logits, 1);
        return ops.pixelShuffle(ops.slice(probabilities, 1, 0, DUSTBIN), CELL);
    }
}
