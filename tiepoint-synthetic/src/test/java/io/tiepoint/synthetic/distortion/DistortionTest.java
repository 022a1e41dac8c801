package io.tiepoint.synthetic.distortion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;
import static org.assertj.core.api.Assertions.within;

import io.tiepoint.core.geometry.PixelPoint;
import io.tiepoint.core.image.ImageSize;
import io.tiepoint.core.random.Draws;
import io.tiepoint.core.random.Seed;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DistortionTest {
    private static final ImageSize SIZE = new ImageSize(640, 480);

    static LongStream seeds() {
        return LongStream.range(0, 50);
    }

    private static List<Distortion> all(Draws draws) {
        return List.of(
                new ThinPlate(0.06, SIZE, draws),
                new ThinPlate(0.4, SIZE, draws),
                new RadialLens(draws.nextDouble(-0.9, 0.9), draws.nextDouble(280, 360), 250, SIZE),
                new Fisheye(draws.nextDouble(0.2, 1.4), SIZE),
                new RollingShutter(
                        draws.nextDouble(-0.5, 0.5), draws.nextDouble(-200, 200), draws.nextDouble(-160, 160), SIZE));
    }

    @Test
    void theThinPlatesLogarithmIsThatOfTheJdk() {
        Draws draws = new Seed(3).draws();
        for (int i = 0; i < 10_000; i++) {
            double x = draws.nextLogUniform(1e-24, 1e6);
            assertThat(ThinPlate.log(x))
                    .isCloseTo(StrictMath.log(x), within(1e-14 * Math.max(1, Math.abs(StrictMath.log(x)))));
        }
        assertThat(ThinPlate.log(1)).isZero();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theWayBackIsExact(long seed) {
        Draws draws = new Seed(seed).draws();
        for (Distortion distortion : all(draws)) {
            for (int i = 0; i < 40; i++) {
                double x = draws.nextDouble(0, 640);
                double y = draws.nextDouble(0, 480);
                PixelPoint ideal = distortion.toIdeal(x, y);
                PixelPoint back = distortion.fromIdeal(ideal.x(), ideal.y());
                assertThat(back.distanceTo(new PixelPoint(x, y)))
                        .as("%s, seed %s: %s, %s", distortion.name(), seed, x, y)
                        .isLessThan(1e-6);
            }
        }
    }

    @Test
    void aBarrelPushesTheCornersInwardsAndACushionOutwards() {
        assertThat(new RadialLens(-0.3, 320, 240, SIZE).fromIdeal(0, 0).x()).isGreaterThan(30);
        assertThat(new RadialLens(0.2, 320, 240, SIZE).fromIdeal(10, 10).x()).isLessThan(0);
        PixelPoint middle = new RadialLens(-0.3, 320, 240, SIZE).toIdeal(321, 240);
        assertThat(middle.x()).isEqualTo(321, offset(1e-4));
    }

    @Test
    void theCornersOfAFisheyeSeeTheAngleThatIsAskedFor() {
        Fisheye lens = new Fisheye(1.0, SIZE);
        PixelPoint corner = lens.toIdeal(640, 480);
        double focal = 400 / 1.0;
        assertThat(corner.distanceTo(new PixelPoint(320, 240))).isEqualTo(focal * Math.tan(1.0), offset(1e-9));
        assertThat(lens.toIdeal(3000, 240)).isEqualTo(Distortion.NOWHERE);
    }

    @Test
    void aShutterWithoutMotionChangesNothing() {
        assertThat(new RollingShutter(0, 0, 0, SIZE).toIdeal(12, 345)).isEqualTo(new PixelPoint(12, 345));
        PixelPoint top = new RollingShutter(0, 60, 0, SIZE).toIdeal(100, 0);
        PixelPoint bottom = new RollingShutter(0, 60, 0, SIZE).toIdeal(100, 480);
        assertThat(bottom.x() - top.x()).isEqualTo(60, offset(1e-9));
    }

    @Test
    void refusesWhatFoldsTheImage() {
        assertThatThrownBy(() -> new RadialLens(1, 0, 0, SIZE)).hasMessageStartingWith("strength: expected");
        assertThatThrownBy(() -> new Fisheye(1.6, SIZE)).hasMessageStartingWith("cornerRad: expected");
        assertThatThrownBy(() -> new RollingShutter(0, 0, 200, SIZE)).hasMessageStartingWith("shiftY: expected");
    }
}
