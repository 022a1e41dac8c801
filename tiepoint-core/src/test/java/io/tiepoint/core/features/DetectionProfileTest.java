package io.tiepoint.core.features;

import static org.assertj.core.api.Assertions.assertThat;

import io.tiepoint.core.image.ImageSize;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DetectionProfileTest {
    @ParameterizedTest
    @EnumSource
    void findsNothingInAnEmptyHeatmap(DetectionProfile profile) {
        assertThat(profile.select(new float[48 * 40], 48, new ImageSize(48, 40), profile.published()))
                .isEqualTo(Keypoints.NONE);
    }

    /** The demo takes what reaches the threshold, the others what exceeds it; both in float32. */
    @Test
    void comparesWithTheThresholdAsPublished() {
        for (DetectionProfile profile :
                List.of(DetectionProfile.MAGICLEAP_DEMO, DetectionProfile.SUPERGLUE, DetectionProfile.RPAUTRAT)) {
            float[] heatmap = new float[40 * 40];
            heatmap[10 * 40 + 10] = profile.published().threshold();
            heatmap[25 * 40 + 30] = Math.nextUp(profile.published().threshold());
            Keypoints keypoints = profile.select(heatmap, 40, new ImageSize(40, 40), profile.published());

            assertThat(keypoints.size()).isEqualTo(profile == DetectionProfile.MAGICLEAP_DEMO ? 2 : 1);
            assertThat(keypoints.point(0).x()).isEqualTo(30.5);
            assertThat(keypoints.point(0).y()).isEqualTo(25.5);
        }
    }

    @Test
    void countsTheBordersOfTheImageInTheDemoAndOfWholeCellsElsewhere() {
        float[] heatmap = new float[40 * 40];
        heatmap[20 * 40 + 37] = 0.9f;
        ImageSize size = new ImageSize(47, 40);

        assertThat(DetectionProfile.MAGICLEAP_DEMO
                        .select(heatmap, 40, size, DetectionProfile.MAGICLEAP_DEMO.published())
                        .size())
                .isEqualTo(1);
        assertThat(DetectionProfile.SUPERGLUE
                        .select(heatmap, 40, size, DetectionProfile.SUPERGLUE.published())
                        .size())
                .isZero();
    }

    @Test
    void keepsTheOrderOfReadingUnlessThereAreTooMany() {
        float[] heatmap = new float[60 * 60];
        heatmap[10 * 60 + 10] = 0.1f;
        heatmap[10 * 60 + 30] = 0.3f;
        heatmap[40 * 60 + 10] = 0.2f;
        KeypointSelection all = DetectionProfile.SUPERGLUE.published();
        ImageSize size = new ImageSize(60, 60);

        assertThat(DetectionProfile.SUPERGLUE.select(heatmap, 60, size, all).scores())
                .containsExactly(0.1f, 0.3f, 0.2f);
        assertThat(DetectionProfile.SUPERGLUE
                        .select(heatmap, 60, size, all.withMaxKeypoints(2))
                        .scores())
                .containsExactly(0.3f, 0.2f);
        assertThat(DetectionProfile.MAGICLEAP_DEMO
                        .select(heatmap, 60, size, all)
                        .scores())
                .containsExactly(0.3f, 0.2f, 0.1f);
    }
}
