package io.tiepoint.match.classical;

import static org.assertj.core.api.Assertions.assertThat;

import io.tiepoint.core.features.FeatureExtractor;
import io.tiepoint.core.features.FeatureMatcher;
import io.tiepoint.core.features.LocalFeatures;
import io.tiepoint.core.features.Matches;
import io.tiepoint.core.geometry.TwoViewGeometry;
import io.tiepoint.core.image.ImageFiles;
import io.tiepoint.core.image.Resize;
import io.tiepoint.core.random.Seed;
import io.tiepoint.match.geometry.OpenCvRobustEstimator;
import io.tiepoint.match.geometry.RobustOptions;
import io.tiepoint.testkit.SharedFiles;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The baselines on photographs: a camera that turned on the spot, and two places that have nothing in common. */
class PhotographsTest {
    private static Optional<TwoViewGeometry> homography(String photo0, String photo1) throws IOException {
        try (FeatureExtractor extractor = SiftExtractor.rootSift(1024);
                FeatureMatcher matcher = SiftExtractor.matcher()) {
            LocalFeatures features0 = extract(extractor, photo0);
            LocalFeatures features1 = extract(extractor, photo1);
            Matches matches = matcher.match(features0, features1);
            return new OpenCvRobustEstimator(RobustOptions.homography())
                    .estimate(features0.keypoints(), features1.keypoints(), matches, new Seed(1));
        }
    }

    private static LocalFeatures extract(FeatureExtractor extractor, String photo) throws IOException {
        return extractor.extract(Resize.fitLongerSide(ImageFiles.readGray(SharedFiles.get("pairs/" + photo)), 640));
    }

    @ParameterizedTest
    @CsvSource({
        "boofcv_trees_rotate/1.jpg, boofcv_trees_rotate/2.jpg",
        "boofcv_mountain_rotate/1.jpg, boofcv_mountain_rotate/2.jpg",
    })
    void relatesTwoViewsOfACameraThatTurned(String photo0, String photo1) throws IOException {
        Optional<TwoViewGeometry> found = homography(photo0, photo1);

        assertThat(found).isPresent();
        assertThat(found.orElseThrow().inlierCount()).isGreaterThan(50);
    }

    @ParameterizedTest
    @CsvSource({"boofcv_trees_rotate/1.jpg, boofcv_mountain_rotate/2.jpg", "boofcv_cave/1.jpg, lightglue_building/1.jpg"
    })
    void findsNothingBetweenDifferentPlaces(String photo0, String photo1) throws IOException {
        assertThat(homography(photo0, photo1)).isEmpty();
    }
}
