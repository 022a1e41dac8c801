package io.tiepoint.synthetic.blender;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tiepoint.core.check.Check;
import io.tiepoint.core.image.DepthMap;
import io.tiepoint.core.image.GrayImage;
import io.tiepoint.core.image.ImageSize;
import io.tiepoint.synthetic.render.EmbeddedRenderer;
import io.tiepoint.synthetic.render.Lighting;
import io.tiepoint.synthetic.render.Renderer;
import io.tiepoint.synthetic.render.SceneView;
import io.tiepoint.synthetic.render.Visibility;
import io.tiepoint.synthetic.scenes.Scene;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Renders with Blender's Cycles: light that is mirrored, scattered and returned, soft shadows. Each call starts Blender once, so
 * that several takes at a time are cheaper. The geometry of a view is the exact one; what Blender saw is compared with it, and a
 * view in which the two do not agree is an error. On one machine a view is the same every time; another version of Blender or
 * another processor may change last bits of the picture, never the geometry.
 *
 * <p>Safe for use by several threads, of which one renders at a time: a Blender has as many threads of its own as the options say.
 * What goes wrong is an {@link UncheckedIOException} whose cause says what to do.
 */
public final class BlenderRenderer implements Renderer {
    private final BlenderProgram program;
    private final BlenderOptions options;
    private final EmbeddedRenderer camera;
    private final ReentrantLock turn = new ReentrantLock();

    /** Renders with a Blender that is there; it is started with the first view. */
    public BlenderRenderer(BlenderProgram program, BlenderOptions options) {
        this.program = program;
        this.options = options;
        camera = new EmbeddedRenderer(options.exposure());
    }

    @Override
    public SceneView render(Visibility visibility, Lighting lighting) {
        return render(List.of(new Take(visibility, lighting))).get(0);
    }

    @Override
    public List<SceneView> render(List<Take> takes) {
        try {
            List<BlenderPasses> passes = passes(takes);
            List<SceneView> views = new ArrayList<>();
            for (int i = 0; i < takes.size(); i++) {
                Visibility visibility = takes.get(i).visibility();
                BlenderAgreement agreement = BlenderAgreement.of(visibility, passes.get(i));
                if (!agreement.isGood()) {
                    throw new IOException(program.file() + ": expected Blender to see the same as the truth, found "
                            + agreement + "; please report this with the version of Blender");
                }
                views.add(view(visibility, passes.get(i)));
            }
            return List.copyOf(views);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private SceneView view(Visibility visibility, BlenderPasses passes) {
        ImageSize size = visibility.camera().size();
        float[] depths = new float[size.width() * size.height()];
        for (int i = 0; i < depths.length; i++) {
            depths[i] = (float) visibility.depth(i % size.width(), i / size.width());
        }
        GrayImage image = camera.developed(size.width(), size.height(), passes.brightness());
        return new SceneView(visibility, image, DepthMap.wrap(size.width(), size.height(), depths));
    }

    /**
     * What Blender itself says of some views of one scene, without comparing it with anything.
     *
     * @throws IOException if Blender fails, or takes too long
     */
    public List<BlenderPasses> passes(List<Take> takes) throws IOException {
        if (takes.isEmpty()) {
            return List.of();
        }
        Scene scene = takes.get(0).visibility().scene();
        for (Take take : takes) {
            Check.that(
                    take.visibility().scene() == scene && take.lighting().scene() == scene,
                    "takes: expected of one scene, found several");
        }
        try {
            turn.lockInterruptibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("blender: interrupted before it was started", e);
        }
        try (BlenderRun run = new BlenderRun(program)) {
            ObjectNode job = BlenderJob.write(takes, options, run.folder());
            BlenderReport ignored = program.render(run, job, options.threads(), options.limitS());
            List<BlenderPasses> passes = new ArrayList<>();
            for (int i = 0; i < takes.size(); i++) {
                passes.add(BlenderPasses.read(
                        run.folder(), i, takes.get(i).visibility().camera().size()));
            }
            return List.copyOf(passes);
        } finally {
            turn.unlock();
        }
    }

    @Override
    public String describe() {
        return "blender, " + options.samples() + " samples";
    }
}
