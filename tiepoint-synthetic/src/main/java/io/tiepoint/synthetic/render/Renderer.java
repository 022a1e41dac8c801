package io.tiepoint.synthetic.render;

import java.util.List;

/** Makes pictures of scenes. All renderers see the same geometry; they differ in how light behaves. */
public interface Renderer {
    /**
     * Takes a picture.
     *
     * @param visibility the scene, the camera and its place
     * @param lighting of the same scene
     */
    SceneView render(Visibility visibility, Lighting lighting);

    /**
     * Takes several pictures of one scene, which may take less time than one after the other.
     *
     * @return in the same order
     */
    default List<SceneView> render(List<Take> takes) {
        return takes.stream()
                .map(take -> render(take.visibility(), take.lighting()))
                .toList();
    }

    /** What it is, in words for a manifest. */
    String describe();

    /**
     * A picture to take.
     *
     * @param visibility the scene, the camera and its place
     * @param lighting of the same scene
     */
    record Take(Visibility visibility, Lighting lighting) {}
}
