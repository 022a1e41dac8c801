package io.tiepoint.core.geometry;

/**
 * A point or a direction in space.
 *
 * @param x first coordinate; metres where a scene has a scale
 * @param y second coordinate
 * @param z third coordinate
 */
public record Vector3(double x, double y, double z) {
    /** The origin. */
    public static final Vector3 ZERO = new Vector3(0, 0, 0);

    /** Upwards in the world of a scene. */
    public static final Vector3 UP = new Vector3(0, 0, 1);

    /** The sum of both. */
    public Vector3 plus(Vector3 other) {
        return new Vector3(x + other.x, y + other.y, z + other.z);
    }

    /** This one without the other. */
    public Vector3 minus(Vector3 other) {
        return new Vector3(x - other.x, y - other.y, z - other.z);
    }

    /** A multiple. */
    public Vector3 times(double factor) {
        return new Vector3(factor * x, factor * y, factor * z);
    }

    /** The scalar product. */
    public double dot(Vector3 other) {
        return x * other.x + y * other.y + z * other.z;
    }

    /** The vector product, right-handed. */
    public Vector3 cross(Vector3 other) {
        return new Vector3(y * other.z - z * other.y, z * other.x - x * other.z, x * other.y - y * other.x);
    }

    /** The length. */
    public double norm() {
        return Math.sqrt(dot(this));
    }

    /** Distance to another point. */
    public double distanceTo(Vector3 other) {
        return minus(other).norm();
    }

    /** The same direction with length 1. */
    public Vector3 normalised() {
        return times(1 / norm());
    }
}
