package io.tiepoint.synthetic.blender;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tiepoint.core.geometry.Pose;
import io.tiepoint.core.geometry.Vector3;
import io.tiepoint.core.random.Seed;
import io.tiepoint.synthetic.gltf.GltfFiles;
import io.tiepoint.synthetic.render.Lighting;
import io.tiepoint.synthetic.render.Renderer;
import io.tiepoint.synthetic.render.Visibility;
import io.tiepoint.synthetic.scenes.Scene;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What Blender is asked to do: the scene as glTF, its light, and the views. */
final class BlenderJob {
    private static final int SKY_HEIGHT = 512;
    private static final int SKY_WIDTH = 2 * SKY_HEIGHT;

    /** Brightness of what faces a lamp a metre away, as in the embedded renderer. */
    private static final double LAMP_STRENGTH = 1.2;

    private final Path folder;
    private final Scene scene;
    private final List<Lighting> lightings = new ArrayList<>();
    private final ObjectNode root = new ObjectMapper().createObjectNode();

    private BlenderJob(Path folder, Scene scene) {
        this.folder = folder;
        this.scene = scene;
    }

    /** Writes the scene into a folder and says what to do with it. */
    static ObjectNode write(List<Renderer.Take> takes, BlenderOptions options, Path folder) throws IOException {
        BlenderJob job = new BlenderJob(folder, takes.get(0).visibility().scene());
        job.options(options);
        job.views(takes);
        job.lights();
        return job.root;
    }

    private void options(BlenderOptions options) {
        root.put("samples", options.samples())
                .put("bounces", options.bounces())
                .put("denoise", options.denoise())
                .put("threads", options.threads());
    }

    private void views(List<Renderer.Take> takes) throws IOException {
        List<Visibility> looks = takes.stream().map(Renderer.Take::visibility).toList();
        Path gltf = GltfFiles.write(scene, looks, takes.get(0).lighting().sun(), folder);
        root.put("gltf", gltf.getFileName().toString());
        ArrayNode views = root.putArray("views");
        for (Renderer.Take take : takes) {
            int light = lightings.indexOf(take.lighting());
            if (light < 0) {
                light = lightings.size();
                lightings.add(take.lighting());
            }
            views.addObject()
                    .put("light", light)
                    .put("seed", seed(take.visibility().camFromWorld()));
        }
    }

    /** Noise that differs between views, and is the same whenever a view is taken again. */
    private static int seed(Pose camFromWorld) {
        Seed seed = new Seed(0);
        for (double entry : camFromWorld.rotation()) {
            seed = seed.child("r", Double.doubleToLongBits(entry));
        }
        Vector3 eye = camFromWorld.eye();
        for (double entry : new double[] {eye.x(), eye.y(), eye.z()}) {
            seed = seed.child("t", Double.doubleToLongBits(entry));
        }
        return seed.draws().nextInt(1 << 30);
    }

    private void lights() throws IOException {
        ArrayNode lamps = root.putArray("lamps");
        for (Vector3 lamp : scene.climate().lamps()) {
            lamps.addArray().add(lamp.x()).add(lamp.y()).add(lamp.z());
        }
        root.put("lampStrength", LAMP_STRENGTH);
        ArrayNode lights = root.putArray("lights");
        for (int i = 0; i < lightings.size(); i++) {
            Lighting lighting = lightings.get(i);
            float[] sky = sky(lighting);
            String file = "sky-" + i + ".f32";
            write(sky, folder.resolve(file));
            Vector3 towards = lighting.sun().towards();
            ObjectNode light = lights.addObject();
            light.putArray("towards").add(towards.x()).add(towards.y()).add(towards.z());
            light.put("sunStrength", lighting.sun().strength())
                    .put("sky", file)
                    .put("skyWidth", SKY_WIDTH)
                    .put("skyHeight", SKY_HEIGHT)
                    .put("skyLight", scene.climate().ambient() * lighting.sun().sky() / levelBrightness(sky))
                    .put("hazeDensity", 1 / scene.climate().haze())
                    .put("hazeBrightness", lighting.haze());
        }
    }

    /** [H W] the sky's brightness by elevation, from the zenith, and azimuth, as Blender unrolls a sphere. */
    private static float[] sky(Lighting lighting) {
        float[] sky = new float[SKY_WIDTH * SKY_HEIGHT];
        for (int row = 0; row < SKY_HEIGHT; row++) {
            double elevation = Math.PI * (0.5 - (row + 0.5) / SKY_HEIGHT);
            double level = StrictMath.cos(elevation);
            double z = StrictMath.sin(elevation);
            for (int column = 0; column < SKY_WIDTH; column++) {
                double azimuth = 2 * Math.PI * (0.5 - (column + 0.5) / SKY_WIDTH);
                sky[row * SKY_WIDTH + column] =
                        lighting.sky(level * StrictMath.cos(azimuth), level * StrictMath.sin(azimuth), z);
            }
        }
        return sky;
    }

    /** Brightness of a level surface that returns all light, under nothing but the sky. */
    private static double levelBrightness(float[] sky) {
        double sum = 0;
        double all = 0;
        for (int row = 0; row < SKY_HEIGHT / 2; row++) {
            double elevation = Math.PI * (0.5 - (row + 0.5) / SKY_HEIGHT);
            double weight = StrictMath.sin(elevation) * StrictMath.cos(elevation);
            for (int column = 0; column < SKY_WIDTH; column++) {
                sum += weight * sky[row * SKY_WIDTH + column];
                all += weight;
            }
        }
        return Math.max(sum / all, 1e-3);
    }

    private static void write(float[] values, Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        Path ignored = Files.write(file, bytes.array());
    }
}
