package io.tiepoint.train.network;

/**
 * Which keypoints of a batch are real, where its pairs have unequal numbers of them. What lies at the others is computed and means
 * nothing; it changes nothing elsewhere.
 *
 * @param bias0 [B M] added to the similarities with each keypoint of view 0: 0 for a real one, -1e9 for another
 * @param bias1 [B N] likewise
 */
public record Masks<T>(T bias0, T bias1) {
    private static final double NEVER = 1e9;

    /** From [B M] and [B N] with 1 for a real keypoint and 0 for another. */
    public static <T> Masks<T> of(Ops<T> ops, T real0, T real1) {
        return new Masks<>(bias(ops, real0), bias(ops, real1));
    }

    private static <T> T bias(Ops<T> ops, T real) {
        return ops.scale(ops.shift(real, -1), NEVER);
    }
}
