package io.tiepoint.app.synth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tiepoint.app.synth.SceneOptions.Layer;
import io.tiepoint.core.geometry.Camera;
import io.tiepoint.core.geometry.PixelFrame;
import io.tiepoint.core.geometry.Pose;
import io.tiepoint.core.image.DepthMap;
import io.tiepoint.core.random.Seed;
import io.tiepoint.core.truth.DepthTruth;
import io.tiepoint.core.truth.DepthView;
import io.tiepoint.core.truth.TwoViewTruth;
import io.tiepoint.interop.dataset.DataSample;
import io.tiepoint.interop.npy.NpyArray;
import io.tiepoint.interop.npy.NpzArchive;
import io.tiepoint.synthetic.gltf.GltfFiles;
import io.tiepoint.synthetic.holes.Holes;
import io.tiepoint.synthetic.pairs.ScenePair;
import io.tiepoint.synthetic.pairs.ScenePairs;
import io.tiepoint.synthetic.preview.ContactSheet;
import io.tiepoint.synthetic.render.SceneTruth;
import io.tiepoint.synthetic.render.SceneView;
import io.tiepoint.synthetic.render.Visibility;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Two or more views of a three-dimensional scene, with cameras, depth, normals, objects and their truth. */
public final class SceneSet implements SyntheticSet {
    /** The ending of the cameras' files. */
    public static final String CAMERAS = "cameras.npz";
    /** The ending of the scenes' files. */
    public static final String SCENE = "scene.glb";

    private final ScenePairs pairs;
    private final ObjectNode recipe;
    private final ImageEncoding encoding;
    private final SceneOptions options;
    private final TruthFiles truth;
    private final Seed seed;

    /**
     * Takes pairs, or walks.
     *
     * @param recipe how they are made
     * @param options what is written of the views
     * @param truth what is written of their truth
     * @param seed of the holes
     */
    public SceneSet(
            ScenePairs pairs,
            JsonNode recipe,
            ImageEncoding encoding,
            SceneOptions options,
            TruthFiles truth,
            Seed seed) {
        this.pairs = pairs;
        this.encoding = encoding;
        this.options = options;
        this.truth = truth;
        this.seed = seed;
        this.recipe = JsonNodeFactory.instance.objectNode();
        this.recipe.put("encoding", encoding.name()).put("views", options.views());
        truth.addTo(this.recipe);
        this.recipe.set("maps", names(options.maps()));
        this.recipe.put("gltf", options.gltf());
        ObjectNode holes = this.recipe.putObject("holes");
        new TreeMap<>(options.holes().strengths()).forEach((policy, strength) -> holes.put(policy.name(), strength));
        this.recipe.set("scenes", recipe);
    }

    private static JsonNode names(Iterable<Layer> maps) {
        List<String> names = new ArrayList<>();
        maps.forEach(map -> names.add(map.name()));
        var array = JsonNodeFactory.instance.arrayNode();
        names.stream().sorted().forEach(array::add);
        return array;
    }

    @Override
    public String kind() {
        return "scenes";
    }

    @Override
    public JsonNode recipe() {
        return recipe;
    }

    @Override
    public Map<String, String> fields() {
        Map<String, String> fields = new LinkedHashMap<>();
        for (int view = 0; view < options.views(); view++) {
            fields.put("view" + view + "." + encoding.extension(), "view " + view + ", 8 bits of grey");
            addMaps(fields, view);
        }
        fields.put(
                CAMERAS,
                "K [V 3 3] float64, px, of each view; cam_from_world [V 4 4] float64: x_cam = R x_world + t, m; the"
                        + " world's z points upwards, a camera's x to the right, y downwards, z forwards");
        fields.putAll(truth.fields(options.views(), TruthFiles.EXACT));
        if (options.hasHoles()) {
            fields.putAll(truth.fields(options.views(), TruthFiles.HOLED));
        }
        if (options.gltf()) {
            fields.put(
                    SCENE,
                    "the scene as binary glTF 2.0 with the cameras of this sample; only in the first of "
                            + pairs.pairsPerScene() + " samples that show it");
        }
        fields.put("json", "index, geometry, scene (its number), place (its kind), overlap of two views, pixel_frame");
        return fields;
    }

    private void addMaps(Map<String, String> fields, int view) {
        String of = " of view " + view;
        if (options.maps().contains(Layer.DEPTH)) {
            fields.put(
                    "depth" + view + ".npy",
                    "[H W] float32, m: z at the pixels' centres" + of + ", complete; inf: sky");
        }
        if (options.hasHoles()) {
            fields.put("holed" + view + ".npy", "[H W] float32, m: the same depth with holes; 0: hole, inf: sky");
        }
        if (options.maps().contains(Layer.NORMALS)) {
            fields.put(
                    "normals" + view + ".npy",
                    "[H W 3] float32: the surface's normal at the pixels' centres" + of
                            + ", in the camera's frame, towards the camera; 0, 0, 0: sky");
        }
        if (options.maps().contains(Layer.OBJECTS)) {
            fields.put("objects" + view + ".npy", "[H W] int32: the object at the pixels' centres" + of + "; 0: sky");
        }
    }

    /** Views of one scene; overlap is NaN where it is not known. */
    private record Shown(List<SceneView> views, double overlap) {}

    private Shown show(long index) {
        if (options.views() == 2) {
            ScenePair pair = pairs.pair(index);
            return new Shown(List.of(pair.view0(), pair.view1()), pair.overlap());
        }
        return new Shown(pairs.path(index, options.views()), Double.NaN);
    }

