package io.tiepoint.core.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.tiepoint.core.image.ImageSize;
import io.tiepoint.core.random.Draws;
import io.tiepoint.core.random.Seed;
import org.junit.jupiter.api.Test;

class CameraTest {
    private static final ImageSize SIZE = new ImageSize(640, 480);

    @Test
    void seesThePointOfARayWhereTheRayStarts() {
        Camera camera = new Camera(SIZE, 500, 510, 300, 250);
        PixelPoint point = camera.project(camera.ray(12.25, 400.5).times(7));
        assertThat(point.x()).isCloseTo(12.25, within(1e-9));
        assertThat(point.y()).isCloseTo(400.5, within(1e-9));
    }

    @Test
    void seesItsAngleOfViewFromBorderToBorder() {
        Camera camera = Camera.ofViewAngle(SIZE, Math.PI / 2);
        assertThat(camera.ray(0, 240).x()).isCloseTo(-1, within(1e-9));
        assertThat(camera.ray(640, 240).x()).isCloseTo(1, within(1e-9));
        Camera small = camera.scaled(new ImageSize(320, 240));
        assertThat(small.ray(320, 120).x()).isCloseTo(1, within(1e-9));
    }

    @Test
    void refusesWhatNoCameraHas() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Camera(SIZE, 0, 500, 320, 240))
                .withMessageContaining("focalX: expected > 0 px, found 0");
        Camera camera = Camera.ofViewAngle(SIZE, 1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> camera.project(new Vector3(0, 0, -1)))
                .withMessageContaining("z > 0");
    }

    @Test
    void looksAtItsTargetWithTheSkyAbove() {
        Vector3 eye = new Vector3(1, 2, 3);
        Vector3 target = new Vector3(5, -3, 2);
        Pose camFromWorld = Pose.lookAt(eye, target, 0);
        Vector3 seen = camFromWorld.map(target);
        assertThat(seen.x()).isCloseTo(0, within(1e-12));
        assertThat(seen.y()).isCloseTo(0, within(1e-12));
        assertThat(seen.z()).isCloseTo(eye.distanceTo(target), within(1e-12));
        assertThat(camFromWorld.rotate(Vector3.UP).y()).isNegative();
        assertThat(camFromWorld.eye().distanceTo(eye)).isLessThan(1e-12);
    }

    @Test
    void posesComposeAndInvert() {
        Draws draws = new Seed(3).draws();
        for (int i = 0; i < 50; i++) {
            Pose first = random(draws);
            Pose second = random(draws);
            Vector3 point = vector(draws);
            Vector3 inTurn = second.map(first.map(point));
            assertThat(second.compose(first).map(point).distanceTo(inTurn)).isLessThan(1e-9);
            assertThat(first.inverse().map(first.map(point)).distanceTo(point)).isLessThan(1e-9);
            assertThat(first.angleTo(first)).isCloseTo(0, within(1e-6));
            assertThat(Pose.of(first.rotation(), first.translation())).isEqualTo(first);
        }
        Pose quarter = Pose.ofQuaternion(new double[] {1, 0, 0, 1}, Vector3.ZERO);
        assertThat(quarter.map(new Vector3(1, 0, 0)).distanceTo(new Vector3(0, 1, 0)))
                .isLessThan(1e-12);
        assertThat(quarter.angleTo(Pose.IDENTITY)).isCloseTo(Math.PI / 2, within(1e-9));
    }

    @Test
    void refusesAMatrixThatIsNoRotation() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Pose.of(new double[] {1, 0, 0, 0, 1, 0, 0, 0, -1}, Vector3.ZERO))
                .withMessageContaining("right-handed");
    }

    private static Pose random(Draws draws) {
        double[] quaternion = {draws.nextGaussian(), draws.nextGaussian(), draws.nextGaussian(), draws.nextGaussian()};
        return Pose.ofQuaternion(quaternion, vector(draws));
    }

    private static Vector3 vector(Draws draws) {
        return new Vector3(draws.nextGaussian(), draws.nextGaussian(), draws.nextGaussian());
    }
}
