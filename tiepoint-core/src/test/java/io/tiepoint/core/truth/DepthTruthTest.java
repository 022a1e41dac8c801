package io.tiepoint.core.truth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.tiepoint.core.features.Keypoints;
import io.tiepoint.core.geometry.Camera;
import io.tiepoint.core.geometry.PixelPoint;
import io.tiepoint.core.geometry.Pose;
import io.tiepoint.core.geometry.Vector3;
import io.tiepoint.core.image.DepthMap;
import io.tiepoint.core.image.ImageSize;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** A slanted wall, with a board before its middle in view 0 and in view 1, seen from two places. */
class DepthTruthTest {
    private static final ImageSize SIZE = new ImageSize(120, 90);
    private static final Camera CAMERA = Camera.ofViewAngle(SIZE, 1);
    private static final Pose POSE0 = Pose.IDENTITY;
    private static final Pose POSE1 = Pose.ofQuaternion(new double[] {1, 0, 0.02, 0}, new Vector3(-0.8, 0, 0.1));

    /** The wall: n x = 1 in the world. */
    private static final Vector3 WALL = new Vector3(0.02, 0.01, 0.1);

    /** The board: 4 m away, from -0.5 to 0.5 m in x and y. */
    private static final double BOARD = 4;

    private static float depth(Pose camFromWorld, double x, double y) {
        Pose worldFromCam = camFromWorld.inverse();
        Vector3 eye = worldFromCam.translation();
        Vector3 ray = worldFromCam.rotate(CAMERA.ray(x, y));
        double board = (BOARD - eye.z()) / ray.z();
        Vector3 hit = eye.plus(ray.times(board));
        if (Math.abs(hit.x()) < 0.5 && Math.abs(hit.y()) < 0.5) {
            return (float) board;
        }
        return (float) ((1 - WALL.dot(eye)) / WALL.dot(ray));
    }

    private static float[] depths(Pose camFromWorld) {
        float[] depths = new float[SIZE.width() * SIZE.height()];
        for (int row = 0; row < SIZE.height(); row++) {
            for (int column = 0; column < SIZE.width(); column++) {
                depths[row * SIZE.width() + column] = depth(camFromWorld, column + 0.5, row + 0.5);
            }
        }
        return depths;
    }

    private static DepthTruth truth(float[] depths0, float[] depths1) {
        return new DepthTruth(
                new DepthView(CAMERA, POSE0, DepthMap.wrap(120, 90, depths0)),
                new DepthView(CAMERA, POSE1, DepthMap.wrap(120, 90, depths1)),
                DepthTruth.EXACT);
    }

    @Test
    void isExactBetweenThePixelsOfASlantedPlane() {
        DepthTruth truth = truth(depths(POSE0), depths(POSE1));
        int visible = 0;
        for (double y = 1.3; y < 89; y += 3.1) {
            for (double x = 1.7; x < 119; x += 2.9) {
                PointTruth there = truth.locate(x, y);
                if (there.reason() == Reason.VISIBLE) {
                    Vector3 point = POSE0.inverse().map(CAMERA.ray(x, y).times(depth(POSE0, x, y)));
                    PixelPoint expected = CAMERA.project(POSE1.map(point));
                    assertThat(there.x()).isCloseTo(expected.x(), within(1e-3));
                    assertThat(there.y()).isCloseTo(expected.y(), within(1e-3));
                    PointTruth back = truth.reversed().locate(there.x(), there.y());
                    if (back.reason() == Reason.VISIBLE) {
                        assertThat(Math.hypot(back.x() - x, back.y() - y)).isLessThan(1e-3);
                    }
                    visible++;
                }
            }
        }
        assertThat(visible).isGreaterThan(600);
    }

