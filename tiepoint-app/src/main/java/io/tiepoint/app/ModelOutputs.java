package io.tiepoint.app;

import io.tiepoint.core.check.Check;
import io.tiepoint.core.model.ModelCard;
import java.nio.file.Path;

/**
 * The files of one model, side by side.
 *
 * @param folder where they lie
 * @param onnx {@code NAME.onnx}
 * @param card {@code NAME.card.json}
 * @param safetensors {@code NAME.safetensors}
 */
record ModelOutputs(Path folder, Path onnx, Path card, Path safetensors) {
    /**
     * From the name of the model file.
     *
     * @throws IllegalArgumentException if it does not end with .onnx
     */
    static ModelOutputs of(Path onnx) {
        String name = String.valueOf(onnx.getFileName());
        Check.that(
                name.endsWith(".onnx") && name.length() > ".onnx".length(),
                "--out: expected a name that ends with .onnx, found %s",
                onnx);
        Path parent = onnx.getParent();
        return new ModelOutputs(
                parent == null ? Path.of("") : parent,
                onnx,
                ModelCard.besides(onnx),
                onnx.resolveSibling(stem(onnx) + ".safetensors"));
    }

    /** A file's name without its ending. */
    static String stem(Path file) {
        String name = String.valueOf(file.getFileName());
        int dot = name.lastIndexOf('.');
        return dot <= 0 ? name : name.substring(0, dot);
    }
}
