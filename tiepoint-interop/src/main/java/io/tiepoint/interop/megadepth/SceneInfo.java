package io.tiepoint.interop.megadepth;

import io.tiepoint.core.geometry.Camera;
import io.tiepoint.core.geometry.Pose;
import io.tiepoint.core.geometry.Vector3;
import io.tiepoint.core.image.ImageSize;
import io.tiepoint.core.random.Seed;
import io.tiepoint.interop.npy.NpyArray;
import io.tiepoint.interop.npy.NpyObjects;
import io.tiepoint.interop.npy.NumpyFile;
import io.tiepoint.interop.posed.ImagePair;
import io.tiepoint.interop.posed.OverlapSampling;
import io.tiepoint.interop.posed.PosedImage;
import io.tiepoint.interop.posed.PosedPair;
import io.tiepoint.interop.posed.ScenePaths;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One scene's {@code .npz}: {@code image_paths}, {@code depth_paths}, {@code intrinsics} [3 3], {@code poses} (world to camera,
 * [4 4] or its 16 numbers) and {@code overlap_matrix} [N N], or {@code pair_infos} of ((index0, index1), overlap, ...). An image
 * without path, depth, camera or pose is left out.
 */
final class SceneInfo {
    private static final String IMAGES = "image_paths";
    private static final String DEPTHS = "depth_paths";
    private static final String INTRINSICS = "intrinsics";
    private static final String POSES = "poses";
    private static final String OVERLAPS = "overlap_matrix";
    private static final String PAIRS = "pair_infos";

    private final String scene;
    private final List<@Nullable PosedImage> images;
    private final List<ImagePair> pairs;
    private final boolean isListed;

    private SceneInfo(String scene, List<@Nullable PosedImage> images, List<ImagePair> pairs, boolean isListed) {
        this.scene = scene;
        this.images = images;
        this.pairs = pairs;
        this.isListed = isListed;
    }

