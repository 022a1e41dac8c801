package io.tiepoint.interop.megadepth;

import io.tiepoint.core.geometry.Pose;
import io.tiepoint.core.geometry.Vector3;
import io.tiepoint.core.random.Seed;
import io.tiepoint.interop.colmap.ColmapCamera;
import io.tiepoint.interop.posed.OverlapSampling;
import io.tiepoint.interop.posed.PosedImage;
import io.tiepoint.interop.posed.PosedPair;
import io.tiepoint.interop.posed.PosedScenes;
import io.tiepoint.interop.posed.ScenePaths;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * glue-factory's layout of MegaDepth-1500: {@code views.txt} with a line {@code NAME R(9) t(3) MODEL WIDTH HEIGHT PARAMS} for each
 * image (world to camera; a camera of COLMAP), {@code pairs.txt} with two names in a line, {@code images/NAME} and
 * {@code depths/STEM.h5}.
 */
final class ViewsFile implements PosedScenes {
    static final String VIEWS = "views.txt";
    static final String PAIRS = "pairs.txt";
    private static final int FIRST_PARAM = 16;

    private final Path folder;
    private final List<PosedPair> pairs;

    private ViewsFile(Path folder, List<PosedPair> pairs) {
        this.folder = folder;
        this.pairs = pairs;
    }

    static ViewsFile open(Path folder) throws IOException {
        Map<String, PosedImage> images = new HashMap<>();
        int number = 0;
        for (String line : lines(folder.resolve(VIEWS))) {
            number++;
            if (!line.isBlank()) {
                PosedImage image =
                        image(folder, line.strip().split("\\s+"), folder.resolve(VIEWS) + ": line " + number);
                images.put(image.name(), image);
            }
        }
        List<PosedPair> pairs = new ArrayList<>();
        number = 0;
        for (String line : lines(folder.resolve(PAIRS))) {
            number++;
            if (!line.isBlank()) {
                pairs.add(pair(images, line.strip().split("\\s+"), folder.resolve(PAIRS) + ": line " + number));
            }
        }
        if (pairs.isEmpty()) {
            throw new IOException(folder.resolve(PAIRS) + ": expected pairs of images, found none");
        }
        return new ViewsFile(folder, pairs);
    }

    private static List<String> lines(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException(file + ": expected a file of glue-factory's MegaDepth-1500, found none");
        }
        try {
            return Files.readAllLines(file);
        } catch (CharacterCodingException e) {
            throw new IOException(file + ": expected text in UTF-8, found other bytes", e);
        }
    }

    private static PosedImage image(Path folder, String[] words, String source) throws IOException {
        if (words.length <= FIRST_PARAM) {
            throw new IOException(
                    source + ": expected NAME R(9) t(3) MODEL WIDTH HEIGHT PARAMS, found " + words.length + " words");
        }
        double[] pose = new double[12];
        for (int i = 0; i < pose.length; i++) {
            pose[i] = number(words[1 + i], source);
        }
        List<Double> params = new ArrayList<>();
        for (int i = FIRST_PARAM; i < words.length; i++) {
            params.add(number(words[i], source));
        }
        ColmapCamera camera = ColmapCamera.of(
                words[13], (long) number(words[14], source), (long) number(words[15], source), params, source);
        String stem = words[0].split("\\.", 2)[0];
        try {
            double[] rotation = Arrays.copyOf(pose, 9);
            return new PosedImage(
                    words[0],
                    ScenePaths.inside(folder.resolve("images"), words[0], source),
                    camera::forImages,
                    Pose.of(rotation, new Vector3(pose[9], pose[10], pose[11])),
                    ScenePaths.inside(folder.resolve("depths"), stem + ".h5", source));
        } catch (IllegalArgumentException e) {
            throw new IOException(source + ": " + e.getMessage(), e);
        }
    }

    private static double number(String word, String source) throws IOException {
        try {
            double number = Double.parseDouble(word);
            if (Double.isFinite(number)) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new IOException(source + ": expected a number, found " + word, e);
        }
        throw new IOException(source + ": expected a finite number, found " + word);
    }

    private static PosedPair pair(Map<String, PosedImage> images, String[] words, String source) throws IOException {
        PosedImage image0 = words.length == 2 ? images.get(words[0]) : null;
        PosedImage image1 = words.length == 2 ? images.get(words[1]) : null;
        if (image0 == null || image1 == null) {
            throw new IOException(source + ": expected two names of " + VIEWS + ", found " + String.join(" ", words));
        }
        String scene =
                words[0].contains("/") ? words[0].substring(0, words[0].indexOf('/')) : words[0].split("_", 2)[0];
        return new PosedPair(words[0] + "-" + words[1], scene, image0, image1, Double.NaN);
    }

    @Override
    public List<PosedPair> pairs(OverlapSampling sampling, Seed seed) {
        return OverlapSampling.draw(pairs, sampling.pairsPerScene(), seed.child("views"));
    }

    @Override
    public Map<String, String> description() {
        Map<String, String> description = new LinkedHashMap<>();
        description.put("megadepth", String.valueOf(folder.getFileName()));
        description.put("pairList", pairs.size() + " pairs");
        return description;
    }
}
