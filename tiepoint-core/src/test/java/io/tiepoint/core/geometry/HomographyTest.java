package io.tiepoint.core.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HomographyTest {
    @ParameterizedTest
    @ValueSource(doubles = {1, 1e5, 1e7})
    void takesTranslationsOfAnyLength(double px) {
        Homography moved = Homography.of(1, 0, px, 0, 1, -px, 0, 0, 1);

        assertThat(moved.map(3, 4)).isEqualTo(new PixelPoint(3 + px, 4 - px));
        assertThat(moved.inverse().map(3 + px, 4 - px)).isEqualTo(new PixelPoint(3, 4));
    }

    @Test
    void refusesWhatCannotBeInverted() {
        assertThatThrownBy(() -> Homography.of(1, 2, 3, 2, 4, 6, 0, 0, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("can be inverted");
        assertThatThrownBy(() -> Homography.of(1, 0, 0, 0, 1, 0, 0, 0, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("can be inverted");
        assertThatThrownBy(() -> Homography.of(0, 0, 0, 0, 0, 0, 0, 0, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("can be inverted");
        assertThatThrownBy(() -> Homography.of(1, 0, 0, 0, 1, 0, 0, 0, Double.NaN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("finite");
    }

    @Test
    void itsScaleMeansNothing() {
        Homography one = Homography.of(1.1, 0.2, 30, -0.1, 0.9, -7, 1e-4, -2e-4, 1);
        Homography tiny = Homography.of(1.1e-9, 0.2e-9, 30e-9, -0.1e-9, 0.9e-9, -7e-9, 1e-13, -2e-13, 1e-9);

        PixelPoint expected = one.map(100, 50);
        PixelPoint found = tiny.map(100, 50);

        assertThat(Math.hypot(found.x() - expected.x(), found.y() - expected.y()))
                .isLessThan(1e-9);
    }
}
