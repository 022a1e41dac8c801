package io.tiepoint.interop.colmap;

import io.tiepoint.core.geometry.Vector3;
import io.tiepoint.interop.posed.ImagePair;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A sparse reconstruction: {@code cameras}, {@code images} and {@code points3D}, all {@code .bin} or all {@code .txt}.
 *
 * @see <a href="https://colmap.github.io/format.html">COLMAP, output format</a>
 */
public final class ColmapModel {
    private final Map<Long, ColmapCamera> cameras;
    private final List<ColmapImage> images;
    private final Map<Long, Vector3> points;

    private ColmapModel(Map<Long, ColmapCamera> cameras, Collection<ColmapImage> images, Map<Long, Vector3> points) {
        this.cameras = cameras;
        this.images = List.copyOf(images);
        this.points = points;
    }

    /** Whether a folder holds a model. */
    static boolean isModel(Path folder) {
        return Files.isRegularFile(folder.resolve("cameras.bin")) || Files.isRegularFile(folder.resolve("cameras.txt"));
    }

    /**
     * Reads a model; the binary one where there are both.
     *
     * @throws IOException naming the file that is missing or damaged
     */
    public static ColmapModel read(Path folder) throws IOException {
        if (!isModel(folder)) {
            throw new IOException(folder + ": expected a COLMAP model (cameras.bin or cameras.txt), found "
                    + (Files.isDirectory(folder) ? "none" : "no such folder"));
        }
        boolean isBinary = Files.isRegularFile(folder.resolve("cameras.bin"));
        String ending = isBinary ? ".bin" : ".txt";
        Path camerasFile = folder.resolve("cameras" + ending);
        Path imagesFile = existing(folder.resolve("images" + ending));
        Path pointsFile = existing(folder.resolve("points3D" + ending));
        SortedMap<Long, ColmapImage> images = new TreeMap<>();
        Map<Long, ColmapCamera> cameras;
        Map<Long, Vector3> points;
        if (isBinary) {
            cameras = ColmapBinary.cameras(camerasFile);
            images.putAll(ColmapBinary.images(imagesFile));
            points = ColmapBinary.points(pointsFile);
        } else {
            cameras = ColmapText.cameras(camerasFile);
            images.putAll(ColmapText.images(imagesFile));
            points = ColmapText.points(pointsFile);
        }
        for (ColmapImage image : images.values()) {
            if (!cameras.containsKey(image.cameraId())) {
                throw new IOException(imagesFile + ": image " + image.name() + ": expected a camera of "
                        + camerasFile.getFileName() + ", found number " + image.cameraId());
            }
        }
        return new ColmapModel(cameras, images.values(), points);
    }

    private static Path existing(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException(file + ": expected a file of the COLMAP model, found none");
        }
        return file;
    }

    /** The images, by their ids. */
    public List<ColmapImage> images() {
        return images;
    }

    /** The camera of an image. */
    public ColmapCamera camera(ColmapImage image) {
        ColmapCamera camera = cameras.get(image.cameraId());
        if (camera == null) {
            throw new IllegalArgumentException(image.name() + ": expected an image of this model, found another one");
        }
        return camera;
    }

    /** The points in space, by their ids. */
    public Map<Long, Vector3> points() {
        return Collections.unmodifiableMap(points);
    }

    /**
     * Every two images that show a point in common, in both orders. The overlap is the number of points that both show over the
     * smaller of the numbers that each shows, as D2-Net prepares MegaDepth.
     */
    public List<ImagePair> overlaps() {
        Map<Long, List<Integer>> imagesOfPoint = new HashMap<>();
        int[] shown = new int[images.size()];
        for (int i = 0; i < shown.length; i++) {
            Set<Long> once = new HashSet<>();
            ColmapImage image = images.get(i);
            for (int p = 0; p < image.pointCount(); p++) {
                if (image.isTriangulated(p) && once.add(image.pointId(p))) {
                    imagesOfPoint
                            .computeIfAbsent(image.pointId(p), id -> new ArrayList<>())
                            .add(i);
                }
            }
            shown[i] = once.size();
        }
        SortedMap<Long, Integer> common = new TreeMap<>();
        for (List<Integer> seenBy : imagesOfPoint.values()) {
            for (int a : seenBy) {
                for (int b : seenBy) {
                    if (a != b) {
                        common.merge((long) a * shown.length + b, 1, Integer::sum);
                    }
                }
            }
        }
        List<ImagePair> pairs = new ArrayList<>();
        common.forEach((key, count) -> {
            int a = (int) (key / shown.length);
            int b = (int) (key % shown.length);
            pairs.add(new ImagePair(a, b, count / (double) Math.min(shown[a], shown[b])));
        });
        return pairs;
    }
}
