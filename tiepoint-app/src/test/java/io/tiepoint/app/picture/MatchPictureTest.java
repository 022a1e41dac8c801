package io.tiepoint.app.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tiepoint.core.features.Keypoints;
import io.tiepoint.core.features.Matches;
import io.tiepoint.core.geometry.GeometryModel;
import io.tiepoint.core.geometry.Homography;
import io.tiepoint.core.geometry.TwoViewGeometry;
import io.tiepoint.core.image.ColorImage;
import io.tiepoint.core.image.ImageSize;
import io.tiepoint.core.truth.HomographyTruth;
import java.util.BitSet;
import org.junit.jupiter.api.Test;

class MatchPictureTest {
    private static final Keypoints KEYPOINTS0 =
            Keypoints.of(new float[] {50, 60, 200, 150, 300, 20, 100, 200}, new float[] {1, 1, 1, 1});
    private static final Keypoints KEYPOINTS1 =
            Keypoints.of(new float[] {60, 60, 250, 150, 310, 21, 20, 20}, new float[] {1, 1, 1, 1});
    private static final Matches MATCHES =
            Matches.of(new int[] {0, 1, 2}, new int[] {0, 1, 2}, new float[] {0.95f, 0.6f, 0.2f});

    @Test
    void matchesTakeTheColourOfTheTruth() {
        ImageSize size = new ImageSize(400, 300);
        HomographyTruth truth = new HomographyTruth(Homography.translation(10, 0), size, size);
        MatchGroups groups = MatchGroups.byTruth(KEYPOINTS0, KEYPOINTS1, MATCHES, truth, 3);
        assertThat(groups.count(0)).as("right").isEqualTo(2);
        assertThat(groups.count(1)).as("wrong").isEqualTo(1);
        assertThat(groups.count(2)).as("unknown").isZero();

        ColorImage picture = draw(400, 300, groups);
        assertThat(picture.width()).isEqualTo(400 + 8 + 400);
        assertThat(picture.height()).isGreaterThan(300);
        assertThat(rgb(picture, 50, 60)).isEqualTo(0x2ed573);
        assertThat(rgb(picture, 408 + 60, 60)).isEqualTo(0x2ed573);
        assertThat(rgb(picture, 200, 150)).isEqualTo(0xff3b30);
    }

    @Test
    void matchesTakeTheColourOfTheGeometry() {
        BitSet inliers = new BitSet();
        inliers.set(1);
        TwoViewGeometry geometry = TwoViewGeometry.of(GeometryModel.HOMOGRAPHY, Homography.IDENTITY.toArray(), inliers);
        MatchGroups groups = MatchGroups.byGeometry(MATCHES, geometry);
        assertThat(groups.count(0)).isEqualTo(1);
        assertThat(groups.count(1)).isEqualTo(2);
    }

    @Test
    void matchesTakeTheColourOfTheirScore() {
        MatchGroups groups = MatchGroups.byScore(MATCHES);
        assertThat(groups.size()).isEqualTo(3);
        for (int group = 0; group < 3; group++) {
            assertThat(groups.count(group)).isEqualTo(1);
        }
    }

    @Test
    void aLargePhotographIsShownSmallerAtTheRightPlaces() {
        ColorImage picture = draw(4000, 3000, MatchGroups.byScore(MATCHES));
        assertThat(picture.width()).isBetween(1500, 1600);
        // The keypoint at (200, 150) of 4000 px lies at (39.8, 29.9) of 796 px.
        assertThat(rgb(picture, 39, 29)).isEqualTo(0xffd43b);
    }

    @Test
    void imagesOfExtremeShapesAreDrawn() {
        assertThat(draw(1, 1, MatchGroups.byScore(MATCHES)).width()).isGreaterThanOrEqualTo(720);
        assertThat(draw(20000, 3, MatchGroups.byScore(MATCHES)).width()).isLessThanOrEqualTo(1600);
    }

    @Test
    void groupsOfOtherMatchesAreRefused() {
        MatchGroups none = MatchGroups.byScore(Matches.NONE);
        assertThatThrownBy(() -> draw(400, 300, none)).hasMessageContaining("expected those of 3 matches, found 0");
    }

    private static ColorImage draw(int width, int height, MatchGroups groups) {
        ColorImage image = ColorImage.wrap(width, height, new byte[3 * width * height]);
        MatchedViews views = new MatchedViews(image, image, KEYPOINTS0, KEYPOINTS1, MATCHES);
        return MatchPicture.draw(views, groups, "test");
    }

    private static int rgb(ColorImage image, int column, int row) {
        int at = 3 * (row * image.width() + column);
        byte[] rgb = image.rgb();
        return (rgb[at] & 0xff) << 16 | (rgb[at + 1] & 0xff) << 8 | (rgb[at + 2] & 0xff);
    }
}
