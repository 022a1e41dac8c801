package io.tiepoint.synthetic.render;

import io.tiepoint.core.geometry.Camera;
import io.tiepoint.core.geometry.Pose;
import io.tiepoint.core.geometry.Vector3;
import io.tiepoint.synthetic.scenes.Chunks;
import io.tiepoint.synthetic.scenes.Mesh;
import io.tiepoint.synthetic.scenes.Scene;
import java.util.Arrays;

/**
 * What a camera sees of a scene: the nearest triangle at each sample, of which there are two by two for each pixel. Sample
 * column i and row j lie at px (i / 2, j / 2) in {@link io.tiepoint.core.geometry.PixelFrame#CORNER}, so that the samples with
 * odd column and row are the centres of the pixels. Exact: no sample is moved or rounded.
 */
public final class Visibility {
    /** Samples on each side of a pixel. */
    static final int DENSITY = 2;

    /** What is nearer to the camera's plane is not seen; m. */
    static final double NEAR = 0.02;

    private final Scene scene;
    private final Camera camera;
    private final Pose camFromWorld;
    private final Vector3 eye;
    private final Scanlines samples;

    private Visibility(Scene scene, Camera camera, Pose camFromWorld) {
        this.scene = scene;
        this.camera = camera;
        this.camFromWorld = camFromWorld;
        eye = camFromWorld.eye();
        samples = new Scanlines(
                DENSITY * camera.size().width() + 1, DENSITY * camera.size().height() + 1);
    }

    /** Looks at a scene. */
    public static Visibility of(Scene scene, Camera camera, Pose camFromWorld) {
        Visibility visibility = new Visibility(scene, camera, camFromWorld);
        new Projection(visibility).run();
        return visibility;
    }

    /** What is looked at. */
    public Scene scene() {
        return scene;
    }

    /** The lens. */
    public Camera camera() {
        return camera;
    }

    /** Where the camera is. */
    public Pose camFromWorld() {
        return camFromWorld;
    }

    /** The camera's place in the world. */
    public Vector3 eye() {
        return eye;
    }

    /** Number of columns of samples, 2 W + 1. */
    public int columns() {
        return samples.columns;
    }

    /** Number of rows of samples, 2 H + 1. */
    public int rows() {
        return samples.rows;
    }

    /** The triangle that is seen at a sample; -1 for the sky. */
    public int triangle(int column, int row) {
        return samples.triangles[row * samples.columns + column];
    }

    int[] triangles() {
        return samples.triangles;
    }

    /** Whether a pixel's centre sees the sky. */
    public boolean isSky(int column, int row) {
        return triangle(DENSITY * column + 1, DENSITY * row + 1) < 0;
    }

    /** The depth that a pixel's centre sees; infinite for the sky. */
    public double depth(int column, int row) {
        int triangle = triangle(DENSITY * column + 1, DENSITY * row + 1);
        return triangle < 0
                ? Double.POSITIVE_INFINITY
                : 1 / inverseDepth(triangle).at(column + 0.5, row + 0.5);
    }

    /** Share of the pixels whose centres see the sky. */
    public double skyShare() {
        int sky = 0;
        for (int row = 1; row < rows(); row += DENSITY) {
            for (int column = 1; column < columns(); column += DENSITY) {
                sky += triangle(column, row) < 0 ? 1 : 0;
            }
        }
        return sky / (double) (camera.size().width() * camera.size().height());
    }

    /** Share of the pixels whose centres see something nearer than a depth, m. */
    public double nearShare(double depth) {
        int near = 0;
        int last = Scanlines.NOTHING;
        PlaneInView plane = new PlaneInView(0, 0, 0);
        for (int row = 0; row < camera.size().height(); row++) {
            for (int column = 0; column < camera.size().width(); column++) {
                int triangle = triangle(DENSITY * column + 1, DENSITY * row + 1);
                if (triangle != last && triangle >= 0) {
                    last = triangle;
                    plane = inverseDepth(triangle);
                }
                near += triangle >= 0 && plane.at(column + 0.5, row + 0.5) * depth > 1 ? 1 : 0;
            }
        }
        return near / (double) (camera.size().width() * camera.size().height());
    }

    /** The inverse depth of a triangle's plane as it is seen. */
    PlaneInView inverseDepth(int triangle) {
        Mesh mesh = scene.mesh();
        Vector3 a = camFromWorld.map(mesh.position(mesh.corner(triangle, 0)));
        Vector3 b = camFromWorld.map(mesh.position(mesh.corner(triangle, 1)));
        Vector3 c = camFromWorld.map(mesh.position(mesh.corner(triangle, 2)));
        Vector3 normal = b.minus(a).cross(c.minus(a));
        return PlaneInView.of(normal, normal.dot(a), camera);
    }

