package io.tiepoint.synthetic.blender;

import io.tiepoint.core.image.DepthMap;
import io.tiepoint.core.image.ImageSize;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What Blender itself says of a view's pixels. All but the brightness are of the ray through each pixel's centre. Its arrays are for
 * loops over everything: never write to them.
 */
public final class BlenderPasses {
    private final float[] brightness;
    private final DepthMap depth;
    private final float[] normals;
    private final float[] positions;
    private final int[] objectIds;

    private BlenderPasses(float[] brightness, DepthMap depth, float[] normals, float[] positions, int[] objectIds) {
        this.brightness = brightness;
        this.depth = depth;
        this.normals = normals;
        this.positions = positions;
        this.objectIds = objectIds;
    }

    /**
     * Reads what a run has left of one view.
     *
     * @throws IOException if something is missing
     */
    static BlenderPasses read(Path folder, int view, ImageSize size) throws IOException {
        int pixels = size.width() * size.height();
        float[] depths = floats(folder.resolve("depth-" + view + ".f32"), pixels);
        float[] objects = floats(folder.resolve("object-" + view + ".f32"), pixels);
        int[] ids = new int[pixels];
        for (int i = 0; i < pixels; i++) {
            ids[i] = Math.round(objects[i]);
        }
        return new BlenderPasses(
                floats(folder.resolve("brightness-" + view + ".f32"), pixels),
                DepthMap.wrap(size.width(), size.height(), depths),
                floats(folder.resolve("normal-" + view + ".f32"), 3 * pixels),
                floats(folder.resolve("position-" + view + ".f32"), 3 * pixels),
                ids);
    }

    private static float[] floats(Path file, int count) throws IOException {
        if (!Files.isRegularFile(file) || Files.size(file) != (long) Float.BYTES * count) {
            throw new IOException("blender: expected " + count + " values in " + file.getFileName() + ", found "
                    + (Files.exists(file) ? Files.size(file) / Float.BYTES + " values" : "no such file")
                    + "; is there room left in the folder for temporary files?");
        }
        float[] values = new float[count];
        ByteBuffer.wrap(Files.readAllBytes(file))
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(values);
        return values;
    }

    /** [H W] linear, before any camera's exposure. */
    public float[] brightness() {
        return brightness;
    }

    /** z, m; the sky where there is nothing. */
    public DepthMap depth() {
        return depth;
    }

    /** [H W 3] x, y, z of the triangles' normals, of length 1, in the world's frame, towards the camera; 0, 0, 0 for the sky. */
    public float[] normals() {
        return normals;
    }

    /** [H W 3] x, y, z of what is seen, in the world's frame, m; 0, 0, 0 for the sky. */
    public float[] positions() {
        return positions;
    }

    /** [H W] the object, from 1; 0 for the sky. */
    public int[] objectIds() {
        return objectIds;
    }

    /** Width and height. */
    ImageSize size() {
        return depth.size();
    }
}
