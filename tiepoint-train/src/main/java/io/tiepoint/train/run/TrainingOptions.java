package io.tiepoint.train.run;

import io.tiepoint.core.check.Check;

/**
 * How long and how fast a stage is trained.
 *
 * @param steps in all
 * @param learningRate after the warm-up; falls to a fiftieth along a cosine
 * @param warmUpSteps in which the learning rate grows from 0
 * @param weightDecay of AdamW
 * @param clipNorm longest gradient
 * @param validateEverySteps steps between validations
 * @param checkpointSeconds at most so much work is lost when the process is killed
 */
public record TrainingOptions(
        long steps,
        double learningRate,
        long warmUpSteps,
        double weightDecay,
        double clipNorm,
        long validateEverySteps,
        double checkpointSeconds) {
    private static final double LAST_SHARE = 0.02;

    /** Checks the values. */
    public TrainingOptions {
        Check.that(steps > 0, "steps: expected > 0, found %s", steps);
        Check.that(learningRate > 0, "learningRate: expected > 0, found %s", learningRate);
        Check.that(warmUpSteps >= 0, "warmUpSteps: expected >= 0, found %s", warmUpSteps);
        Check.that(weightDecay >= 0, "weightDecay: expected >= 0, found %s", weightDecay);
        Check.that(clipNorm > 0, "clipNorm: expected > 0, found %s", clipNorm);
        Check.that(validateEverySteps > 0, "validateEverySteps: expected > 0, found %s", validateEverySteps);
        Check.that(checkpointSeconds > 0, "checkpointSeconds: expected > 0, found %s", checkpointSeconds);
    }

    /** Learning rate of a step. */
    double learningRateAt(long step) {
        double warm = warmUpSteps == 0 ? 1 : Math.min(1.0, (step + 1.0) / warmUpSteps);
        double cosine = 0.5 * (1 + StrictMath.cos(StrictMath.PI * step / steps));
        return learningRate * warm * (LAST_SHARE + (1 - LAST_SHARE) * cosine);
    }
}
