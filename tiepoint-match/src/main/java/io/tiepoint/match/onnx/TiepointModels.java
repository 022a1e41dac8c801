package io.tiepoint.match.onnx;

import io.tiepoint.core.model.ModelFormatException;
import java.io.IOException;

/** The models that come with tiepoint-match; trained from a seed only, without photographs. */
public final class TiepointModels {
    /** Name of the shipped extractor. */
    public static final String EXTRACTOR = "tiepoint-s";

    /** Name of the shipped matcher, which was trained on the extractor's keypoints. */
    public static final String MATCHER = "tiepoint-s-matcher";

    private TiepointModels() {}

    /**
     * Opens the shipped extractor.
     *
     * @throws ModelFormatException if there is none in this build, or it is damaged
     */
    public static OnnxExtractor extractor(ExtractorOptions options) throws IOException {
        return OnnxExtractor.open(ModelFile.shipped(EXTRACTOR), options);
    }

    /**
     * Opens the shipped matcher.
     *
     * @throws ModelFormatException if there is none in this build, or it is damaged
     */
    public static OnnxMatcher matcher(MatcherOptions options) throws IOException {
        return OnnxMatcher.open(ModelFile.shipped(MATCHER), options);
    }
}
