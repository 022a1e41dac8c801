package io.tiepoint.train.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tiepoint.core.features.Keypoints;
import io.tiepoint.core.image.ImageSize;
import io.tiepoint.core.random.Draws;
import io.tiepoint.core.random.Seed;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CellTargetsTest {
    private static final ImageSize SIZE = new ImageSize(24, 16);
    private static final int COLUMNS = 3;
    private static final int CELLS = 6;
    private static final int DUSTBIN = 64;

    private static float[] target(float... positions) {
        float[] target = new float[65 * CELLS];
        CellTargets.write(Keypoints.of(positions, new float[positions.length / 2]), SIZE, target, 0);
        return target;
    }

    /** Target of the pixel in column x and row y of the image. */
    private static float pixel(float[] target, int x, int y) {
        return target[((y % 8) * 8 + x % 8) * CELLS + y / 8 * COLUMNS + x / 8];
    }

    private static float dustbin(float[] target, int column, int row) {
        return target[DUSTBIN * CELLS + row * COLUMNS + column];
    }

    /** How many pixels have a share. */
    private static int shares(float[] target) {
        int count = 0;
        for (int i = 0; i < DUSTBIN * CELLS; i++) {
            count += target[i] != 0 ? 1 : 0;
        }
        return count;
    }

    @Test
    void cornerAtAPixelsCentreIsThatPixels() {
        float[] target = target(10.5f, 3.5f);

        assertThat(pixel(target, 10, 3)).isEqualTo(1);
        assertThat(shares(target)).isEqualTo(1);
        assertThat(dustbin(target, 1, 0)).isZero();
        assertThat(dustbin(target, 0, 0)).isEqualTo(1);
        assertThat(dustbin(target, 1, 1)).isEqualTo(1);
    }

    @Test
    void cornerBetweenFourPixelsIsSharedOut() {
        float[] target = target(12, 4);

        assertThat(pixel(target, 11, 3)).isEqualTo(0.25f);
        assertThat(pixel(target, 12, 3)).isEqualTo(0.25f);
        assertThat(pixel(target, 11, 4)).isEqualTo(0.25f);
        assertThat(pixel(target, 12, 4)).isEqualTo(0.25f);
        assertThat(shares(target)).isEqualTo(4);
        assertThat(dustbin(target, 1, 0)).isZero();
    }

    @Test
    void nearerPixelHasTheLargerShare() {
        float[] target = target(10.75f, 3.625f);

        assertThat(pixel(target, 10, 3)).isEqualTo(0.75f * 0.875f);
        assertThat(pixel(target, 11, 3)).isEqualTo(0.25f * 0.875f);
        assertThat(pixel(target, 10, 4)).isEqualTo(0.75f * 0.125f);
        assertThat(pixel(target, 11, 4)).isEqualTo(0.25f * 0.125f);
    }

    @Test
    void cornerOnTheBorderOfTwoCellsBelongsToBoth() {
        float[] target = target(8, 4.5f);

        assertThat(pixel(target, 7, 4)).isEqualTo(0.5f);
        assertThat(pixel(target, 8, 4)).isEqualTo(0.5f);
        assertThat(shares(target)).isEqualTo(2);
        assertThat(dustbin(target, 0, 0)).isEqualTo(0.5f);
        assertThat(dustbin(target, 1, 0)).isEqualTo(0.5f);
    }

    @Test
    void cornerWhereFourCellsMeetBelongsToAll() {
        float[] target = target(16, 8);

        assertThat(pixel(target, 15, 7)).isEqualTo(0.25f);
        assertThat(pixel(target, 16, 8)).isEqualTo(0.25f);
        assertThat(dustbin(target, 1, 0)).isEqualTo(0.75f);
        assertThat(dustbin(target, 2, 1)).isEqualTo(0.75f);
        assertThat(dustbin(target, 0, 0)).isEqualTo(1);
    }

    @Test
    void twoCornersInACellHaveHalfEach() {
        float[] target = target(1.5f, 1.5f, 6.5f, 5.5f);

        assertThat(pixel(target, 1, 1)).isEqualTo(0.5f);
        assertThat(pixel(target, 6, 5)).isEqualTo(0.5f);
        assertThat(dustbin(target, 0, 0)).isZero();
    }

    @Test
    void imagesBorderTakesItsShareAway() {
        float[] target = target(0, 0, 24, 16);

        assertThat(pixel(target, 0, 0)).isEqualTo(0.25f);
        assertThat(pixel(target, 23, 15)).isEqualTo(0.25f);
        assertThat(shares(target)).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5, 40, 400})
    void everyCellSumsToOneAndNothingElseIsWritten(int count) {
        Draws draws = new Seed(count).draws();
        float[] positions = new float[2 * count];
        for (int i = 0; i < count; i++) {
            positions[2 * i] = (float) draws.nextDouble(0, SIZE.width());
            positions[2 * i + 1] = (float) draws.nextDouble(0, SIZE.height());
        }
        int offset = 7;
        float[] target = new float[65 * CELLS + 2 * offset];
        CellTargets.write(Keypoints.of(positions, new float[count]), SIZE, target, offset);

        for (int cell = 0; cell < CELLS; cell++) {
            float sum = 0;
            for (int channel = 0; channel <= DUSTBIN; channel++) {
                float value = target[offset + channel * CELLS + cell];
                assertThat(value).isBetween(0f, 1f);
                sum += value;
            }
            assertThat(sum).isCloseTo(1, Offset.offset(1e-5f));
        }
        for (int i = 0; i < offset; i++) {
            assertThat(target[i]).isZero();
            assertThat(target[target.length - 1 - i]).isZero();
        }
    }

    /** What the shares are for: their mean is the position, to the sub-pixel. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void meanOfTheSharesIsThePosition(long seed) {
        Draws draws = new Seed(seed).draws();
        float x = (float) draws.nextDouble(0.5, 23.5);
        float y = (float) draws.nextDouble(0.5, 15.5);
        float[] target = target(x, y);
        double meanX = 0;
        double meanY = 0;
        for (int row = 0; row < SIZE.height(); row++) {
            for (int column = 0; column < SIZE.width(); column++) {
                meanX += pixel(target, column, row) * (column + 0.5);
                meanY += pixel(target, column, row) * (row + 0.5);
            }
        }

        assertThat(meanX).isCloseTo(x, Offset.offset(1e-4));
        assertThat(meanY).isCloseTo(y, Offset.offset(1e-4));
    }

    @Test
    void rejectsAnImageThatIsNotWholeCells() {
        assertThatThrownBy(() -> CellTargets.write(Keypoints.NONE, new ImageSize(20, 16), new float[1000], 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("image size: expected multiples of 8 px, found");
    }
}