    /**
     * What is linear in the image, such as the inverse depth of a plane.
     *
     * @param x change with each px to the right
     * @param y change with each px downwards
     * @param constant at (0, 0)
     */
    record PlaneInView(double x, double y, double constant) {
        /** The inverse depth where {@code normal . point = offset}. */
        static PlaneInView of(Vector3 normal, double offset, Camera camera) {
            double x = normal.x() / (offset * camera.focalX());
            double y = normal.y() / (offset * camera.focalY());
            return new PlaneInView(x, y, normal.z() / offset - x * camera.centreX() - y * camera.centreY());
        }

        double at(double px, double py) {
            return x * px + y * py + constant;
        }
    }

    /** Projects the triangles, chunk by chunk. */
    private static final class Projection {
        private final Visibility view;
        private final Mesh mesh;
        private final double[] m;
        private final Vector3 t;
        /** Of the chunk at hand, from its first vertex on. */
        private final double[] inCamera;

        private final double[] screen;
        private final boolean[] twoSided;
        private int firstVertex;
        private final double[] corners = new double[6];
        private final double[] plane = new double[3];
        private final double[] clipped = new double[12];

        Projection(Visibility view) {
            this.view = view;
            mesh = view.scene.mesh();
            m = view.camFromWorld.rotation();
            t = view.camFromWorld.translation();
            Chunks chunks = view.scene.chunks();
            int most = 0;
            for (int chunk = 0; chunk < chunks.count(); chunk++) {
                most = Math.max(most, chunks.endVertex(chunk) - chunks.firstVertex(chunk));
            }
            twoSided = new boolean[view.scene.materials().size()];
            for (int i = 0; i < twoSided.length; i++) {
                twoSided[i] = view.scene.materials().get(i).twoSided();
            }
            inCamera = new double[3 * most];
            screen = new double[2 * most];
        }

        /** From the nearest chunk on, so that little is covered again. */
        void run() {
            Chunks chunks = view.scene.chunks();
            long[] order = new long[chunks.count()];
            int seen = 0;
            for (int chunk = 0; chunk < chunks.count(); chunk++) {
                if (mayBeSeen(chunks, chunk)) {
                    // The bits of floats >= 0 are in their order.
                    order[seen++] = (long) Float.floatToRawIntBits(distance(chunks, chunk)) << 32 | chunk;
                }
            }
            Arrays.sort(order, 0, seen);
            for (int k = 0; k < seen; k++) {
                int chunk = (int) order[k];
                project(chunks.firstVertex(chunk), chunks.endVertex(chunk));
                for (int i = chunks.firstTriangle(chunk); i < chunks.firstTriangle(chunk + 1); i++) {
                    triangle(i);
                }
            }
        }

        private float distance(Chunks chunks, int chunk) {
            Vector3 centre = new Vector3(chunks.ball(chunk, 0), chunks.ball(chunk, 1), chunks.ball(chunk, 2));
            return (float) Math.max(centre.distanceTo(view.eye) - chunks.ball(chunk, 3), 0);
        }

        private boolean mayBeSeen(Chunks chunks, int chunk) {
            Vector3 centre = view.camFromWorld.map(
                    new Vector3(chunks.ball(chunk, 0), chunks.ball(chunk, 1), chunks.ball(chunk, 2)));
            double radius = chunks.ball(chunk, 3);
            if (centre.z() + radius < NEAR) {
                return false;
            }
            Camera c = view.camera;
            Vector3 topLeft = c.ray(0, 0);
            Vector3 bottomRight = c.ray(c.size().width(), c.size().height());
            return inside(centre.x(), centre.z(), -topLeft.x(), radius)
                    && inside(-centre.x(), centre.z(), bottomRight.x(), radius)
                    && inside(centre.y(), centre.z(), -topLeft.y(), radius)
                    && inside(-centre.y(), centre.z(), bottomRight.y(), radius);
        }

        /** Whether a ball reaches the side of the plane on which {@code x + slope z >= 0}. */
        private static boolean inside(double x, double z, double slope, double radius) {
            return x + slope * z > -radius * Math.sqrt(1 + slope * slope);
        }

        private void project(int from, int to) {
            double[] p = mesh.positions();
            Camera camera = view.camera;
            firstVertex = from;
            for (int i = 0; i < to - from; i++) {
                double x = p[3 * (from + i)];
                double y = p[3 * (from + i) + 1];
                double z = p[3 * (from + i) + 2];
                double cx = m[0] * x + m[1] * y + m[2] * z + t.x();
                double cy = m[3] * x + m[4] * y + m[5] * z + t.y();
                double cz = m[6] * x + m[7] * y + m[8] * z + t.z();
                inCamera[3 * i] = cx;
                inCamera[3 * i + 1] = cy;
                inCamera[3 * i + 2] = cz;
                double inverse = 1 / cz;
                screen[2 * i] = DENSITY * (camera.focalX() * (cx * inverse) + camera.centreX());
                screen[2 * i + 1] = DENSITY * (camera.focalY() * (cy * inverse) + camera.centreY());
            }
        }