    private List<DepthMap> punched(List<SceneView> views, long index) {
        List<DepthMap> punched = new ArrayList<>();
        if (options.hasHoles()) {
            Seed holes = seed.child("holes", index);
            for (SceneView view : views) {
                punched.add(Holes.punch(view, options.holes(), holes.child("view", punched.size())));
            }
        }
        return punched;
    }

    @Override
    public DataSample sample(long index) {
        Shown shown = show(index);
        List<SceneView> views = shown.views;
        List<DepthMap> holed = punched(views, index);
        DataSample sample = new DataSample(SyntheticSet.key(index))
                .with("json", about(shown, index).toString().getBytes(StandardCharsets.UTF_8))
                .with(CAMERAS, cameras(views));
        if (options.gltf() && index % pairs.pairsPerScene() == 0) {
            List<Visibility> cameras = views.stream().map(SceneView::visibility).toList();
            sample = sample.with(
                    SCENE, GltfFiles.binary(cameras.get(0).scene(), cameras, pairs.sun(pairs.scene(index))));
        }
        for (int i = 0; i < views.size(); i++) {
            sample = withMaps(sample, views.get(i), i);
            if (options.hasHoles()) {
                sample = sample.with("holed" + i + ".npy", file(holed.get(i)));
            }
        }
        for (int i = 0; i + 1 < views.size(); i++) {
            SceneView view0 = views.get(i);
            SceneView view1 = views.get(i + 1);
            Map<String, TwoViewTruth> truths = new LinkedHashMap<>();
            truths.put(TruthFiles.EXACT, new SceneTruth(view0.visibility(), view1.visibility()));
            if (options.hasHoles()) {
                truths.put(
                        TruthFiles.HOLED,
                        new DepthTruth(
                                new DepthView(view0.camera(), view0.camFromWorld(), holed.get(i)),
                                new DepthView(view1.camera(), view1.camFromWorld(), holed.get(i + 1)),
                                DepthTruth.EXACT));
            }
            sample = truth.addTo(sample, index, new TruthFiles.Views(i, view0.image(), view1.image()), truths);
        }
        return sample;
    }

    private ObjectNode about(Shown shown, long index) {
        ObjectNode about = JsonNodeFactory.instance.objectNode();
        about.put("index", index);
        about.put("geometry", "scene");
        about.put("scene", pairs.scene(index));
        about.put("place", shown.views.get(0).visibility().scene().kind().name().toLowerCase(Locale.ROOT));
        if (!Double.isNaN(shown.overlap)) {
            // The digits of a double depend on the version of Java.
            about.put("overlap", BigDecimal.valueOf(Math.round(shown.overlap * 1e4), 4));
        }
        return about.put("pixel_frame", PixelFrame.CORNER.name());
    }

    private DataSample withMaps(DataSample sample, SceneView view, int number) {
        int height = view.image().height();
        int width = view.image().width();
        DataSample all = sample.with("view" + number + "." + encoding.extension(), encoding.encode(view.image()));
        if (options.maps().contains(Layer.DEPTH)) {
            all = all.with("depth" + number + ".npy", file(view.depth()));
        }
        if (options.maps().contains(Layer.NORMALS)) {
            all = all.with(
                    "normals" + number + ".npy",
                    NpyArray.ofFloats(view.normals(), height, width, 3).toFile());
        }
        if (options.maps().contains(Layer.OBJECTS)) {
            all = all.with(
                    "objects" + number + ".npy",
                    NpyArray.ofInts(view.objectIds(), height, width).toFile());
        }
        return all;
    }

    private static byte[] file(DepthMap depth) {
        return NpyArray.ofFloats(depth.depths(), depth.height(), depth.width()).toFile();
    }

    private static byte[] cameras(List<SceneView> views) {
        double[] k = new double[9 * views.size()];
        double[] camFromWorld = new double[16 * views.size()];
        for (int i = 0; i < views.size(); i++) {
            Camera camera = views.get(i).camera();
            double[] matrix = {camera.focalX(), 0, camera.centreX(), 0, camera.focalY(), camera.centreY(), 0, 0, 1};
            System.arraycopy(matrix, 0, k, 9 * i, 9);
            Pose pose = views.get(i).camFromWorld();
            double[] t = {
                pose.translation().x(),
                pose.translation().y(),
                pose.translation().z()
            };
            for (int row = 0; row < 3; row++) {
                for (int column = 0; column < 3; column++) {
                    camFromWorld[16 * i + 4 * row + column] = pose.rotation(row, column);
                }
                camFromWorld[16 * i + 4 * row + 3] = t[row];
            }
            camFromWorld[16 * i + 15] = 1;
        }
        return NpzArchive.write(Map.of(
                "K", NpyArray.ofDoubles(k, views.size(), 3, 3),
                "cam_from_world", NpyArray.ofDoubles(camFromWorld, views.size(), 4, 4)));
    }

    @Override
    public int samplesAlike() {
        return pairs.pairsPerScene();
    }

    @Override
    public int imagesInPreview() {
        return options.views() + 2 + (options.hasHoles() ? 1 : 0);
    }

    @Override
    public void preview(ContactSheet sheet, long index) {
        List<SceneView> views = show(index).views;
        List<TwoViewTruth> truths = new ArrayList<>();
        for (SceneView view : views.subList(1, views.size())) {
            truths.add(new SceneTruth(views.get(0).visibility(), view.visibility()));
        }
        sheet.add(views.stream().map(SceneView::image).toList(), truths);
        sheet.add(views.get(0).depth());
        for (DepthMap holed : punched(views.subList(0, 1), index)) {
            sheet.add(holed);
        }
        sheet.add(views.get(0).image(), views.get(0).objectIds());
    }
}
