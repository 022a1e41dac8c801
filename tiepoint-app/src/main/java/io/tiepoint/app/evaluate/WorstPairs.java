package io.tiepoint.app.evaluate;

import io.tiepoint.app.picture.MatchGroups;
import io.tiepoint.app.picture.MatchPicture;
import io.tiepoint.app.picture.MatchedViews;
import io.tiepoint.core.check.Check;
import io.tiepoint.core.features.Keypoints;
import io.tiepoint.core.features.LocalFeatures;
import io.tiepoint.core.features.MatchRefiner;
import io.tiepoint.core.features.Matches;
import io.tiepoint.core.image.ColorImage;
import io.tiepoint.core.image.ImageFiles;
import io.tiepoint.evaluate.EvaluationPair;
import io.tiepoint.evaluate.Method;
import io.tiepoint.evaluate.MethodResults;
import io.tiepoint.evaluate.PairResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Draws the pairs on which each method did worst, with its matches coloured by the exact truth. */
public final class WorstPairs {
    private static final int PER_BAND = 3;
    private static final double RIGHT_PX = 3;

    private final Path folder;

    private record Picture(Method method, PairResult result, int rank) {}

    /**
     * Takes a folder to write into; it is made later.
     *
     * @throws IllegalArgumentException if there is anything in it already
     */
    public WorstPairs(Path folder, boolean overwrite) throws IOException {
        this.folder = folder;
        Check.that(!Files.exists(folder) || Files.isDirectory(folder), "%s: expected a folder, found a file", folder);
        if (Files.isDirectory(folder) && !overwrite) {
            try (Stream<Path> entries = Files.list(folder)) {
                Check.that(
                        entries.findAny().isEmpty(),
                        "%s: expected an empty folder, found files; choose another one or add --overwrite",
                        folder);
            }
        }
    }

    /**
     * Draws the three worst pairs of each band for each method, {@code BAND-METHOD-1.png} being the worst: the largest corner
     * error, and of those without any homography the lowest precision.
     *
     * @param results of the methods on all of the pairs
     */
    public void draw(PairData data, List<Method> methods, List<MethodResults> results) throws IOException {
        Path made = Files.createDirectories(folder);
        Map<String, List<Picture>> picturesOfPair = new TreeMap<>();
        for (int m = 0; m < methods.size(); m++) {
            for (Picture picture : worst(methods.get(m), results.get(m))) {
                picturesOfPair
                        .computeIfAbsent(picture.result.pair(), name -> new ArrayList<>())
                        .add(picture);
            }
        }
        Iterator<EvaluationPair> pairs = data.pairs();
        while (pairs.hasNext()) {
            EvaluationPair pair = pairs.next();
            for (Picture picture : picturesOfPair.getOrDefault(pair.name(), List.of())) {
                String name = pair.band() + "-" + picture.method.name() + "-" + picture.rank + ".png";
                ImageFiles.writePng(draw(pair, picture), made.resolve(name));
            }
        }
    }

    private static List<Picture> worst(Method method, MethodResults results) {
        List<PairResult> sorted = results.pairs().stream()
                .sorted(Comparator.comparingDouble(PairResult::cornerErrorPx)
                        .reversed()
                        .thenComparingDouble(result -> result.precision().at3Px()))
                .toList();
        Map<String, Integer> drawn = new TreeMap<>();
        List<Picture> pictures = new ArrayList<>();
        for (PairResult result : sorted) {
            int rank = drawn.merge(result.band(), 1, Integer::sum);
            if (rank <= PER_BAND) {
                pictures.add(new Picture(method, result, rank));
            }
        }
        return pictures;
    }

    private static ColorImage draw(EvaluationPair pair, Picture picture) {
        LocalFeatures features0 = picture.method.extractor().extract(pair.image0());
        LocalFeatures features1 = picture.method.extractor().extract(pair.image1());
        MatchRefiner.Refined refined = picture.method
                .refiner()
                .refine(
                        new MatchRefiner.Images(pair.image0(), pair.image1()),
                        features0,
                        features1,
                        picture.method.matcher().match(features0, features1));
        Matches matches = refined.matches();
        Keypoints keypoints0 = features0.keypoints();
        Keypoints keypoints1 = refined.keypoints1();
        String caption = picture.result.hasEstimate()
                ? String.format(Locale.ROOT, "%s, off by %.1f px", pair.scene(), picture.result.cornerErrorPx())
                : pair.scene() + ", no homography";
        return MatchPicture.draw(
                new MatchedViews(
                        ColorImage.of(pair.image0()), ColorImage.of(pair.image1()), keypoints0, keypoints1, matches),
                MatchGroups.byTruth(keypoints0, keypoints1, matches, pair.truth(), RIGHT_PX),
                caption);
    }
}
