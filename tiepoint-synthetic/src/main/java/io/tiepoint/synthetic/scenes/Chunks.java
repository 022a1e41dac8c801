package io.tiepoint.synthetic.scenes;

/** Runs of triangles that were built one after the other, and so lie together, each in a ball. */
public final class Chunks {
    private static final int TRIANGLES = 160;

    private final int[] firstTriangle;
    private final int[] firstVertex;
    private final int[] endVertex;
    private final double[] balls;

    private Chunks(int count) {
        firstTriangle = new int[count + 1];
        firstVertex = new int[count];
        endVertex = new int[count];
        balls = new double[4 * count];
    }

    static Chunks of(Mesh mesh) {
        int count = (mesh.triangles() + TRIANGLES - 1) / TRIANGLES;
        Chunks chunks = new Chunks(count);
        for (int i = 0; i < count; i++) {
            chunks.firstTriangle[i] = i * TRIANGLES;
            int end = Math.min((i + 1) * TRIANGLES, mesh.triangles());
            int low = Integer.MAX_VALUE;
            int high = -1;
            for (int c = 3 * i * TRIANGLES; c < 3 * end; c++) {
                low = Math.min(low, mesh.corners()[c]);
                high = Math.max(high, mesh.corners()[c]);
            }
            chunks.firstVertex[i] = low;
            chunks.endVertex[i] = high + 1;
            chunks.ball(mesh, i, 3 * i * TRIANGLES, 3 * end);
        }
        chunks.firstTriangle[count] = mesh.triangles();
        return chunks;
    }

    /** About the middle of the corners' box. */
    private void ball(Mesh mesh, int chunk, int from, int to) {
        double[] p = mesh.positions();
        double[] min = {Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY};
        double[] max = {Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY};
        for (int c = from; c < to; c++) {
            for (int axis = 0; axis < 3; axis++) {
                double value = p[3 * mesh.corners()[c] + axis];
                min[axis] = Math.min(min[axis], value);
                max[axis] = Math.max(max[axis], value);
            }
        }
        double squared = 0;
        for (int axis = 0; axis < 3; axis++) {
            balls[4 * chunk + axis] = (min[axis] + max[axis]) / 2;
            squared += (max[axis] - min[axis]) * (max[axis] - min[axis]) / 4;
        }
        balls[4 * chunk + 3] = Math.sqrt(squared);
    }

    /** Number of chunks. */
    public int count() {
        return firstVertex.length;
    }

    /** The first triangle of a chunk; of the chunk after the last one, the number of triangles. */
    public int firstTriangle(int chunk) {
        return firstTriangle[chunk];
    }

    /** The first vertex that a chunk uses. */
    public int firstVertex(int chunk) {
        return firstVertex[chunk];
    }

    /** The vertex after the last one that a chunk uses. */
    public int endVertex(int chunk) {
        return endVertex[chunk];
    }

    /** A chunk's ball: x, y, z of its centre for axis 0 to 2, its radius for 3; m. */
    public double ball(int chunk, int axis) {
        return balls[4 * chunk + axis];
    }
}
