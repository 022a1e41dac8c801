package io.tiepoint.synthetic.gltf;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tiepoint.core.check.Check;
import io.tiepoint.core.geometry.Camera;
import io.tiepoint.core.geometry.Pose;
import io.tiepoint.core.geometry.Vector3;
import io.tiepoint.core.image.ColorImage;
import io.tiepoint.core.image.ImageFiles;
import io.tiepoint.core.image.PngEncoder;
import io.tiepoint.synthetic.render.Sun;
import io.tiepoint.synthetic.render.Visibility;
import io.tiepoint.synthetic.scenes.Finish;
import io.tiepoint.synthetic.scenes.Material;
import io.tiepoint.synthetic.scenes.Mesh;
import io.tiepoint.synthetic.scenes.Scene;
import io.tiepoint.synthetic.scenes.Texture;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;

/**
 * Writes a scene as glTF 2.0: {@code scene.gltf}, {@code scene.bin} and one picture for each material. The world stays as it is,
 * with z upwards, below a root node that turns it to glTF's y; cameras are nodes of it. Positions are float32. What glTF has no
 * words for is in {@code extras}: the exact lens of a camera; the finish of a material and the textures that it is made of, of which
 * glTF sees the first only. The second texture coordinates are none: u is the number of the object.
 *
 * @see <a href="https://registry.khronos.org/glTF/specs/2.0/glTF-2.0.html">glTF 2.0 specification</a>
 */
public final class GltfFiles {
    private static final int FLOAT = 5126;
    private static final int UNSIGNED_INT = 5125;
    private static final int ARRAY_BUFFER = 34962;
    private static final int ELEMENT_ARRAY_BUFFER = 34963;
    private static final int GLB = 0x46546c67;
    private static final int GLB_JSON = 0x4e4f534a;
    private static final int GLB_BINARY = 0x004e4942;

    /** What is nearer to a camera is not seen; m. */
    private static final double NEAR = 0.02;

    /** No texture goes beyond: their tails are cut at so many standard deviations. */
    private static final double TEXTURE_RANGE = 2.5;

    private static final int SRGB_STEPS = 1 << 13;
    private static final double[] SRGB = new double[SRGB_STEPS + 1];

    static {
        for (int i = 0; i <= SRGB_STEPS; i++) {
            double linear = i / (double) SRGB_STEPS;
            SRGB[i] = linear <= 0.0031308 ? 12.92 * linear : 1.055 * StrictMath.pow(linear, 1 / 2.4) - 0.055;
        }
    }

    private final Scene scene;
    private final ObjectMapper json = new ObjectMapper();
    private final ObjectNode root = json.createObjectNode();
    private final Map<Integer, int[]> trianglesByMaterial;
    private final ByteBuffer buffer;
    private final Map<Texture, Integer> textures = new LinkedHashMap<>();

