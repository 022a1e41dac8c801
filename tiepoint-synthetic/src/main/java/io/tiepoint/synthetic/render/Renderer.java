package io.tiepoint.synthetic.render;

/** Makes pictures of scenes. All renderers see the same geometry; they differ in how light behaves. */
public interface Renderer {
    /**
     * Takes a picture.
     *
     * @param visibility the scene, the camera and its place
     * @param lighting of the same scene
     */
    SceneView render(Visibility visibility, Lighting lighting);

    /** What it is, in words for a manifest. */
    String describe();
}