    /**
     * Reads a scene.
     *
     * @param root folder that the paths start from
     */
    static SceneInfo read(Path file, Path root) throws IOException {
        Map<String, Object> arrays = NumpyFile.read(file, Set.of(IMAGES, DEPTHS, INTRINSICS, POSES, OVERLAPS, PAIRS));
        String name = String.valueOf(file.getFileName());
        String scene = name.endsWith(".npz") ? name.substring(0, name.length() - ".npz".length()) : name;
        NpyObjects imagePaths = texts(file, arrays, IMAGES);
        NpyObjects depthPaths = texts(file, arrays, DEPTHS);
        int count = imagePaths.size();
        if (depthPaths.size() != count) {
            throw new IOException(
                    file + ": expected " + count + " depth paths as there are images, found " + depthPaths.size());
        }
        Matrices intrinsics = Matrices.of(file, arrays, INTRINSICS, count);
        Matrices poses = Matrices.of(file, arrays, POSES, count);
        List<@Nullable PosedImage> images = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Optional<String> image = text(file, imagePaths, i, IMAGES);
            Optional<String> depth = text(file, depthPaths, i, DEPTHS);
            double[] k = intrinsics.at(i);
            double[] pose = poses.at(i);
            boolean isWhole = image.isPresent() && depth.isPresent() && k.length > 0 && pose.length > 0;
            images.add(isWhole ? image(new Names(file, root, scene, image.get(), depth.get()), k, pose) : null);
        }
        boolean isListed = arrays.containsKey(PAIRS);
        List<ImagePair> pairs = isListed ? listed(file, arrays, count) : overlapping(file, arrays, count);
        return new SceneInfo(scene, images, pairs, isListed);
    }

    private record Names(Path file, Path root, String scene, String image, String depth) {}

    private static NpyObjects texts(Path file, Map<String, Object> arrays, String key) throws IOException {
        if (arrays.get(key) instanceof NpyObjects objects) {
            return objects;
        }
        throw missing(file, "an array of texts " + key);
    }

    private static IOException missing(Path file, String what) {
        return new IOException(file + ": expected a scene info of MegaDepth with " + what + ", found none");
    }

    private static Optional<String> text(Path file, NpyObjects texts, int index, String key) throws IOException {
        Optional<Object> value = texts.get(index);
        if (value.isPresent() && !(value.get() instanceof String)) {
            throw new IOException(file + ": " + key + "[" + index + "]: expected a path or None, found another value");
        }
        return value.map(String.class::cast).filter(path -> !path.isEmpty());
    }

    private static PosedImage image(Names names, double[] k, double[] pose) throws IOException {
        String source = names.file + ": image " + names.image;
        Path imageFile = ScenePaths.inside(names.root, names.image, source);
        if (k.length != 9 || k[1] != 0 || k[3] != 0 || k[6] != 0 || k[7] != 0 || k[8] != 1) {
            throw new IOException(
                    source + ": expected intrinsics [fx 0 cx, 0 fy cy, 0 0 1], found " + Arrays.toString(k));
        }
        if (pose.length != 16 && pose.length != 12) {
            throw new IOException(source + ": expected a pose of 4x4 numbers, found " + pose.length);
        }
        try {
            double[] rotation = {pose[0], pose[1], pose[2], pose[4], pose[5], pose[6], pose[8], pose[9], pose[10]};
            Vector3 translation = new Vector3(pose[3], pose[7], pose[11]);
            if (!Double.isFinite(translation.norm())) {
                throw new IOException(source + ": expected a finite translation, found " + translation);
            }
            Pose camFromWorld = Pose.of(rotation, translation);
            // Checked here rather than when the first image is read.
            Camera probe = new Camera(new ImageSize(1, 1), k[0], k[4], k[2], k[5]);
            return new PosedImage(
                    names.image,
                    imageFile,
                    size -> new Camera(size, probe.focalX(), probe.focalY(), probe.centreX(), probe.centreY()),
                    camFromWorld,
                    depthFile(names, source));
        } catch (IllegalArgumentException e) {
            throw new IOException(source + ": " + e.getMessage(), e);
        }
    }

    /** Where the scene info says, or where glue-factory keeps it whatever that says. */
    private static Path depthFile(Names names, String source) throws IOException {
        Path named = ScenePaths.inside(names.root, names.depth, source);
        if (Files.isRegularFile(named)) {
            return named;
        }
        String image = names.image.substring(names.image.lastIndexOf('/') + 1);
        String stem = image.contains(".") ? image.substring(0, image.lastIndexOf('.')) : image;
        Path kept = names.root.resolve("depth_undistorted").resolve(names.scene).resolve(stem + ".h5");
        return Files.isRegularFile(kept) ? kept : named;
    }

    private static List<ImagePair> overlapping(Path file, Map<String, Object> arrays, int count) throws IOException {
        if (!(arrays.get(OVERLAPS) instanceof NpyArray matrix)) {
            throw missing(file, OVERLAPS + " or " + PAIRS);
        }
        double[] overlaps = Matrices.doubles(matrix, file + "/" + OVERLAPS);
        if (!Arrays.equals(matrix.shape(), new long[] {count, count})) {
            throw new IOException(
                    file + ": " + OVERLAPS + ": expected shape [" + count + " " + count + "], found " + matrix);
        }
        List<ImagePair> pairs = new ArrayList<>();
        for (int i = 0; i < overlaps.length; i++) {
            if (overlaps[i] > 0 && i / count != i % count) {
                pairs.add(new ImagePair(i / count, i % count, overlaps[i]));
            }
        }
        return pairs;
    }

    private static List<ImagePair> listed(Path file, Map<String, Object> arrays, int count) throws IOException {
        if (!(arrays.get(PAIRS) instanceof NpyObjects list)) {
            throw missing(file, "a list of pairs " + PAIRS);
        }
        boolean isTable = list.shape().size() == 2;
        int columns = isTable ? list.shape().get(1).intValue() : 1;
        List<ImagePair> pairs = new ArrayList<>();
        for (int i = 0; i + columns <= list.size(); i += columns) {
            List<Object> parts = new ArrayList<>();
            if (isTable) {
                for (int c = 0; c < Math.min(columns, 2); c++) {
                    parts.add(list.get(i + c).orElse(""));
                }
            } else if (list.get(i).orElse("") instanceof List<?> tuple) {
                for (Object part : tuple.subList(0, Math.min(tuple.size(), 2))) {
                    parts.add(list.plain(part).orElse(""));
                }
            }
            pairs.add(pair(file, list, parts, count));
        }
        return pairs;
    }

    private static ImagePair pair(Path file, NpyObjects list, List<Object> parts, int count) throws IOException {
        List<Integer> indices = new ArrayList<>();
        if (parts.size() == 2 && parts.get(0) instanceof List<?> both) {
            for (Object index : both) {
                if (list.plain(index).orElse("") instanceof Long number && number >= 0 && number < count) {
                    indices.add(number.intValue());
                }
            }
        } else if (parts.size() == 2 && parts.get(0) instanceof NpyArray both) {
            for (double number : Matrices.doubles(both, file + "/" + PAIRS)) {
                if (number >= 0 && number < count) {
                    indices.add((int) number);
                }
            }
        }
        if (indices.size() != 2 || !(parts.get(1) instanceof Number overlap)) {
            throw new IOException(
                    file + ": " + PAIRS + ": expected ((index0, index1), overlap, ...) with indices below " + count
                            + ", found something else");
        }
        return new ImagePair(indices.get(0), indices.get(1), overlap.doubleValue());
    }

    /** Pairs whose images have depth; a list is taken as it is. */
    List<PosedPair> pairs(OverlapSampling sampling, Seed seed) {
        List<ImagePair> whole = pairs.stream()
                .filter(pair -> images.get(pair.index0()) != null && images.get(pair.index1()) != null)
                .toList();
        Seed ofScene = seed.child(scene);
        List<ImagePair> chosen = isListed
                ? OverlapSampling.draw(whole, sampling.pairsPerScene(), ofScene)
                : sampling.choose(whole, ofScene);
        List<PosedPair> posed = new ArrayList<>();
        for (ImagePair pair : chosen) {
            PosedImage image0 = images.get(pair.index0());
            PosedImage image1 = images.get(pair.index1());
            if (image0 != null && image1 != null) {
                String name = scene + "/" + image0.name() + "-" + image1.name();
                posed.add(new PosedPair(name, scene, image0, image1, pair.overlap()));
            }
        }
        return posed;
    }
}
