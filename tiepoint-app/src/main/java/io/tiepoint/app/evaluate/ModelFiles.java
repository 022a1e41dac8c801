package io.tiepoint.app.evaluate;

import io.tiepoint.match.onnx.ExtractorOptions;
import io.tiepoint.match.onnx.MatcherOptions;
import io.tiepoint.match.onnx.OnnxExtractor;
import io.tiepoint.match.onnx.OnnxMatcher;
import io.tiepoint.match.onnx.TiepointModels;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Which learned models to evaluate.
 *
 * @param extractor an .onnx file with its card beside it; null for the one that comes with the program
 * @param matcher likewise
 */
public record ModelFiles(@Nullable Path extractor, @Nullable Path matcher) {
    OnnxExtractor openExtractor(ExtractorOptions options) throws IOException {
        return extractor == null ? TiepointModels.extractor(options) : OnnxExtractor.open(extractor, options);
    }

    OnnxMatcher openMatcher(MatcherOptions options) throws IOException {
        return matcher == null ? TiepointModels.matcher(options) : OnnxMatcher.open(matcher, options);
    }
}
