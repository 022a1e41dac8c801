package io.tiepoint.synthetic.pairs;

import static org.assertj.core.api.Assertions.assertThat;

import io.tiepoint.core.image.GrayImage;
import io.tiepoint.core.image.ImageSize;
import io.tiepoint.core.random.Seed;
import io.tiepoint.core.truth.PointTruth;
import io.tiepoint.core.truth.Reason;
import io.tiepoint.synthetic.homography.HomographyRecipe;
import io.tiepoint.synthetic.images.ImageSource;
import io.tiepoint.synthetic.images.ProceduralImages;
import io.tiepoint.synthetic.images.ProceduralRecipe;
import io.tiepoint.synthetic.photometric.PhotometricRecipe;
import io.tiepoint.synthetic.recipe.Range;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HomographyPairsTest {
    private static final ImageSize SIZE = new ImageSize(160, 120);

    private static final ImageSource IMAGES =
            new ProceduralImages(ProceduralRecipe.DEFAULT, new Seed(7), new ImageSize(240, 180));

    @Test
    void makesTheSamePairInAnyOrderAndThread() {
        HomographyPair[] forwards = new HomographyPair[6];
        HomographyPairs first = new HomographyPairs(PairRecipe.TRAINING, IMAGES, SIZE, new Seed(1));
        HomographyPairs second = new HomographyPairs(PairRecipe.TRAINING, IMAGES, SIZE, new Seed(1));
        for (int i = 0; i < forwards.length; i++) {
            forwards[i] = first.pair(i);
        }
        for (int i = forwards.length - 1; i >= 0; i--) {
            int index = i;
            assertThat(CompletableFuture.supplyAsync(() -> second.pair(index)).join())
                    .isEqualTo(forwards[i]);
        }
        assertThat(first.pair(2, 1.0)).isEqualTo(forwards[2]);
    }

    @Test
    void makesTwoEqualViewsAtDifficultyZero() {
        HomographyPair pair = new HomographyPairs(PairRecipe.TRAINING, IMAGES, SIZE, new Seed(2)).pair(0, 0);
        double worst = 0;
        for (int i = 0; i < pair.image0().pixels().length; i++) {
            worst = Math.max(
                    worst, Math.abs(pair.image0().pixels()[i] - pair.image1().pixels()[i]));
        }
        assertThat(worst).isLessThan(1e-3);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void showsTheSameThingWhereTheTruthSaysSo(boolean warpBothViews) {
        // Without changes of the light, and without much of a change of scale, the grey values themselves agree.
        HomographyRecipe homography = new HomographyRecipe(0.4, Math.PI, new Range(0.9, 1.1), 0.8, 0.3);
        PairRecipe recipe = new PairRecipe(homography, PhotometricRecipe.NONE, PhotometricRecipe.NONE, warpBothViews);
        HomographyPairs pairs = new HomographyPairs(recipe, IMAGES, SIZE, new Seed(4));
        for (int index = 0; index < 20; index++) {
            HomographyPair pair = pairs.pair(index);
            double[] x = new double[SIZE.width() * SIZE.height()];
            double[] y = new double[x.length];
            int n = 0;
            for (int row = 2; row < SIZE.height() - 2; row += 2) {
                for (int column = 2; column < SIZE.width() - 2; column += 2) {
                    PointTruth truth = pair.truth().locate(column + 0.5, row + 0.5);
                    if (truth.reason() == Reason.VISIBLE) {
                        x[n] = pair.image0().at(column, row);
                        y[n++] = pair.image1().sample(truth.x(), truth.y());
                    }
                }
            }
            assertThat(n).as("visible points of pair %s", index).isGreaterThan(300);
            assertThat(correlation(x, y, n)).as("correlation of pair %s", index).isGreaterThan(0.9);
        }
    }

    @Test
    void agreesWithItsReversal() {
        HomographyPair pair = new HomographyPairs(PairRecipe.STRONG, IMAGES, SIZE, new Seed(4)).pair(3);
        int visible = 0;
        for (int i = 0; i < 100; i++) {
            double x = 8 + 16 * (i % 10);
            double y = 6 + 12 * (i / 10);
            PointTruth there = pair.truth().locate(x, y);
            if (there.reason() == Reason.VISIBLE) {
                PointTruth back = pair.truth().reversed().locate(there.x(), there.y());
                assertThat(Math.hypot(back.x() - x, back.y() - y)).isLessThan(1e-3);
                visible++;
            }
        }
        assertThat(visible).isPositive();
    }

    @Test
    void neverShowsBlackWhereTheSourceEnds() {
        ImageSource white = new ImageSource() {
            @Override
            public GrayImage image(long index) {
                float[] pixels = new float[200 * 150];
                java.util.Arrays.fill(pixels, 0.8f);
                return GrayImage.wrap(200, 150, pixels);
            }

            @Override
            public String describe() {
                return "light grey";
            }
        };
        PairRecipe recipe =
                new PairRecipe(HomographyRecipe.TRAINING, PhotometricRecipe.NONE, PhotometricRecipe.NONE, true);
        HomographyPairs pairs = new HomographyPairs(recipe, white, SIZE, new Seed(5));
        for (int index = 0; index < 10; index++) {
            for (float pixel : pairs.pair(index).image1().pixels()) {
                assertThat(pixel).isBetween(0.799f, 0.801f);
            }
        }
    }

    private static double correlation(double[] x, double[] y, int n) {
        double sx = 0;
        double sy = 0;
        double sxx = 0;
        double syy = 0;
        double sxy = 0;
        for (int i = 0; i < n; i++) {
            sx += x[i];
            sy += y[i];
            sxx += x[i] * x[i];
            syy += y[i] * y[i];
            sxy += x[i] * y[i];
        }
        return (n * sxy - sx * sy) / Math.sqrt((n * sxx - sx * sx) * (n * syy - sy * sy));
    }
}
