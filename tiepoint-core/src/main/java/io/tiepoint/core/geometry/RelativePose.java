package io.tiepoint.core.geometry;

import io.tiepoint.core.check.Check;
import java.util.Optional;

/**
 * Two cameras' motion from an essential matrix, without a decomposition into singular values.
 *
 * @see <a href="https://people.csail.mit.edu/bkph/articles/Essential.pdf">Horn, Recovering baseline and orientation from
 *     essential matrix, 1990</a>
 */
public final class RelativePose {
    private RelativePose() {}

    /**
     * Of the four motions that an essential matrix allows, the one that puts most points before both cameras; none if the matrix
     * is none or no point lies before both.
     *
     * @param essential [3 3] row-major; y1ᵀ E y0 = 0 of rays y
     * @param rays0 of matched points, of depth 1
     * @param rays1 likewise, as many
     * @return cam1FromCam0, with a translation of length 1
     */
    public static Optional<Pose> of(double[] essential, Vector3[] rays0, Vector3[] rays1) {
        Check.that(essential.length == 9, "essential: expected 9 entries, found %s", essential.length);
        Check.that(
                rays0.length == rays1.length,
                "rays: expected as many of both views, found %s and %s",
                rays0.length,
                rays1.length);
        Vector3 column0 = new Vector3(essential[0], essential[3], essential[6]);
        Vector3 column1 = new Vector3(essential[1], essential[4], essential[7]);
        Vector3 column2 = new Vector3(essential[2], essential[5], essential[8]);
        // Columns of E = [t]x R are orthogonal to t, so t is parallel to their cross products.
        Vector3[] products = {column0.cross(column1), column1.cross(column2), column2.cross(column0)};
        Vector3 longest = products[0];
        for (Vector3 product : products) {
            longest = product.norm() > longest.norm() ? product : longest;
        }
        if (!(longest.norm() > 1e-12)) {
            return Optional.empty();
        }
        // [t]x R has the Frobenius norm sqrt(2) |t|.
        double scale = Math.sqrt((column0.dot(column0) + column1.dot(column1) + column2.dot(column2)) / 2);
        Vector3[] columns = {column0.times(1 / scale), column1.times(1 / scale), column2.times(1 / scale)};
        Vector3 direction = longest.normalised();
        Optional<Pose> best = Optional.empty();
        int most = 0;
        for (int sign = -1; sign <= 1; sign += 2) {
            for (int side = -1; side <= 1; side += 2) {
                Pose candidate = Pose.of(rotation(columns, direction.times(side)), direction.times(sign));
                int before = countBefore(candidate, rays0, rays1);
                if (before > most) {
                    most = before;
                    best = Optional.of(candidate);
                }
            }
        }
        return best;
    }

    /** R = cof(E) - [t]x E for a t of length 1, column by column, made orthonormal again. */
    private static double[] rotation(Vector3[] e, Vector3 t) {
        Vector3 c0 = e[1].cross(e[2]).minus(t.cross(e[0]));
        Vector3 c1 = e[2].cross(e[0]).minus(t.cross(e[1]));
        Vector3 x = c0.normalised();
        Vector3 y = c1.minus(x.times(x.dot(c1))).normalised();
        Vector3 z = x.cross(y);
        return new double[] {x.x(), y.x(), z.x(), x.y(), y.y(), z.y(), x.z(), y.z(), z.z()};
    }

    private static int countBefore(Pose cam1FromCam0, Vector3[] rays0, Vector3[] rays1) {
        int count = 0;
        for (int i = 0; i < rays0.length; i++) {
            Vector3 turned = cam1FromCam0.rotate(rays0[i]);
            Vector3 t = cam1FromCam0.translation();
            // depth1 * ray1 = depth0 * turned + t, in the sense of least squares.
            double a = rays1[i].dot(rays1[i]);
            double b = -rays1[i].dot(turned);
            double d = turned.dot(turned);
            double determinant = a * d - b * b;
            double depth1 = (d * rays1[i].dot(t) + b * turned.dot(t)) / determinant;
            double depth0 = (-b * rays1[i].dot(t) - a * turned.dot(t)) / determinant;
            count += depth0 > 0 && depth1 > 0 ? 1 : 0;
        }
        return count;
    }
}
