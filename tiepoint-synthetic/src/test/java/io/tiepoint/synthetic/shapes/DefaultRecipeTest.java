package io.tiepoint.synthetic.shapes;

import static org.assertj.core.api.Assertions.assertThat;

import io.tiepoint.core.image.ImageSize;
import io.tiepoint.core.random.Seed;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** The shipped weights are trained from these samples, so that they must never change. */
class DefaultRecipeTest {
    @Test
    void makesTheSamplesThatTheShippedWeightsLearntFrom() throws Exception {
        ShapesGenerator shapes = new ShapesGenerator(ShapesRecipe.DEFAULT, new ImageSize(160, 120), new Seed(1));
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        for (int i = 0; i < 200; i++) {
            ShapeSample sample = shapes.sample(i);
            update(digest, sample.image().pixels());
            update(digest, sample.corners().positions());
        }
        assertThat(HexFormat.of().formatHex(digest.digest()))
                .isEqualTo("5592f669b75d8c8a05b03448a967d9a8b12e32398f8e71512fb23bba165f81e7");
    }

    private static void update(MessageDigest digest, float[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length);
        bytes.asFloatBuffer().put(values);
        digest.update(bytes.array());
    }
}
