package io.tiepoint.synthetic.gltf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tiepoint.core.geometry.Camera;
import io.tiepoint.core.geometry.PixelPoint;
import io.tiepoint.core.geometry.Pose;
import io.tiepoint.core.geometry.Vector3;
import io.tiepoint.core.image.ImageFiles;
import io.tiepoint.core.image.ImageSize;
import io.tiepoint.core.image.PngEncoder;
import io.tiepoint.core.random.Seed;
import io.tiepoint.synthetic.render.Sun;
import io.tiepoint.synthetic.render.Visibility;
import io.tiepoint.synthetic.scenes.Material;
import io.tiepoint.synthetic.scenes.Scene;
import io.tiepoint.synthetic.scenes.SceneKind;
import io.tiepoint.synthetic.scenes.SceneRecipe;
import io.tiepoint.synthetic.scenes.Scenes;
import io.tiepoint.synthetic.scenes.Texture;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GltfFilesTest {
    private static final Camera CAMERA = Camera.ofViewAngle(new ImageSize(64, 48), 1);

    @TempDir
    private Path folder;

    @Test
    void writesWhatTheSpecificationAsksFor() throws IOException {
        SceneRecipe recipe = new SceneRecipe(24, 4, SceneRecipe.DEFAULT.kinds()).only(SceneKind.TABLETOP);
        Scene scene = new Scenes(recipe, new Seed(1)).scene(0);
        Pose camFromWorld = Pose.lookAt(new Vector3(0.8, -0.7, 0.6), new Vector3(0, 0.05, 0.1), 0.2);
        Visibility view = Visibility.of(scene, CAMERA, camFromWorld);
        Sun sun = new Sun(new Vector3(0, 0.6, 0.8), 1.5, 1);
        Path file = GltfFiles.write(scene, List.of(view), sun, folder);
        JsonNode root = new ObjectMapper().readTree(Files.readAllBytes(file));
        assertThat(root.at("/asset/version").asText()).isEqualTo("2.0");
        byte[] bytes =
                Files.readAllBytes(folder.resolve(root.at("/buffers/0/uri").asText()));
        assertThat(bytes.length).isEqualTo(root.at("/buffers/0/byteLength").asInt());
        int triangles = 0;
        for (JsonNode primitive : root.at("/meshes/0/primitives")) {
            JsonNode positions =
                    accessor(root, primitive.at("/attributes/POSITION").asInt(), bytes.length, 12);
            JsonNode indices = accessor(root, primitive.at("/indices").asInt(), bytes.length, 4);
            JsonNode uv = accessor(root, primitive.at("/attributes/TEXCOORD_0").asInt(), bytes.length, 8);
            assertThat(uv.get("count").asInt()).isEqualTo(positions.get("count").asInt());
            JsonNode objects =
                    accessor(root, primitive.at("/attributes/TEXCOORD_1").asInt(), bytes.length, 8);
            assertThat(objects.get("count").asInt())
                    .isEqualTo(positions.get("count").asInt());
            int material = primitive.get("material").asInt();
            assertThat(floats(root, objects, bytes, 0)).isEqualTo(firstObject(scene, material));
            assertThat(primitive.get("material").asInt())
                    .isBetween(0, scene.materials().size() - 1);
            triangles += indices.get("count").asInt() / 3;
            withinBounds(root, positions, bytes);
        }
        assertThat(triangles).isEqualTo(scene.mesh().triangles());
        assertThat(root.get("materials")).hasSize(scene.materials().size());
        for (JsonNode image : root.get("images")) {
            assertThat(ImageFiles.readGray(folder.resolve(image.get("uri").asText()))
                            .width())
                    .isEqualTo(256);
        }
        seesTheSame(root, view);
        for (int i = 0; i < scene.materials().size(); i++) {
            tellsWhatGltfHasNoWordsFor(
                    root.get("materials").get(i).get("extras"),
                    scene.materials().get(i));
        }
    }

    private static float floats(JsonNode root, JsonNode accessor, byte[] bytes, int index) {
        int offset = root.get("bufferViews")
                .get(accessor.get("bufferView").asInt())
                .get("byteOffset")
                .asInt();
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getFloat(offset + 4 * index);
    }

    private static float firstObject(Scene scene, int material) {
        int triangle = 0;
        while (scene.mesh().material(triangle) != material) {
            triangle++;
        }
        return scene.mesh().object(triangle);
    }

    /** The second structure, and the first one apart from its tone: {@code range * (2 picture - 1)} is the texture again. */
    private void tellsWhatGltfHasNoWordsFor(JsonNode extras, Material material) throws IOException {
        assertThat(extras.get("finish").asText()).isEqualTo(material.finish().name());
        assertThat(extras.get("tone").asDouble()).isEqualTo(material.tone());
        double range = extras.get("textureRange").asDouble();
        isThePictureOf(extras.get("texture").asText(), range, material.texture());
        assertThat(extras.has("detail")).isEqualTo(material.detailContrast() > 0);
        if (extras.has("detail")) {
            isThePictureOf(extras.get("detail").asText(), range, material.detail());
            double perPicture = material.detail().side() / material.detailTexelsPerUnit();
            double fine = material.texture().side() / material.texelsPerUnit();
            assertThat(extras.get("detailRatio").asDouble()).isCloseTo(fine / perPicture, within(1e-9));
        }
    }

    private void isThePictureOf(String file, double range, Texture texture) throws IOException {
        float[] pixels = ImageFiles.readGray(folder.resolve(file)).pixels();
        for (int i = 0; i < pixels.length; i += 97) {
            assertThat(range * (2 * pixels[i] - 1)).isCloseTo(texture.level(0)[i], within(range / 250));
        }
    }

    @Test
    void packsTheSameIntoOneFile() throws IOException {
        SceneRecipe recipe = new SceneRecipe(8, 4, SceneRecipe.DEFAULT.kinds()).only(SceneKind.TABLETOP);
        Scene scene = new Scenes(recipe, new Seed(1)).scene(0);
        Visibility view =
                Visibility.of(scene, CAMERA, Pose.lookAt(new Vector3(0.8, -0.7, 0.6), new Vector3(0, 0.05, 0.1), 0.2));
        Sun sun = new Sun(new Vector3(0, 0.6, 0.8), 1.5, 1);
        ByteBuffer file =
                ByteBuffer.wrap(GltfFiles.binary(scene, List.of(view), sun)).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(new String(file.array(), 0, 4, StandardCharsets.US_ASCII)).isEqualTo("glTF");
        assertThat(file.getInt(4)).isEqualTo(2);
        assertThat(file.getInt(8)).isEqualTo(file.capacity());
        int text = file.getInt(12);
        assertThat(text % 4).isZero();
        assertThat(new String(file.array(), 16, 4, StandardCharsets.US_ASCII)).isEqualTo("JSON");
        JsonNode root = new ObjectMapper().readTree(file.array(), 20, text);
        int data = file.getInt(20 + text);
        assertThat(new String(file.array(), 24 + text, 4, StandardCharsets.US_ASCII))
                .isEqualTo("BIN\0");
        assertThat(28 + text + data).isEqualTo(file.capacity());
        assertThat(root.at("/buffers/0/byteLength").asInt()).isEqualTo(data);
        assertThat(root.at("/buffers/0").has("uri")).isFalse();
        seesTheSame(root, view);
        Path written = GltfFiles.write(scene, List.of(view), sun, folder);
        JsonNode loose = new ObjectMapper().readTree(Files.readAllBytes(written));
        assertThat(root.get("meshes")).isEqualTo(loose.get("meshes"));
        byte[] geometry = Files.readAllBytes(folder.resolve("scene.bin"));
        assertThat(ByteBuffer.wrap(file.array(), 28 + text, geometry.length)).isEqualTo(ByteBuffer.wrap(geometry));
        for (int i = 0; i < root.get("images").size(); i++) {
            JsonNode image = root.get("images").get(i);
            JsonNode place = root.get("bufferViews").get(image.get("bufferView").asInt());
            int start = 28 + text + place.get("byteOffset").asInt();
            byte[] picture = Arrays.copyOfRange(
                    file.array(), start, start + place.get("byteLength").asInt());
            Path name = folder.resolve(loose.at("/images/" + i + "/uri").asText());
            assertThat(PngEncoder.to8Bits(ImageFiles.readGray(picture, name)))
                    .isEqualTo(PngEncoder.to8Bits(ImageFiles.readGray(name)));
        }
    }

    private static JsonNode accessor(JsonNode root, int index, int bytes, int elementBytes) {
        JsonNode accessor = root.get("accessors").get(index);
        JsonNode view = root.get("bufferViews").get(accessor.get("bufferView").asInt());
        assertThat(view.get("byteLength").asInt())
                .isEqualTo(accessor.get("count").asInt() * elementBytes);
        assertThat(view.get("byteOffset").asInt() + view.get("byteLength").asInt())
                .isLessThanOrEqualTo(bytes);
        assertThat(view.get("byteOffset").asInt() % 4).isZero();
        return accessor;
    }

    private static void withinBounds(JsonNode root, JsonNode positions, byte[] bytes) {
        int offset = root.get("bufferViews")
                .get(positions.get("bufferView").asInt())
                .get("byteOffset")
                .asInt();
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < 3 * positions.get("count").asInt(); i++) {
            float value = buffer.getFloat(offset + 4 * i);
            assertThat((double) value)
                    .isBetween(
                            positions.get("min").get(i % 3).asDouble(),
                            positions.get("max").get(i % 3).asDouble());
        }
    }

    /** A point through the file's camera, as the specification projects, falls on the pixel of ours. */
    private static void seesTheSame(JsonNode root, Visibility view) {
        JsonNode m = root.get("nodes").get(3).get("matrix");
        Vector3 point = new Vector3(0.05, 0.1, 0.02);
        Vector3 eye = new Vector3(
                m.get(12).asDouble(), m.get(13).asDouble(), m.get(14).asDouble());
        double[] local = new double[3];
        for (int axis = 0; axis < 3; axis++) {
            Vector3 direction = new Vector3(
                    m.get(4 * axis).asDouble(),
                    m.get(4 * axis + 1).asDouble(),
                    m.get(4 * axis + 2).asDouble());
            local[axis] = direction.dot(point.minus(eye));
        }
        double f = 1 / Math.tan(root.at("/cameras/0/perspective/yfov").asDouble() / 2);
        double x = f / root.at("/cameras/0/perspective/aspectRatio").asDouble() * local[0] / -local[2];
        double y = f * local[1] / -local[2];
        PixelPoint expected = view.camera().project(view.camFromWorld().map(point));
        assertThat((x + 1) / 2 * 64).isCloseTo(expected.x(), within(1e-9));
        assertThat((1 - y) / 2 * 48).isCloseTo(expected.y(), within(1e-9));
    }
}
