package io.tiepoint.core.image;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class QuarterTurnTest {
    private static final GrayImage IMAGE = GrayImage.wrap(3, 2, new float[] {0, 1, 2, 3, 4, 5});

    @ParameterizedTest
    @EnumSource
    void everyPixelIsWhereItWasBefore(QuarterTurn turn) {
        GrayImage turned = turn.apply(IMAGE);

        for (int row = 0; row < turned.height(); row++) {
            for (int column = 0; column < turned.width(); column++) {
                double x = turn.xBefore(column + 0.5, row + 0.5, IMAGE.size());
                double y = turn.yBefore(column + 0.5, row + 0.5, IMAGE.size());
                assertThat(turned.at(column, row)).isEqualTo(IMAGE.at((int) x, (int) y));
            }
        }
    }

    @Test
    void turnsAsTheImageIsLookedAt() {
        // The first pixel, top left, comes to the top right.
        assertThat(QuarterTurn.RIGHT.apply(IMAGE).at(1, 0)).isEqualTo(0);
        assertThat(QuarterTurn.HALF.apply(IMAGE).at(2, 1)).isEqualTo(0);
        assertThat(QuarterTurn.LEFT.apply(IMAGE).at(0, 2)).isEqualTo(0);
    }
}