    @Test
    void namesEveryReason() {
        float[] depths0 = depths(POSE0);
        float[] depths1 = depths(POSE1);
        Arrays.fill(depths0, 0, 10 * 120, DepthMap.SKY);
        Arrays.fill(depths0, 10 * 120, 12 * 120, DepthMap.HOLE);
        depths0[80 * 120 + 60] = Float.NaN;
        Arrays.fill(depths1, 84 * 120, 90 * 120, DepthMap.HOLE);
        DepthTruth truth = truth(depths0, depths1);
        assertThat(truth.locate(60, 5).reason()).isEqualTo(Reason.SKY);
        assertThat(truth.locate(60, 11).reason()).isEqualTo(Reason.NO_DEPTH);
        assertThat(truth.locate(60.2, 80.2).reason()).isEqualTo(Reason.NO_DEPTH);
        assertThat(truth.locate(60, 87).reason()).isEqualTo(Reason.NO_DEPTH);
        assertThat(truth.locate(60, 12).reason()).isEqualTo(Reason.NO_DEPTH);
        assertThat(truth.locate(60, 45).reason()).isEqualTo(Reason.VISIBLE);
        assertThat(new Reason[] {
                    truth.locate(1, 45).reason(), truth.locate(119, 45).reason()
                })
                .contains(Reason.OUT_OF_FRAME);
        // The board's left border is at x = 46.3 in view 0; view 1 stands to its right, so the wall beside it is hidden
        // there.
        assertThat(truth.locate(46.3, 45).reason()).isEqualTo(Reason.NEAR_BOUNDARY);
        Reason right = truth.locate(80, 45).reason();
        Reason left = truth.locate(40, 45).reason();
        assertThat(new Reason[] {left, right}).contains(Reason.OCCLUDED);
        assertThat(truth.locate(-1, 5).reason()).isEqualTo(Reason.NO_DEPTH);
    }

    @Test
    void namesWhatLiesBehindTheOtherCamera() {
        Pose turned = Pose.ofQuaternion(new double[] {0, 0, 1, 0}, Vector3.ZERO);
        float[] far = new float[120 * 90];
        Arrays.fill(far, 5f);
        DepthTruth truth = new DepthTruth(
                new DepthView(CAMERA, POSE0, DepthMap.wrap(120, 90, far)),
                new DepthView(CAMERA, turned, DepthMap.wrap(120, 90, far)),
                DepthTruth.MULTI_VIEW_STEREO);
        assertThat(truth.locate(60, 45).reason()).isEqualTo(Reason.BEHIND_CAMERA);
    }

    @Test
    void givesLabelsOfKeypointsInWhichHolesAreUnknown() {
        float[] holed = depths(POSE0);
        for (int row = 0; row < 20; row++) {
            Arrays.fill(holed, row * 120, row * 120 + 120, DepthMap.HOLE);
        }
        DepthTruth complete = truth(depths(POSE0), depths(POSE1));
        DepthTruth incomplete = truth(holed, depths(POSE1));
        PointTruth there = complete.locate(60.5, 10.5);
        PointTruth middle = complete.locate(60.5, 45.5);
        Keypoints keypoints0 = Keypoints.of(new float[] {60.5f, 10.5f, 60.5f, 45.5f}, new float[] {1, 1});
        Keypoints keypoints1 = Keypoints.of(
                new float[] {(float) there.x(), (float) there.y(), (float) middle.x() + 1, (float) middle.y(), 20, 80},
                new float[] {1, 1, 1});
        MatchTruth known = MatchTruth.of(keypoints0, keypoints1, complete, 3, 5);
        assertThat(known.match0(0)).isEqualTo(0);
        assertThat(known.match0(1)).isEqualTo(1);
        assertThat(known.reason1(2).label()).isEqualTo(MatchLabel.UNMATCHED);
        MatchTruth unknown = MatchTruth.of(keypoints0, keypoints1, incomplete, 3, 5);
        assertThat(unknown.reason0(0)).isEqualTo(Reason.NO_DEPTH);
        assertThat(unknown.reason0(0).label()).isEqualTo(MatchLabel.UNKNOWN);
        assertThat(unknown.match0(1)).isEqualTo(1);
        // Its counterpart lies in the hole, so that nothing may be concluded of it either.
        assertThat(unknown.reason1(0).label()).isEqualTo(MatchLabel.UNKNOWN);
    }

    @Test
    void refusesADepthMapOfAnotherSize() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DepthView(CAMERA, POSE0, DepthMap.wrap(2, 2, new float[4])))
                .withMessageContaining("expected the camera's size 120x90, found 2x2");
    }
}
