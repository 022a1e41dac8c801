package io.tiepoint.synthetic.pairs;

import static org.assertj.core.api.Assertions.assertThat;

import io.tiepoint.core.image.GrayImage;
import io.tiepoint.core.image.ImageSize;
import io.tiepoint.core.random.Draws;
import io.tiepoint.core.random.Seed;
import io.tiepoint.core.truth.PointTruth;
import io.tiepoint.core.truth.Reason;
import io.tiepoint.synthetic.homography.HomographyRecipe;
import io.tiepoint.synthetic.images.ImageSource;
import io.tiepoint.synthetic.pairs.ViewPairRecipe.Geometry;
import io.tiepoint.synthetic.photometric.PhotometricRecipe;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ViewPairsTest {
    private static final ImageSize SIZE = new ImageSize(160, 120);
    private static final ViewPairRecipe PLAIN = plain();

    private static ViewPairRecipe plain() {
        ViewPairRecipe mixed = ViewPairRecipe.MIXED;
        return new ViewPairRecipe(
                mixed.shares(),
                new PairRecipe(HomographyRecipe.MILD, PhotometricRecipe.NONE, PhotometricRecipe.NONE, true),
                mixed.patch(),
                mixed.similarityScale(),
                mixed.bend(),
                mixed.lens(),
                mixed.fisheyeRad(),
                mixed.shutter());
    }

    /** Smooth, so that a place can be told by its brightness. */
    private static final class Waves implements ImageSource {
        @Override
        public GrayImage image(long index) {
            float[] pixels = new float[240 * 180];
            for (int i = 0; i < pixels.length; i++) {
                double x = i % 240;
                double y = Math.floor(i / 240.0);
                pixels[i] = (float) (0.5 + 0.24 * Math.sin(x / 9 + index) + 0.24 * Math.cos(y / 11 - x / 40));
            }
            return GrayImage.wrap(240, 180, pixels);
        }

        @Override
        public String describe() {
            return "waves";
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatTheTruthSaysIsSeenInBothViews(Geometry geometry) {
        ViewPairs pairs = new ViewPairs(PLAIN.only(geometry), new Waves(), SIZE, new Seed(7));
        List<Double> differences = new ArrayList<>();
        for (int index = 0; index < 30; index++) {
            ViewPair pair = pairs.pair(index);
            assertThat(pair.geometry()).isEqualTo(geometry.name().toLowerCase(java.util.Locale.ROOT));
            Draws draws = new Seed(index).draws();
            for (int i = 0; i < 200; i++) {
                double x = draws.nextDouble(3, 157);
                double y = draws.nextDouble(3, 117);
                PointTruth there = pair.truth().locate(x, y);
                boolean isInside = there.x() > 3 && there.y() > 3 && there.x() < 157 && there.y() < 117;
                if (there.reason() == Reason.VISIBLE && isInside) {
                    differences.add((double)
                            Math.abs(pair.image0().sample(x, y) - pair.image1().sample(there.x(), there.y())));
                }
            }
        }
        differences.sort(null);
        assertThat(differences).hasSizeGreaterThan(1500);
        // The waves change by up to 0.05 in a pixel; view 0 and view 1 have different resolutions.
        assertThat(differences.get(differences.size() / 2)).isLessThan(0.006);
        assertThat(differences.get(differences.size() * 98 / 100)).isLessThan(0.06);
    }

    @ParameterizedTest
    @EnumSource
    void bothDirectionsAgreeToAThousandthOfAPixel(Geometry geometry) {
        ViewPairs pairs = new ViewPairs(PLAIN.only(geometry), new Waves(), SIZE, new Seed(9));
        int visible = 0;
        for (int index = 0; index < 50; index++) {
            ViewPair pair = pairs.pair(index);
            Draws draws = new Seed(index).draws();
            for (int i = 0; i < 50; i++) {
                double x = draws.nextDouble(0, 160);
                double y = draws.nextDouble(0, 120);
                PointTruth there = pair.truth().locate(x, y);
                if (there.reason() == Reason.VISIBLE) {
                    PointTruth back = pair.truth().reversed().locate(there.x(), there.y());
                    assertThat(Math.hypot(back.x() - x, back.y() - y)).isLessThan(1e-3);
                    visible++;
                } else {
                    assertThat(there.reason()).isIn(Reason.OUT_OF_FRAME, Reason.BEHIND_CAMERA);
                }
                PointTruth twice = pair.truth().reversed().reversed().locate(x, y);
                assertThat(twice.reason()).isEqualTo(there.reason());
            }
        }
        assertThat(visible).isGreaterThan(400);
    }

    @Test
    void makesEveryGeometryAsOftenAsTheRecipeSays() {
        Map<Geometry, Integer> counts = new EnumMap<>(Geometry.class);
        for (int i = 0; i < 1000; i++) {
            counts.merge(ViewPairRecipe.MIXED.shares().at(i / 1000.0), 1, Integer::sum);
        }
        assertThat(counts).hasSize(7).containsEntry(Geometry.HOMOGRAPHY, 300);
        assertThat(counts.get(Geometry.FISHEYE)).isBetween(49, 51);
    }

    @Test
    void homographiesAreThoseOfHomographyPairs() {
        ViewPairs pairs = new ViewPairs(ViewPairRecipe.of(PairRecipe.TRAINING), new Waves(), SIZE, new Seed(3));
        HomographyPairs homographies = new HomographyPairs(PairRecipe.TRAINING, new Waves(), SIZE, new Seed(3));
        for (int i = 0; i < 5; i++) {
            assertThat(pairs.pair(i)).isEqualTo(ViewPair.of(homographies.pair(i)));
        }
    }

    @Test
    void aPairDoesNotDependOnTheOthers() {
        ViewPairs first = new ViewPairs(ViewPairRecipe.MIXED, new Waves(), SIZE, new Seed(3));
        List<ViewPair> pairs = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            pairs.add(first.pair(i));
        }
        ViewPairs second = new ViewPairs(ViewPairRecipe.MIXED, new Waves(), SIZE, new Seed(3));
        for (int i = 19; i >= 0; i--) {
            assertThat(second.pair(i).image1()).isEqualTo(pairs.get(i).image1());
            assertThat(second.pair(i).truth().locate(80, 60))
                    .isEqualTo(pairs.get(i).truth().locate(80, 60));
        }
    }
}
