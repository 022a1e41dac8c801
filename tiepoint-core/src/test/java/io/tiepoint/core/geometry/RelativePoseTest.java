package io.tiepoint.core.geometry;

import static org.assertj.core.api.Assertions.assertThat;

import io.tiepoint.core.random.Draws;
import io.tiepoint.core.random.Seed;
import org.junit.jupiter.api.Test;

class RelativePoseTest {
    private static double[] essential(Pose pose, double scale) {
        Vector3 t = pose.translation();
        double[] cross = {0, -t.z(), t.y(), t.z(), 0, -t.x(), -t.y(), t.x(), 0};
        double[] e = new double[9];
        for (int row = 0; row < 3; row++) {
            for (int column = 0; column < 3; column++) {
                for (int k = 0; k < 3; k++) {
                    e[3 * row + column] += scale * cross[3 * row + k] * pose.rotation(k, column);
                }
            }
        }
        return e;
    }

    @Test
    void findsTheMotionThatMadeTheMatrix() {
        for (int seed = 0; seed < 50; seed++) {
            Draws draws = new Seed(seed).draws();
            double[] quaternion = {1, 0.4 * draws.nextGaussian(), 0.4 * draws.nextGaussian(), 0.4 * draws.nextGaussian()
            };
            Vector3 direction =
                    new Vector3(draws.nextGaussian(), draws.nextGaussian(), draws.nextGaussian()).normalised();
            Pose pose = Pose.ofQuaternion(quaternion, direction.times(draws.nextDouble(0.1, 5)));
            Vector3[] rays0 = new Vector3[12];
            Vector3[] rays1 = new Vector3[12];
            int count = 0;
            while (count < 12) {
                Vector3 point0 =
                        new Vector3(3 * draws.nextGaussian(), 3 * draws.nextGaussian(), draws.nextDouble(1, 20));
                Vector3 point1 = pose.map(point0);
                if (point1.z() > 0.1) {
                    rays0[count] = point0.times(1 / point0.z());
                    rays1[count++] = point1.times(1 / point1.z());
                }
            }
            // Its sign and size mean nothing.
            for (double scale : new double[] {1, -3, 1e-4}) {
                Pose found =
                        RelativePose.of(essential(pose, scale), rays0, rays1).orElseThrow();
                assertThat(found.angleTo(pose)).as("seed %s", seed).isLessThan(1e-6);
                assertThat(found.translation().distanceTo(direction)).isLessThan(1e-6);
            }
        }
    }

    @Test
    void nothingComesOfNothing() {
        assertThat(RelativePose.of(new double[9], new Vector3[0], new Vector3[0]))
                .isEmpty();
        Pose pose = Pose.ofQuaternion(new double[] {1, 0, 0.1, 0}, new Vector3(1, 0, 0));
        assertThat(RelativePose.of(essential(pose, 1), new Vector3[0], new Vector3[0]))
                .isEmpty();
    }
}
