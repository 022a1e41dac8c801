package io.tiepoint.synthetic.homography;

import static org.assertj.core.api.Assertions.assertThat;

import io.tiepoint.core.geometry.Homography;
import io.tiepoint.core.geometry.PixelPoint;
import io.tiepoint.core.image.GrayImage;
import io.tiepoint.core.image.ImageSize;
import io.tiepoint.core.random.Draws;
import io.tiepoint.core.random.Seed;
import io.tiepoint.synthetic.distortion.Distortion;
import io.tiepoint.synthetic.distortion.Fisheye;
import io.tiepoint.synthetic.distortion.RadialLens;
import io.tiepoint.synthetic.distortion.RollingShutter;
import io.tiepoint.synthetic.distortion.ThinPlate;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MapWarpTest {
    private static final ImageSize SIZE = new ImageSize(322, 243);
    private static final int WIDTH = 700;
    private static final int HEIGHT = 560;
    private static final GrayImage FILL = GrayImage.of(1, 1, new float[] {0.25f});

    /** Images of which a value tells the place. */
    private static final WarpSource COLUMNS = ramp(true);

    private static final WarpSource ROWS = ramp(false);

    private static WarpSource ramp(boolean isAlongRows) {
        float[] pixels = new float[WIDTH * HEIGHT];
        for (int i = 0; i < pixels.length; i++) {
            int column = i % WIDTH;
            int row = i / WIDTH;
            pixels[i] = isAlongRows ? (column + 0.5f) / WIDTH : (row + 0.5f) / HEIGHT;
        }
        return WarpSource.of(GrayImage.wrap(WIDTH, HEIGHT, pixels));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 3, 4})
    void showsPlacesToTheThousandthOfAPixel(long seed) {
        Draws draws = new Seed(seed).draws();
        List<Distortion> all = List.of(
                new ThinPlate(0.01, SIZE, draws),
                new ThinPlate(0.06, SIZE, draws),
                new RadialLens(draws.nextDouble(-0.35, 0.25), 150, 125, SIZE),
                new Fisheye(draws.nextDouble(0.5, 1.2), SIZE),
                new RollingShutter(
                        draws.nextDouble(-0.12, 0.12), draws.nextDouble(-40, 40), draws.nextDouble(-30, 30), SIZE));
        // No larger than the source anywhere, so that the source itself is looked up.
        Homography sourceFromIdeal = Homography.of(0.7, 0.1, 180, -0.1, 0.7, 190, 4e-4, -6e-4, 1);
        for (Distortion distortion : all) {
            PixelMap map = (x, y) -> sourceFromIdeal.map(distortion.toIdeal(x, y));
            float[] u = MapWarp.pixels(COLUMNS, map, SIZE, FILL);
            float[] v = MapWarp.pixels(ROWS, map, SIZE, FILL);
            int checked = 0;
            for (int i = 0; i < u.length; i++) {
                int column = i % SIZE.width();
                int row = i / SIZE.width();
                PixelPoint place = map.map(column + 0.5, row + 0.5);
                // Beyond, a smaller size of the source is looked up, of which the outermost pixels lie further in.
                boolean isInside =
                        place.x() > 20 && place.y() > 20 && place.x() < WIDTH - 20 && place.y() < HEIGHT - 20;
                if (isInside) {
                    PixelPoint shown = new PixelPoint(u[i] * WIDTH, v[i] * HEIGHT);
                    assertThat(shown.distanceTo(place))
                            .as("%s, seed %s, pixel %s", distortion.name(), seed, i)
                            .isLessThan(1e-3);
                    checked++;
                }
            }
            assertThat(checked).isGreaterThan(u.length / 2);
        }
    }
}
