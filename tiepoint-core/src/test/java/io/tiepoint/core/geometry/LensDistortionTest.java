package io.tiepoint.core.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tiepoint.core.image.ImageSize;
import io.tiepoint.core.random.Draws;
import io.tiepoint.core.random.Seed;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LensDistortionTest {
    private static final ImageSize SIZE = new ImageSize(640, 480);

    static Stream<LensDistortion> lenses() {
        return Stream.of(
                RadialTangential.ofRadial(0, 0),
                RadialTangential.ofRadial(-0.3, 0),
                RadialTangential.ofRadial(0.25, -0.05),
                RadialTangential.ofRadial(-0.28, 0.07),
                RadialTangential.ofOpenCv(-0.2, 0.03, 0.002, -0.003),
                RadialTangential.ofOpenCv(0.1, -0.02, -0.01, 0.01),
                RadialTangential.ofFullOpenCv(new double[] {0.5, 0.1, 0.01, 0.7, 0.2, 0.02}, 0.001, 0.0005),
                new EquidistantFisheye(0, 0, 0, 0),
                new EquidistantFisheye(0.05, -0.01, 0.002, -0.0005),
                new EquidistantFisheye(-0.08, 0.01, 0, 0));
    }

    @ParameterizedTest
    @MethodSource("lenses")
    void whatIsSeenComesBackToWhereItWas(LensDistortion lens) {
        Camera pinhole = new Camera(SIZE, 420, 430, 322.3, 238.1);
        CameraModel camera = new DistortedCamera(pinhole, lens);
        Draws draws = new Seed(1).draws();
        int seen = 0;
        for (int i = 0; i < 2000; i++) {
            double x = draws.nextDouble(0, SIZE.width());
            double y = draws.nextDouble(0, SIZE.height());
            Vector3 ray = camera.ray(x, y);
            if (Double.isNaN(ray.x())) {
                continue; // beyond the rim of a strong barrel
            }
            seen++;
            PixelPoint again = camera.project(ray.times(draws.nextDouble(0.1, 50)));
            assertThat(Math.hypot(again.x() - x, again.y() - y)).isLessThan(1e-9);
        }
        assertThat(seen).isGreaterThan(1500);
    }

    /** A polynomial that turns back would show one place at two points of space, and both as truth. */
    @ParameterizedTest
    @MethodSource("lenses")
    void differentPointsAreSeenAtDifferentPlaces(LensDistortion lens) {
        for (double angle = 0; angle < 6.2; angle += 0.4) {
            double before = -1;
            for (double radius = 0; radius < 15; radius += 0.01) {
                PixelPoint seen = lens.distort(radius * Math.cos(angle), radius * Math.sin(angle));
                if (Double.isNaN(seen.x())) {
                    continue;
                }
                PixelPoint back = lens.undistort(seen.x(), seen.y());
                if (!Double.isNaN(back.x())) {
                    assertThat(Math.hypot(back.x(), back.y())).isCloseTo(radius, within(1e-6 * (1 + radius)));
                    assertThat(Math.hypot(back.x(), back.y())).isGreaterThan(before);
                    before = Math.hypot(back.x(), back.y());
                }
            }
        }
    }

    @Test
    void distortsAsItsFormulasSay() {
        // r² = 0.13: factor 1 - 0.2 * 0.13 + 0.03 * 0.0169 = 0.974507
        PixelPoint tangential =
                RadialTangential.ofOpenCv(-0.2, 0.03, 0.002, -0.003).distort(0.3, -0.2);
        assertThat(tangential.x()).isCloseTo(0.3 * 0.974507 + 2 * 0.002 * -0.06 - 0.003 * (0.13 + 0.18), within(1e-12));
        assertThat(tangential.y())
                .isCloseTo(-0.2 * 0.974507 + 0.002 * (0.13 + 0.08) + 2 * -0.003 * -0.06, within(1e-12));
        double angle = Math.atan(Math.sqrt(0.13));
        double radius = angle * (1 + 0.05 * angle * angle - 0.01 * Math.pow(angle, 4));
        PixelPoint fisheye = new EquidistantFisheye(0.05, -0.01, 0, 0).distort(0.3, -0.2);
        assertThat(fisheye.x()).isCloseTo(0.3 / Math.sqrt(0.13) * radius, within(1e-12));
        assertThat(fisheye.y()).isCloseTo(-0.2 / Math.sqrt(0.13) * radius, within(1e-12));
    }

    @Test
    void beyondTheRimNothingIsSeen() {
        // r (1 - 0.3 r²) is largest at r = 1 / sqrt(0.9), where it is 2 / 3 of it.
        LensDistortion barrel = RadialTangential.ofRadial(-0.3, 0);
        double rim = 1 / Math.sqrt(0.9);
        assertThat(barrel.distort(rim + 1e-9, 0)).isEqualTo(LensDistortion.NOWHERE);
        assertThat(barrel.distort(rim - 1e-9, 0).x()).isCloseTo(rim * 2 / 3, within(1e-12));
        assertThat(barrel.undistort(rim * 2 / 3 + 1e-9, 0)).isEqualTo(LensDistortion.NOWHERE);
    }

    @Test
    void aResizedCameraSeesTheSame() {
        CameraModel camera =
                new DistortedCamera(new Camera(SIZE, 420, 430, 322.3, 238.1), RadialTangential.ofRadial(-0.2, 0.01));
        PixelPoint large = camera.project(new Vector3(0.4, 0.2, 1));
        PixelPoint small = camera.scaled(new ImageSize(320, 120)).project(new Vector3(0.4, 0.2, 1));
        assertThat(small.x()).isCloseTo(large.x() / 2, within(1e-12));
        assertThat(small.y()).isCloseTo(large.y() / 4, within(1e-12));
    }

    @Test
    void refusesNumbersThatAreNone() {
        assertThatThrownBy(() -> RadialTangential.ofRadial(Double.NaN, 0).distort(0, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("distortion: expected finite numbers, found NaN");
        assertThatThrownBy(() -> new EquidistantFisheye(0, 0, 0, Double.POSITIVE_INFINITY).distort(0, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("distortion: expected finite numbers");
    }
}
