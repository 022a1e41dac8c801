package io.tiepoint.core.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tiepoint.core.features.DetectionProfile;
import io.tiepoint.core.features.KeypointSelection;
import io.tiepoint.core.geometry.PixelFrame;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Says what an {@code .onnx} file is and where it comes from; lies beside it as {@code NAME.card.json}. Training writes it,
 * inference reads it, and neither sees the other.
 *
 * @param format always {@link #FORMAT}
 * @param name such as {@code tiepoint-s}
 * @param kind what the network does
 * @param sha256 of the {@code .onnx} file, lower-case hex
 * @param inputs names and shapes; -1 for any size
 * @param outputs likewise
 * @param descriptorSize D
 * @param stride px of the image for each cell of the descriptor map; of a matcher, that of the extractor it was trained on
 * @param pixelFrame frame of the keypoints that go in or come out
 * @param detection how the heatmap becomes keypoints; only for an extractor
 * @param trainedOn in a word: what images, from whom
 * @param licence of the weights, an SPDX identifier
 * @param training recipe, seed, steps, minutes, commit: whatever is needed to make the weights again
 * @param evaluation figures, with how they were measured
 */
public record ModelCard(
        String format,
        String name,
        Kind kind,
        String sha256,
        List<TensorSpec> inputs,
        List<TensorSpec> outputs,
        int descriptorSize,
        int stride,
        PixelFrame pixelFrame,
        @Nullable Detection detection,
        String trainedOn,
        String licence,
        JsonNode training,
        JsonNode evaluation) {
    /** The only format so far. */
    public static final String FORMAT = "tiepoint-model/1";

    private static final String DETECTION = "detection";
    private static final String PROFILE = "profile";

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    /** What a network does. */
    public enum Kind {
        /** {@code image} to {@code heatmap} and {@code descriptors}. */
        EXTRACTOR,
        /** Keypoints and descriptors of two images to {@code log_assignment}. */
        MATCHER
    }

    /**
     * One input or output.
     *
     * @param name as in the graph
     * @param shape sizes, outermost first; -1 for any
     */
    public record TensorSpec(String name, List<Integer> shape) {}

    /**
     * How the heatmap becomes keypoints.
     *
     * @param threshold smallest probability
     * @param nmsRadiusPx px
     * @param borderPx px
     * @param profile in which of the published ways; {@link DetectionProfile#TIEPOINT} where a card does not say
     */
    public record Detection(float threshold, int nmsRadiusPx, int borderPx, DetectionProfile profile) {
        /** In Tiepoint's own way. */
        public Detection(float threshold, int nmsRadiusPx, int borderPx) {
            this(threshold, nmsRadiusPx, borderPx, DetectionProfile.TIEPOINT);
        }

        /** With the published numbers of a profile. */
        public static Detection of(DetectionProfile profile) {
            KeypointSelection published = profile.published();
            return new Detection(published.threshold(), published.nmsRadiusPx(), published.borderPx(), profile);
        }
    }

    /**
     * Reads a card strictly: an unknown, missing or ill-typed key is an error.
     *
     * @throws ModelFormatException if the text is not a card of this format
     */
    public static ModelCard parse(String json, String source) throws ModelFormatException {
        ModelCard card;
        try {
            JsonNode tree = JSON.readTree(json);
            if (tree.path(DETECTION) instanceof ObjectNode detection && !detection.has(PROFILE)) {
                detection.put(PROFILE, DetectionProfile.TIEPOINT.name());
            }
            card = JSON.treeToValue(tree, ModelCard.class);
        } catch (JsonProcessingException e) {
            throw new ModelFormatException(source + ": expected a model card, found " + e.getOriginalMessage(), e);
        }
        if (card == null) {
            throw new ModelFormatException(source + ": expected a model card, found nothing");
        }
        if (!FORMAT.equals(card.format)) {
            throw new ModelFormatException(source + ": format: expected " + FORMAT + ", found " + card.format);
        }
        return card;
    }

    /** Reads a card from a file. */
    public static ModelCard read(Path file) throws IOException {
        try {
            return parse(Files.readString(file), file.toString());
        } catch (CharacterCodingException e) {
            throw new ModelFormatException(file + ": expected a model card in UTF-8, found other bytes", e);
        }
    }

    /** Where the card of a model file lies: {@code x.onnx} has {@code x.card.json} beside it. */
    public static Path besides(Path onnxFile) {
        String name = onnxFile.getFileName().toString().replaceFirst("\\.onnx$", "");
        return onnxFile.resolveSibling(name + ".card.json");
    }

    /** An empty JSON object, to be filled. */
    public static ObjectNode emptyObject() {
        return JSON.createObjectNode();
    }

    /** The card as indented JSON. */
    public String toJson() {
        try {
            JsonNode tree = JSON.valueToTree(this);
            if (detection != null
                    && detection.profile == DetectionProfile.TIEPOINT
                    && tree.path(DETECTION) instanceof ObjectNode written) {
                // Programs from before there were profiles read the card too.
                written.remove(PROFILE);
            }
            return JSON.writeValueAsString(tree) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a model card can always be written", e);
        }
    }
}