    private GltfFiles(Scene scene) {
        this.scene = scene;
        trianglesByMaterial = byMaterial(scene.mesh());
        Mesh mesh = scene.mesh();
        // Texture coordinates differ by material, so that each has vertices of its own.
        buffer = ByteBuffer.allocate(mesh.triangles() * 3 * (3 + 3 + 2 + 2 + 1) * 4)
                .order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Writes a scene with the cameras that look at it.
     *
     * @param views cameras; their order is that of the nodes {@code view 0}, {@code view 1}, ...
     * @param folder where to; made if it is missing
     * @return {@code scene.gltf}, which is written last
     */
    public static Path write(Scene scene, List<Visibility> views, Sun sun, Path folder) throws IOException {
        for (Visibility view : views) {
            Check.that(view.scene() == scene, "views: expected of the same scene, found another one's");
        }
        Path made = Files.createDirectories(folder);
        GltfFiles files = new GltfFiles(scene);
        files.build(views, sun);
        files.pictures(made);
        replace(made.resolve("scene.bin"), files.buffer.array());
        Path file = made.resolve("scene.gltf");
        replace(file, files.json.writerWithDefaultPrettyPrinter().writeValueAsBytes(files.root));
        return file;
    }

    /**
     * The same in one file, {@code .glb}, without any other beside it. The same bytes on every machine.
     *
     * @param views cameras; their order is that of the nodes {@code view 0}, {@code view 1}, ...
     */
    public static byte[] binary(Scene scene, List<Visibility> views, Sun sun) {
        GltfFiles files = new GltfFiles(scene);
        files.build(views, sun);
        return files.packed();
    }

    /** Behind the geometry come the pictures. */
    private byte[] packed() {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        data.writeBytes(buffer.array());
        ArrayNode bufferViews = root.withArray("bufferViews");
        for (int i = 0; i < scene.materials().size(); i++) {
            byte[] picture = PngEncoder.encode(picture(scene.materials().get(i)).toGray());
            ObjectNode image = (ObjectNode) root.withArray("images").get(i);
            image.removeAll();
            image.put("bufferView", bufferViews.size()).put("mimeType", "image/png");
            bufferViews
                    .addObject()
                    .put("buffer", 0)
                    .put("byteOffset", data.size())
                    .put("byteLength", picture.length);
            data.writeBytes(picture);
            data.writeBytes(new byte[padding(data.size())]);
        }
        root.withArray("buffers").removeAll().addObject().put("byteLength", data.size());
        byte[] text;
        try {
            // Java's own digits of a number depend on its version.
            text = JsonMapper.builder()
                    .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
                    .build()
                    .writeValueAsBytes(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree can always be written", e);
        }
        int textBytes = text.length + padding(text.length);
        ByteBuffer file =
                ByteBuffer.allocate(12 + 8 + textBytes + 8 + data.size()).order(ByteOrder.LITTLE_ENDIAN);
        file.putInt(GLB).putInt(2).putInt(file.capacity());
        file.putInt(textBytes).putInt(GLB_JSON).put(text);
        for (int i = text.length; i < textBytes; i++) {
            file.put((byte) ' ');
        }
        return file.putInt(data.size())
                .putInt(GLB_BINARY)
                .put(data.toByteArray())
                .array();
    }

    /** Parts begin at multiples of four bytes. */
    private static int padding(int bytes) {
        return -bytes & 3;
    }

    private static void replace(Path file, byte[] bytes) throws IOException {
        Path temporary = file.resolveSibling("." + file.getFileName() + ".tmp");
        Path written = Files.write(temporary, bytes);
        Path moved = Files.move(written, file, StandardCopyOption.REPLACE_EXISTING);
        Check.that(moved.equals(file), "file: expected %s, found %s", file, moved);
    }

    private static Map<Integer, int[]> byMaterial(Mesh mesh) {
        Map<Integer, Integer> counts = new LinkedHashMap<>();
        for (int t = 0; t < mesh.triangles(); t++) {
            int sum = counts.getOrDefault(mesh.material(t), 0) + 1;
            counts.put(mesh.material(t), sum);
        }
        Map<Integer, int[]> triangles = new LinkedHashMap<>();
        counts.forEach((material, count) -> triangles.put(material, new int[count]));
        Map<Integer, Integer> filled = new LinkedHashMap<>();
        for (int t = 0; t < mesh.triangles(); t++) {
            int next = filled.getOrDefault(mesh.material(t), 0);
            int[] list = triangles.getOrDefault(mesh.material(t), new int[0]);
            list[next] = t;
            filled.put(mesh.material(t), next + 1);
        }
        return triangles;
    }

    private void build(List<Visibility> views, Sun sun) {
        root.putObject("asset").put("version", "2.0").put("generator", "Tiepoint");
        root.putArray("extensionsUsed").add("KHR_lights_punctual");
        root.put("scene", 0);
        root.putArray("scenes").addObject().putArray("nodes").add(0);
        ArrayNode nodes = root.putArray("nodes");
        ObjectNode world = nodes.addObject().put("name", "world");
        // A quarter turn about x takes z upwards to y upwards.
        world.putArray("rotation").add(-Math.sqrt(0.5)).add(0).add(0).add(Math.sqrt(0.5));
        ArrayNode children = world.putArray("children");
        nodes.addObject().put("name", scene.kind().name()).put("mesh", 0);
        children.add(1);
        light(nodes.addObject(), sun);
        children.add(2);
        ArrayNode cameras = views.isEmpty() ? json.createArrayNode() : root.putArray("cameras");
        for (int i = 0; i < views.size(); i++) {
            ObjectNode node = nodes.addObject().put("name", "view " + i).put("camera", i);
            camera(cameras.addObject().put("name", "view " + i), views.get(i).camera());
            matrix(node, views.get(i).camFromWorld());
            children.add(3 + i);
        }
        geometry();
        materials();
    }

    private void light(ObjectNode node, Sun sun) {
        node.put("name", "sun");
        node.putObject("extensions").putObject("KHR_lights_punctual").put("light", 0);
        ObjectNode light = root.putObject("extensions")
                .putObject("KHR_lights_punctual")
                .putArray("lights")
                .addObject();
        light.put("type", "directional").put("name", "sun").put("intensity", sun.strength());
        // A light shines along its node's negative z, as a camera looks.
        matrix(node, Pose.lookAt(sun.towards().times(100), Vector3.ZERO, 0));
    }

    /** glTF's cameras look along negative z, with y upwards, through the middle of their image. */
    private static void matrix(ObjectNode node, Pose camFromWorld) {
        Vector3 eye = camFromWorld.eye();
        ArrayNode matrix = node.putArray("matrix");
        for (int column = 0; column < 3; column++) {
            double sign = column == 0 ? 1 : -1;
            for (int row = 0; row < 3; row++) {
                matrix.add(sign * camFromWorld.rotation(column, row));
            }
            matrix.add(0);
        }
        matrix.add(eye.x()).add(eye.y()).add(eye.z()).add(1);
    }

    private static void camera(ObjectNode node, Camera camera) {
        double height = camera.size().height();
        ObjectNode perspective = node.put("type", "perspective").putObject("perspective");
        perspective.put("yfov", 2 * StrictMath.atan(0.5 * height / camera.focalY()));
        perspective.put("aspectRatio", camera.size().width() / height);
        perspective.put("znear", NEAR);
        // What glTF cannot say: the exact lens.
        node.putObject("extras")
                .put("width", camera.size().width())
                .put("height", camera.size().height())
                .put("focalX", camera.focalX())
                .put("focalY", camera.focalY())
                .put("centreX", camera.centreX())
                .put("centreY", camera.centreY())
                .put("pixelFrame", "CORNER")
                .put("near", NEAR);
    }

    private void geometry() {
        ArrayNode primitives =
                root.putArray("meshes").addObject().put("name", "scene").putArray("primitives");
        ArrayNode views = root.putArray("bufferViews");
        ArrayNode accessors = root.putArray("accessors");
        for (Map.Entry<Integer, int[]> entry : trianglesByMaterial.entrySet()) {
            int[] triangles = entry.getValue();
            ObjectNode primitive = primitives.addObject();
            primitive.put("material", entry.getKey()).put("mode", 4);
            ObjectNode attributes = primitive.putObject("attributes");
            attributes.put("POSITION", accessors.size());
            positions(accessors, views, triangles);
            attributes.put("NORMAL", accessors.size());
            normals(accessors, views, triangles);
            attributes.put("TEXCOORD_0", accessors.size());
            coordinates(accessors, views, triangles, scene.materials().get(entry.getKey()));
            attributes.put("TEXCOORD_1", accessors.size());
            objects(accessors, views, triangles);
            primitive.put("indices", accessors.size());
            int start = buffer.position();
            for (int i = 0; i < 3 * triangles.length; i++) {
                buffer.putInt(i);
            }
            ObjectNode ignored =
                    accessor(accessors, views, new int[] {start, UNSIGNED_INT, 3 * triangles.length}, "SCALAR");
        }
        root.putArray("buffers").addObject().put("uri", "scene.bin").put("byteLength", buffer.capacity());
    }

    private void positions(ArrayNode accessors, ArrayNode views, int[] triangles) {
        int start = buffer.position();
        double[] p = scene.mesh().positions();
        float[] min = {Float.MAX_VALUE, Float.MAX_VALUE, Float.MAX_VALUE};
        float[] max = {-Float.MAX_VALUE, -Float.MAX_VALUE, -Float.MAX_VALUE};
        for (int t : triangles) {
            for (int corner = 0; corner < 3; corner++) {
                int vertex = scene.mesh().corner(t, corner);
                for (int axis = 0; axis < 3; axis++) {
                    float value = (float) p[3 * vertex + axis];
                    min[axis] = Math.min(min[axis], value);
                    max[axis] = Math.max(max[axis], value);
                    buffer.putFloat(value);
                }
            }
        }
        ObjectNode node = accessor(accessors, views, new int[] {start, FLOAT, 3 * triangles.length}, "VEC3");
        ArrayNode low = node.putArray("min");
        ArrayNode high = node.putArray("max");
        for (int axis = 0; axis < 3; axis++) {
            // All digits of the float, which readers compare with.
            low.add((double) min[axis]);
            high.add((double) max[axis]);
        }
    }

    private void normals(ArrayNode accessors, ArrayNode views, int[] triangles) {
        int start = buffer.position();
        for (int t : triangles) {
            for (int corner = 0; corner < 3; corner++) {
                int vertex = scene.mesh().corner(t, corner);
                for (int axis = 0; axis < 3; axis++) {
                    buffer.putFloat(scene.mesh().normals()[3 * vertex + axis]);
                }
            }
        }
        ObjectNode ignored = accessor(accessors, views, new int[] {start, FLOAT, 3 * triangles.length}, "VEC3");
    }

    private void coordinates(ArrayNode accessors, ArrayNode views, int[] triangles, Material material) {
        int start = buffer.position();
        double scale = material.texelsPerUnit() / material.texture().side();
        for (int t : triangles) {
            for (int corner = 0; corner < 3; corner++) {
                int vertex = scene.mesh().corner(t, corner);
                buffer.putFloat((float) (scale * scene.mesh().texture()[2 * vertex]));
                buffer.putFloat((float) (scale * scene.mesh().texture()[2 * vertex + 1]));
            }
        }
        ObjectNode ignored = accessor(accessors, views, new int[] {start, FLOAT, 3 * triangles.length}, "VEC2");
    }

    private void objects(ArrayNode accessors, ArrayNode views, int[] triangles) {
        int start = buffer.position();
        for (int t : triangles) {
            for (int corner = 0; corner < 3; corner++) {
                buffer.putFloat(scene.mesh().object(t)).putFloat(0f);
            }
        }
        ObjectNode ignored = accessor(accessors, views, new int[] {start, FLOAT, 3 * triangles.length}, "VEC2");
    }

    /** What begins at a byte, of a component type, with so many elements; it ends where the buffer now is. */
    private ObjectNode accessor(ArrayNode accessors, ArrayNode views, int[] startTypeCount, String type) {
        ObjectNode view = views.addObject();
        view.put("buffer", 0).put("byteOffset", startTypeCount[0]);
        view.put("byteLength", buffer.position() - startTypeCount[0]);
        view.put("target", startTypeCount[1] == UNSIGNED_INT ? ELEMENT_ARRAY_BUFFER : ARRAY_BUFFER);
        ObjectNode accessor = accessors.addObject();
        accessor.put("bufferView", views.size() - 1);
        accessor.put("componentType", startTypeCount[1]);
        accessor.put("count", startTypeCount[2]);
        return accessor.put("type", type);
    }

    private void materials() {
        ArrayNode samplers = root.putArray("samplers");
        samplers.addObject()
                .put("wrapS", 10497)
                .put("wrapT", 10497)
                .put("magFilter", 9729)
                .put("minFilter", 9987);
        ArrayNode images = root.putArray("images");
        ArrayNode textures = root.putArray("textures");
        ArrayNode materials = root.putArray("materials");
        for (int i = 0; i < scene.materials().size(); i++) {
            Material material = scene.materials().get(i);
            images.addObject().put("uri", "material-" + i + ".png");
            textures.addObject().put("sampler", 0).put("source", i);
            ObjectNode node = materials.addObject().put("name", material.name());
            boolean glass = material.finish() == Finish.GLASS;
            ObjectNode surface = node.putObject("pbrMetallicRoughness");
            surface.putObject("baseColorTexture").put("index", i);
            surface.put("metallicFactor", 0).put("roughnessFactor", glass ? 0.05 : 1);
            node.put("doubleSided", material.twoSided());
            if (material.finish() == Finish.LAMP) {
                node.putArray("emissiveFactor").add(1).add(1).add(1);
                node.putObject("emissiveTexture").put("index", i);
            }
            extras(node.putObject("extras"), material);
        }
    }

    /** What the picture of a material is made of: {@code tone * max(1 + contrast * texture, 0.03)}, and so for the detail. */
    private void extras(ObjectNode extras, Material material) {
        extras.put("finish", material.finish().name())
                .put("texture", pictureOf(material.texture()))
                .put("textureRange", TEXTURE_RANGE)
                .put("tone", material.tone())
                .put("contrast", material.contrast());
        if (material.detailContrast() > 0) {
            double perUnit = material.texelsPerUnit() / material.texture().side();
            extras.put("detail", pictureOf(material.detail()))
                    .put(
                            "detailRatio",
                            material.detailTexelsPerUnit() / material.detail().side() / perUnit)
                    .put("detailContrast", material.detailContrast());
        }
    }

    /** The name of a texture's picture, which many materials may share. */
    private String pictureOf(Texture texture) {
        int number = textures.computeIfAbsent(texture, key -> textures.size());
        return "texture-" + number + ".png";
    }

    private void pictures(Path folder) throws IOException {
        for (int i = 0; i < scene.materials().size(); i++) {
            Material material = scene.materials().get(i);
            ImageFiles.writePng(picture(material), folder.resolve("material-" + i + ".png"));
        }
        for (Texture texture : textures.keySet()) {
            ColorImage picture = picture(texture, value -> 0.5 + value / (2 * TEXTURE_RANGE));
            ImageFiles.writePng(picture, folder.resolve(pictureOf(texture)));
        }
    }

    /** The share of light that a material returns, as sRGB. */
    private static ColorImage picture(Material material) {
        return picture(material.texture(), value -> {
            double albedo = material.tone() * Math.max(1 + material.contrast() * value, 0.03);
            return SRGB[(int) (SRGB_STEPS * Math.min(albedo, 1) + 0.5)];
        });
    }

    private static ColorImage picture(Texture texture, DoubleUnaryOperator level) {
        byte[] rgb = new byte[3 * texture.side() * texture.side()];
        for (int i = 0; i < rgb.length / 3; i++) {
            double share = Math.min(Math.max(level.applyAsDouble(texture.level(0)[i]), 0), 1);
            byte value = (byte) Math.round(255 * share);
            rgb[3 * i] = value;
            rgb[3 * i + 1] = value;
            rgb[3 * i + 2] = value;
        }
        return ColorImage.wrap(texture.side(), texture.side(), rgb);
    }
}
