package io.tiepoint.core.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tiepoint.core.geometry.PixelFrame;
import io.tiepoint.core.image.ImageSize;
import org.junit.jupiter.api.Test;

class LogAssignmentTest {
    private static float log(double probability) {
        return (float) Math.log(probability);
    }

    @Test
    void takesWhatIsLargestOfItsRowAndColumnAndIgnoresNoMatch() {
        float[] values = {
            log(0.6), log(0.3), log(0.9), //
            log(0.5), log(0.2), log(0.1), //
            log(0.01), log(0.05), log(0.9), //
            0, 0, 0
        };
        LogAssignment assignment = LogAssignment.wrap(values, 3, 2);

        Matches matches = assignment.mutual(0.1);
        assertThat(matches.size()).isEqualTo(1);
        assertThat(matches.index0(0)).isZero();
        assertThat(matches.index1(0)).isZero();
        assertThat(matches.score(0)).isCloseTo(0.6f, within(1e-6f));
        assertThat(assignment.mutual(0.7)).isEqualTo(Matches.NONE);
        assertThatThrownBy(() -> LogAssignment.wrap(values, 2, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("log assignment: expected shape [3 3], found 12 values");
    }

    @Test
    void matchesAreRenamedToTheKeypointsTheyWereChosenFrom() {
        Matches matches = Matches.of(new int[] {0, 1}, new int[] {1, 0}, new float[] {0.5f, 0.6f});

        assertThat(matches.renamed(new int[] {3, 7}, new int[] {2, 9}))
                .isEqualTo(Matches.of(new int[] {3, 7}, new int[] {9, 2}, new float[] {0.5f, 0.6f}));
    }

    @Test
    void scalesAndOrientationsStayWithTheirKeypoints() {
        Keypoints keypoints = Keypoints.of(new float[] {1, 2, 30, 40}, new float[] {0.1f, 0.9f})
                .with(new float[] {2, 4}, new float[] {0.5f, -1});
        LocalFeatures features = new LocalFeatures(
                keypoints.bestFirst().scaled(2, 8), Descriptors.wrap(2, 1, new float[2]), new ImageSize(100, 400));

        assertThat(NormalisedKeypoints.withScalesAndOrientations(features, PixelFrame.CORNER))
                .containsExactly(10f / 200, 120f / 200, 16, -1, -48f / 200, -184f / 200, 8, 0.5f);
        assertThat(keypoints).isNotEqualTo(Keypoints.of(new float[] {1, 2, 30, 40}, new float[] {0.1f, 0.9f}));
        assertThatThrownBy(() -> keypoints.with(new float[1], new float[2]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("scales and orientations: expected 2 of each, found 1 and 2");
    }
}
