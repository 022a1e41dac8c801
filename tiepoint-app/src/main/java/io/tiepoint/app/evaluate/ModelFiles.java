package io.tiepoint.app.evaluate;

import io.tiepoint.core.features.Adaptivity;
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
 * @param adaptivity when the matcher may stop early and which keypoints it may drop, if it can
 */
public record ModelFiles(@Nullable Path extractor, @Nullable Path matcher, Adaptivity adaptivity) {
    OnnxExtractor openExtractor(ExtractorOptions options) throws IOException {
        return extractor == null ? TiepointModels.extractor(options) : OnnxExtractor.open(extractor, options);
    }

    /** Opens the matcher for an extractor whose descriptors it has to take. */
    OnnxMatcher openMatcher(OnnxExtractor from, int threads) throws IOException {
        MatcherOptions options = new MatcherOptions(MatcherOptions.DEFAULT.minScore(), threads, adaptivity);
        OnnxMatcher opened = matcher == null ? TiepointModels.matcher(options) : OnnxMatcher.open(matcher, options);
        try {
            opened.checkTakes(from.name(), from.card().descriptorSize(), false);
            return opened;
        } catch (IOException e) {
            opened.close();
            throw e;
        }
    }
}
