package io.tiepoint.train.stage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tiepoint.core.features.Keypoints;
import io.tiepoint.core.image.GrayImage;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Images with the keypoints that homographic adaptation gave them, on disk: {@code 000012.png} (8 bits) and a line for each
 * image in {@code labels.jsonl}: {@code {"image": "000012.png", "frame": "CORNER", "keypoints": [[x, y, score], ...]}}.
 */
final class LabeledImages {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;
    private final Path labels;

    LabeledImages(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.labels = folder.resolve("labels.jsonl");
    }

    /** One image, 8 bits for each pixel, with its labels. */
    @SuppressWarnings("ArrayRecordComponent") // many are kept in memory; never compared
    record Labeled(int width, int height, byte[] pixels, Keypoints keypoints) {
        GrayImage image() {
            float[] values = new float[pixels.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = (pixels[i] & 0xff) / 255f;
            }
            return GrayImage.wrap(width, height, values);
        }
    }

    /** How many images are there; a last line that a kill cut off is dropped. */
    int count() throws IOException {
        if (!Files.exists(labels)) {
            return 0;
        }
        List<JsonNode> whole = lines();
        List<String> text = whole.stream().map(JsonNode::toString).toList();
        Path temporary = folder.resolve("labels.jsonl.tmp");
        Files.write(temporary, text);
        Files.move(temporary, labels, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        return whole.size();
    }

    private List<JsonNode> lines() throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String text : Files.readAllLines(labels)) {
            try {
                lines.add(JSON.readTree(text));
            } catch (JsonProcessingException e) {
                break;
            }
        }
        return lines;
    }

    /** Adds the next image: first its picture, then its line. */
    void add(int index, GrayImage image, Keypoints keypoints) throws IOException {
        String name = String.format("%06d.png", index);
        BufferedImage picture = new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_BYTE_GRAY);
        byte[] bytes = ((DataBufferByte) picture.getRaster().getDataBuffer()).getData();
        float[] pixels = image.pixels();
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Math.round(Math.min(Math.max(pixels[i], 0f), 1f) * 255f);
        }
        try (OutputStream out = Files.newOutputStream(folder.resolve(name));
                MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
            ImageIO.write(picture, "png", stream);
        }
        ObjectNode line = JSON.createObjectNode().put("image", name).put("frame", "CORNER");
        ArrayNode points = line.putArray("keypoints");
        for (int k = 0; k < keypoints.size(); k++) {
            points.addArray()
                    .add(Math.round(keypoints.x(k) * 1000) / 1000.0)
                    .add(Math.round(keypoints.y(k) * 1000) / 1000.0)
                    .add(Math.round(keypoints.score(k) * 10000) / 10000.0);
        }
        Files.writeString(labels, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** Reads all images into memory. */
    List<Labeled> readAll() throws IOException {
        List<Labeled> all = new ArrayList<>();
        for (JsonNode line : lines()) {
            Path file = folder.resolve(line.path("image").asText());
            BufferedImage picture = readPicture(file);
            byte[] bytes = ((DataBufferByte) picture.getRaster().getDataBuffer()).getData();
            JsonNode points = line.path("keypoints");
            float[] positions = new float[2 * points.size()];
            float[] scores = new float[points.size()];
            for (int k = 0; k < scores.length; k++) {
                positions[2 * k] = (float) points.get(k).get(0).asDouble();
                positions[2 * k + 1] = (float) points.get(k).get(1).asDouble();
                scores[k] = (float) points.get(k).get(2).asDouble();
            }
            all.add(new Labeled(picture.getWidth(), picture.getHeight(), bytes, Keypoints.of(positions, scores)));
        }
        return all;
    }

    private static BufferedImage readPicture(Path file) throws IOException {
        BufferedImage picture = null;
        IOException cause = null;
        try {
            picture = ImageIO.read(file.toFile());
        } catch (IOException e) {
            cause = e;
        }
        if (picture == null || picture.getType() != BufferedImage.TYPE_BYTE_GRAY) {
            throw new IOException(
                    file + ": expected an 8-bit grey PNG of homographic adaptation, found none that can be read;"
                            + " remove the folder to make it again",
                    cause);
        }
        return picture;
    }
}
