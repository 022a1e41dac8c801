package io.tiepoint.match.onnx;

import io.tiepoint.core.geometry.PixelFrame;
import io.tiepoint.core.model.ModelCard;
import io.tiepoint.core.model.ModelFormatException;
import io.tiepoint.core.model.OnnxOutline;
import io.tiepoint.core.model.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** The bytes of an {@code .onnx} file that are those that its card speaks of. */
final class ModelFile {
    private static final long MAX_MODEL_BYTES = 1L << 30;
    private static final long MAX_CARD_BYTES = 1L << 20;

    private final String source;
    private final ModelCard card;
    private final byte[] onnx;

    private ModelFile(String source, ModelCard card, byte[] onnx) throws ModelFormatException {
        this.source = source;
        this.card = card;
        this.onnx = onnx;
        checkCard();
        checkHash();
        // A card may be as wrong as its file; ONNX Runtime is native code.
        OnnxOutline ignored = OnnxOutline.of(onnx, source);
    }

    /** Reads a file and the card beside it. */
    static ModelFile read(Path file) throws IOException {
        Path cardFile = ModelCard.besides(file);
        byte[] onnx = bytes(file, "a model file", MAX_MODEL_BYTES);
        byte[] card = bytes(cardFile, "the model card of " + file.getFileName(), MAX_CARD_BYTES);
        return new ModelFile(file.toString(), parse(card, cardFile.toString()), onnx);
    }

    /** Reads a shipped model and its card. */
    static ModelFile shipped(String name) throws IOException {
        String path = "/io/tiepoint/models/" + name;
        try (InputStream onnx = ModelFile.class.getResourceAsStream(path + ".onnx");
                InputStream card = ModelFile.class.getResourceAsStream(path + ".card.json")) {
            if (onnx == null || card == null) {
                throw new ModelFormatException(
                        name + ": expected a model and its card inside tiepoint-match, found none;"
                                + " open an .onnx file that tiepoint learn has made");
            }
            String source = name + " of tiepoint-match";
            return new ModelFile(source, parse(card.readAllBytes(), source), onnx.readAllBytes());
        }
    }

    private static byte[] bytes(Path file, String what, long limit) throws IOException {
        if (Files.isDirectory(file)) {
            throw new ModelFormatException(file + ": expected " + what + ", found a folder");
        }
        if (!Files.exists(file)) {
            throw new ModelFormatException(file + ": expected " + what + ", found no such file");
        }
        long size = Files.size(file);
        if (size == 0 || size > limit) {
            throw new ModelFormatException(
                    file + ": expected " + what + " of 1 to " + limit + " bytes, found " + size + " bytes");
        }
        return Files.readAllBytes(file);
    }

    private static ModelCard parse(byte[] card, String source) throws ModelFormatException {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(java.nio.ByteBuffer.wrap(card))
                    .toString();
            return ModelCard.parse(text, source);
        } catch (CharacterCodingException e) {
            throw new ModelFormatException(source + ": expected a model card in UTF-8, found other bytes", e);
        }
    }

    /** A card may say null where it should not. */
    private void checkCard() throws ModelFormatException {
        boolean complete = card.name() != null
                && card.kind() != null
                && card.sha256() != null
                && card.pixelFrame() != null
                && areComplete(card.inputs())
                && areComplete(card.outputs());
        if (!complete) {
            throw new ModelFormatException(source + ": expected a model card without null, found one with null");
        }
        if (card.descriptorSize() < 1 || card.stride() < 1) {
            throw new ModelFormatException(source + ": expected descriptorSize and stride > 0, found "
                    + card.descriptorSize() + " and " + card.stride());
        }
        if (card.kind() == ModelCard.Kind.EXTRACTOR && card.pixelFrame() != PixelFrame.CORNER) {
            throw new ModelFormatException(source + ": pixelFrame: expected CORNER, found " + card.pixelFrame());
        }
        if (card.detection() != null && card.detection().profile() == null) {
            throw new ModelFormatException(source + ": detection: expected a profile, found null");
        }
    }

    private static boolean areComplete(List<ModelCard.TensorSpec> specs) {
        return specs != null
                && specs.stream()
                        .allMatch(spec -> spec != null
                                && spec.name() != null
                                && spec.shape() != null
                                && spec.shape().stream().allMatch(Objects::nonNull));
    }

    private void checkHash() throws ModelFormatException {
        String found = Sha256.of(onnx);
        if (!found.equals(card.sha256())) {
            throw new ModelFormatException(source + ": expected the file of its card with SHA-256 " + card.sha256()
                    + ", found " + found + "; the file is damaged, or the card belongs to another one");
        }
    }

    String source() {
        return source;
    }

    ModelCard card() {
        return card;
    }

    byte[] onnx() {
        return onnx;
    }
}