        private void triangle(int index) {
            int a = mesh.corner(index, 0) - firstVertex;
            int b = mesh.corner(index, 1) - firstVertex;
            int c = mesh.corner(index, 2) - firstVertex;
            double[] v = inCamera;
            double az = v[3 * a + 2];
            double bz = v[3 * b + 2];
            double cz = v[3 * c + 2];
            if (az < NEAR && bz < NEAR && cz < NEAR) {
                return;
            }
            boolean whole = az >= NEAR && bz >= NEAR && cz >= NEAR;
            if (whole && (isTurnedAway(a, b, c, index) || isBetweenSamples(a, b, c))) {
                return;
            }
            double ux = v[3 * b] - v[3 * a];
            double uy = v[3 * b + 1] - v[3 * a + 1];
            double uz = bz - az;
            double wx = v[3 * c] - v[3 * a];
            double wy = v[3 * c + 1] - v[3 * a + 1];
            double wz = cz - az;
            double nx = uy * wz - uz * wy;
            double ny = uz * wx - ux * wz;
            double nz = ux * wy - uy * wx;
            double offset = nx * v[3 * a] + ny * v[3 * a + 1] + nz * az;
            if (offset == 0 || (offset > 0 && !twoSided[mesh.material(index)])) {
                return;
            }
            Camera camera = view.camera;
            plane[0] = nx / (offset * camera.focalX() * DENSITY);
            plane[1] = ny / (offset * camera.focalY() * DENSITY);
            plane[2] = nz / offset - DENSITY * (plane[0] * camera.centreX() + plane[1] * camera.centreY());
            if (whole) {
                fill(a, b, c, index);
            } else {
                fillBeyondNear(a, b, c, index);
            }
        }

        /** Whether a triangle is seen from behind without any doubt; what is nearly edge-on is left to the exact test. */
        private boolean isTurnedAway(int a, int b, int c, int index) {
            double[] s = screen;
            double area = (s[2 * b] - s[2 * a]) * (s[2 * c + 1] - s[2 * a + 1])
                    - (s[2 * b + 1] - s[2 * a + 1]) * (s[2 * c] - s[2 * a]);
            return area > 1e-3 && !twoSided[mesh.material(index)];
        }

        private boolean isBetweenSamples(int a, int b, int c) {
            double[] s = screen;
            return Scanlines.isBetweenSamples(s[2 * a + 1], s[2 * b + 1], s[2 * c + 1], view.samples.rows)
                    || Scanlines.isBetweenSamples(s[2 * a], s[2 * b], s[2 * c], view.samples.columns);
        }

        private void fill(int a, int b, int c, int index) {
            corners[0] = screen[2 * a];
            corners[1] = screen[2 * a + 1];
            corners[2] = screen[2 * b];
            corners[3] = screen[2 * b + 1];
            corners[4] = screen[2 * c];
            corners[5] = screen[2 * c + 1];
            view.samples.fill(corners, plane, index);
        }

        /** The part of a triangle that is far enough from the camera: three or four corners. */
        private void fillBeyondNear(int a, int b, int c, int index) {
            int[] ring = {a, b, c};
            int n = 0;
            for (int i = 0; i < 3; i++) {
                int here = ring[i];
                int next = ring[(i + 1) % 3];
                boolean in = inCamera[3 * here + 2] >= NEAR;
                if (in) {
                    clipped[n++] = screen[2 * here];
                    clipped[n++] = screen[2 * here + 1];
                }
                if (in != inCamera[3 * next + 2] >= NEAR) {
                    // From the nearer end, whichever triangle asks.
                    cut(in ? next : here, in ? here : next, n);
                    n += 2;
                }
            }
            for (int i = 4; i < n; i += 2) {
                System.arraycopy(clipped, 0, corners, 0, 2);
                System.arraycopy(clipped, i - 2, corners, 2, 4);
                view.samples.fill(corners, plane, index);
            }
        }

        private void cut(int near, int far, int at) {
            double share = (NEAR - inCamera[3 * near + 2]) / (inCamera[3 * far + 2] - inCamera[3 * near + 2]);
            double x = inCamera[3 * near] + share * (inCamera[3 * far] - inCamera[3 * near]);
            double y = inCamera[3 * near + 1] + share * (inCamera[3 * far + 1] - inCamera[3 * near + 1]);
            clipped[at] = DENSITY * (view.camera.focalX() * x / NEAR + view.camera.centreX());
            clipped[at + 1] = DENSITY * (view.camera.focalY() * y / NEAR + view.camera.centreY());
        }
    }
}
