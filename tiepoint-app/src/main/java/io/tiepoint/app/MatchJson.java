package io.tiepoint.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tiepoint.core.features.Keypoints;
import io.tiepoint.core.features.LocalFeatures;
import io.tiepoint.core.features.Matches;
import io.tiepoint.core.geometry.GeometryModel;
import io.tiepoint.core.geometry.PixelFrame;
import io.tiepoint.core.geometry.TwoViewGeometry;
import java.nio.file.Path;
import java.util.Locale;

/** What {@code tiepoint match --json} writes; the format is told in docs/formats.md. */
final class MatchJson {
    static final String FORMAT = "tiepoint-matches/1";

    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private MatchJson() {}

    /**
     * Who found it, and where.
     *
     * @param file0 as the user named it
     * @param file1 likewise
     * @param extractor its name
     * @param matcher its name
     * @param decodingMs both images, ms
     */
    record Origin(Path file0, Path file1, String extractor, String matcher, double decodingMs) {}

    static String of(Origin origin, VerifiedPair found) {
        ObjectNode root = JSON.createObjectNode();
        root.put("format", FORMAT);
        root.put("pixel_frame", PixelFrame.CORNER.name());
        root.put("extractor", origin.extractor);
        root.put("matcher", origin.matcher);
        root.set("image0", image(origin.file0, found.pair().features0()));
        root.set("image1", image(origin.file1, found.pair().features1()));
        Matches matches = found.matches();
        root.put("match_count", matches.size());
        found.pair().effort().ifPresent(effort -> {
            ObjectNode layers = root.putObject("matcher_effort");
            layers.put("layers", effort.layers());
            layers.put("all_layers", effort.allLayers());
            layers.put("dropped_keypoints0", effort.dropped0());
            layers.put("dropped_keypoints1", effort.dropped1());
        });
        root.set("geometry", found.geometry().map(MatchJson::geometry).orElse(null));
        ObjectNode times = root.putObject("times_ms");
        times.put("decoding", rounded(origin.decodingMs, 3));
        times.put("extraction", rounded(found.extractionMs(), 3));
        times.put("matching", rounded(found.matchingMs(), 3));
        times.put("verification", rounded(found.verificationMs(), 3));
        putKeypoints(root, "0", found.keypoints0());
        putKeypoints(root, "1", found.keypoints1());
        ArrayNode pairs = root.putArray("matches");
        ArrayNode scores = root.putArray("matching_scores");
        for (int match = 0; match < matches.size(); match++) {
            pairs.addArray().add(matches.index0(match)).add(matches.index1(match));
            scores.add(rounded(matches.score(match), 4));
        }
        found.geometry().ifPresent(geometry -> {
            ArrayNode inliers = root.putArray("inliers");
            for (int match = 0; match < matches.size(); match++) {
                inliers.add(geometry.isInlier(match));
            }
        });
        try {
            return JSON.writeValueAsString(root) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of numbers and texts can always be written", e);
        }
    }

    private static ObjectNode image(Path file, LocalFeatures features) {
        ObjectNode image = JSON.createObjectNode();
        image.put("file", file.toString());
        image.put("width", features.imageSize().width());
        image.put("height", features.imageSize().height());
        image.put("keypoint_count", features.size());
        return image;
    }

    private static ObjectNode geometry(TwoViewGeometry geometry) {
        ObjectNode node = JSON.createObjectNode();
        node.put("model", geometry.model().name().toLowerCase(Locale.ROOT));
        ArrayNode rows = node.putArray("matrix");
        // The scale of a homography means nothing; its last entry is written as 1, as everybody does.
        double[] matrix = geometry.model() == GeometryModel.HOMOGRAPHY
                ? geometry.h1From0().toArray()
                : geometry.matrix();
        for (int row = 0; row < 3; row++) {
            ArrayNode entries = rows.addArray();
            for (int column = 0; column < 3; column++) {
                entries.add(matrix[3 * row + column]);
            }
        }
        node.put("inlier_count", geometry.inlierCount());
        return node;
    }

    private static void putKeypoints(ObjectNode root, String view, Keypoints keypoints) {
        ArrayNode positions = root.putArray("keypoints" + view);
        ArrayNode scores = root.putArray("keypoint_scores" + view);
        for (int i = 0; i < keypoints.size(); i++) {
            positions.addArray().add(rounded(keypoints.x(i), 3)).add(rounded(keypoints.y(i), 3));
            scores.add(rounded(keypoints.score(i), 5));
        }
    }

    /** What is written is no more precise than it is known. */
    private static double rounded(double value, int decimals) {
        double unit = StrictMath.pow(10, decimals);
        return Math.round(value * unit) / unit;
    }
}
