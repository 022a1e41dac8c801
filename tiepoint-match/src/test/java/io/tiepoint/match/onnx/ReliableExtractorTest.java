package io.tiepoint.match.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tiepoint.core.features.FeatureExtractor;
import io.tiepoint.core.features.LocalFeatures;
import io.tiepoint.core.image.GrayImage;
import io.tiepoint.core.image.ImageSize;
import io.tiepoint.core.model.ModelFormatException;
import io.tiepoint.core.random.Seed;
import io.tiepoint.testkit.BlobImage;
import io.tiepoint.testkit.FeatureExtractorContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An extractor with XFeat's profile. */
class ReliableExtractorTest extends FeatureExtractorContract {
    @TempDir
    private Path folder;

    @Override
    protected FeatureExtractor open(int maxKeypoints) {
        try {
            return OnnxExtractor.open(TestModels.writeReliableExtractor(folder), new ExtractorOptions(maxKeypoints, 1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The network sees 96x64 px of 127x95; a keypoint's index grows by the ratio of the sizes. */
    @Test
    void placesKeypointsInTheImageItself() {
        GrayImage image = new BlobImage(new ImageSize(127, 95), new Seed(3)).draw();
        try (FeatureExtractor extractor = open(500)) {
            LocalFeatures features = extractor.extract(image);

            assertThat(features.imageSize()).isEqualTo(image.size());
            assertThat(features.size()).isGreaterThan(5);
            float furthest = 0;
            for (int i = 0; i < features.size(); i++) {
                float index = (features.keypoints().x(i) - 0.5f) / 127 * 96;
                assertThat(index).isCloseTo(Math.round(index), within(1e-4f));
                furthest = Math.max(furthest, features.keypoints().x(i));
            }
            assertThat(furthest).isGreaterThan(96);
        }
    }

    @Test
    void findsNothingInAnImageOfLessThan32Pixels() {
        try (FeatureExtractor extractor = open(500)) {
            assertThat(extractor
                            .extract(new BlobImage(new ImageSize(31, 200), new Seed(3)).draw())
                            .size())
                    .isZero();
        }
    }

    @Test
    void refusesAProfileThatTheGraphDoesNotServe() throws IOException {
        byte[] without = TestModels.onnx(TestModels.extractor());
        Path missing = TestModels.write(
                folder.resolve("missing.onnx"),
                without,
                TestModels.reliableExtractorCard(without).toJson());
        assertThatThrownBy(() ->
                        OnnxExtractor.open(missing, ExtractorOptions.DEFAULT).close())
                .isInstanceOf(ModelFormatException.class)
                .hasMessage(missing + ": outputs: expected [descriptors, heatmap, reliability], found [descriptors,"
                        + " heatmap]");
        byte[] with = TestModels.onnx(TestModels.reliableExtractor());
        Path tooMany = TestModels.write(
                folder.resolve("many.onnx"),
                with,
                TestModels.reliableExtractorCard(with).toJson().replace("XFEAT", "SUPERGLUE"));
        assertThatThrownBy(() ->
                        OnnxExtractor.open(tooMany, ExtractorOptions.DEFAULT).close())
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("many.onnx: outputs: expected [descriptors, heatmap], found");
        Path stride = TestModels.write(
                folder.resolve("stride.onnx"),
                with,
                TestModels.reliableExtractorCard(with).toJson().replace("\"stride\" : 8", "\"stride\" : 64"));
        assertThatThrownBy(() ->
                        OnnxExtractor.open(stride, ExtractorOptions.DEFAULT).close())
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("stride.onnx: output ");
    }
}
