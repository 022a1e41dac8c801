package io.tiepoint.synthetic.render;

import io.tiepoint.core.check.Check;
import io.tiepoint.core.geometry.Camera;
import io.tiepoint.core.geometry.Pose;
import io.tiepoint.core.geometry.Vector3;
import io.tiepoint.core.image.DepthMap;
import io.tiepoint.core.image.GrayImage;
import io.tiepoint.core.truth.DepthView;
import io.tiepoint.synthetic.scenes.Mesh;

/** A picture of a scene with everything that is known of its pixels. */
public final class SceneView {
    private final Visibility visibility;
    private final GrayImage image;
    private final DepthMap depth;

    /**
     * Puts together what a renderer made.
     *
     * @param depth z at the pixels' centres, m
     */
    public SceneView(Visibility visibility, GrayImage image, DepthMap depth) {
        Check.that(
                image.size().equals(visibility.camera().size()),
                "image: expected the camera's size %s, found %s",
                visibility.camera().size(),
                image.size());
        this.visibility = visibility;
        this.image = image;
        this.depth = depth;
    }

    /** The same view with another picture: of other light, or of another sensor. */
    public SceneView withImage(GrayImage newImage) {
        return new SceneView(visibility, newImage, depth);
    }

    /** The picture, in [0, 1]. */
    public GrayImage image() {
        return image;
    }

    /** z at the pixels' centres, m; complete: only the sky has none. */
    public DepthMap depth() {
        return depth;
    }

    /** The lens. */
    public Camera camera() {
        return visibility.camera();
    }

    /** Where the camera was. */
    public Pose camFromWorld() {
        return visibility.camFromWorld();
    }

    /** Camera, place and depth. */
    public DepthView depthView() {
        return new DepthView(camera(), camFromWorld(), depth);
    }

    /** Which triangles are seen. */
    public Visibility visibility() {
        return visibility;
    }

    /** [H W] the object at each pixel's centre, from 1; 0 for the sky. */
    public int[] objectIds() {
        Mesh mesh = visibility.scene().mesh();
        int[] ids = new int[image.width() * image.height()];
        for (int i = 0; i < ids.length; i++) {
            int triangle = triangle(i);
            ids[i] = triangle < 0 ? 0 : mesh.object(triangle);
        }
        return ids;
    }

    /**
     * [H W 3] x, y, z of the surface's normal at each pixel's centre, of length 1, in the camera's frame, towards the camera; 0,
     * 0, 0 for the sky. Of the triangle, not smoothed.
     */
    public float[] normals() {
        float[] normals = new float[3 * image.width() * image.height()];
        int last = Scanlines.NOTHING;
        Vector3 normal = Vector3.ZERO;
        for (int i = 0; i < normals.length / 3; i++) {
            int triangle = triangle(i);
            if (triangle < 0) {
                continue;
            }
            if (triangle != last) {
                last = triangle;
                normal = camFromWorld().rotate(visibility.scene().mesh().faceNormal(triangle));
            }
            int row = i / image.width();
            Vector3 ray = camera().ray(i % image.width() + 0.5, row + 0.5);
            double sign = normal.dot(ray) > 0 ? -1 : 1;
            normals[3 * i] = (float) (sign * normal.x());
            normals[3 * i + 1] = (float) (sign * normal.y());
            normals[3 * i + 2] = (float) (sign * normal.z());
        }
        return normals;
    }

    private int triangle(int pixel) {
        int column = pixel % image.width();
        int row = pixel / image.width();
        return visibility.triangle(Visibility.DENSITY * column + 1, Visibility.DENSITY * row + 1);
    }
}
