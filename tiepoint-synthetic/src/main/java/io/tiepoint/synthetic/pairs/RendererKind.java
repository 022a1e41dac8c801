package io.tiepoint.synthetic.pairs;

import io.tiepoint.synthetic.blender.BlenderOptions;
import io.tiepoint.synthetic.blender.BlenderProgram;
import io.tiepoint.synthetic.blender.BlenderRenderer;
import io.tiepoint.synthetic.render.EmbeddedRenderer;
import io.tiepoint.synthetic.render.Renderer;
import java.io.IOException;

/** The renderers by name, for whoever lets a user choose: {@code new ScenePairs(recipe, size, seed, kind.open())}. */
public enum RendererKind {
    /** In pure Java: fast, and the same bits on every machine. */
    EMBEDDED,
    /** Blender, which must be installed: path-traced light. */
    BLENDER;

    /** Mean brightness that cameras aim at. */
    private static final double EXPOSURE = 0.3;

    /**
     * Opens the renderer.
     *
     * @throws IOException if it is not on this machine; the message says how to get it
     */
    public Renderer open() throws IOException {
        return switch (this) {
            case EMBEDDED -> new EmbeddedRenderer(EXPOSURE);
            case BLENDER -> new BlenderRenderer(BlenderProgram.find(), BlenderOptions.DEFAULT);
        };
    }
}
