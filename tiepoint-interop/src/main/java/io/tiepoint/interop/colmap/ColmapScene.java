package io.tiepoint.interop.colmap;

import io.tiepoint.core.random.Seed;
import io.tiepoint.interop.depth.DepthFiles;
import io.tiepoint.interop.posed.ImagePair;
import io.tiepoint.interop.posed.OverlapSampling;
import io.tiepoint.interop.posed.PosedImage;
import io.tiepoint.interop.posed.PosedPair;
import io.tiepoint.interop.posed.PosedScenes;
import io.tiepoint.interop.posed.ScenePaths;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A COLMAP model with its images and depth maps, such as the workspace that {@code colmap image_undistorter} and
 * {@code colmap patch_match_stereo} leave: {@code images/}, {@code sparse/} and {@code stereo/depth_maps/}. An image of a model is
 * found by its name; its depth map by its name or its name without the ending, followed by an ending of
 * {@link DepthFiles#ENDINGS}. Depth is that of the image's own pixels: where the camera has distortion, so has the map.
 */
public final class ColmapScene implements PosedScenes {
    private static final List<String> MODELS = List.of("sparse", "sparse/0", "", "dense/sparse", "model");
    private static final List<String> IMAGES = List.of("images", "dense/images");
    private static final List<String> DEPTHS =
            List.of("stereo/depth_maps", "dense/stereo/depth_maps", "depth_maps", "depths", "depth");

    private final Path folder;
    private final ColmapModel model;
    /** For each image of the model; null where there is no depth. */
    private final List<@Nullable PosedImage> images;

    private ColmapScene(Path folder, ColmapModel model, List<@Nullable PosedImage> images) {
        this.folder = folder;
        this.model = model;
        this.images = images;
    }

    /**
     * Finds model, images and depth maps in a folder.
     *
     * @throws IOException naming what is missing or damaged
     */
    public static ColmapScene open(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new IOException(folder + ": expected a folder with a COLMAP model, images and depth maps, found "
                    + (Files.exists(folder) ? "a file" : "no such folder"));
        }
        Path modelFolder = MODELS.stream()
                .map(folder::resolve)
                .filter(ColmapModel::isModel)
                .findFirst()
                .orElseThrow(() -> missing(folder, "a COLMAP model (cameras.bin or cameras.txt)", MODELS));
        return open(folder, modelFolder, subfolder(folder, "images", IMAGES), subfolder(folder, "depth maps", DEPTHS));
    }

    private static Path subfolder(Path folder, String what, List<String> names) throws IOException {
        return names.stream()
                .map(folder::resolve)
                .filter(Files::isDirectory)
                .findFirst()
                .orElseThrow(() -> missing(folder, what, names));
    }

    private static IOException missing(Path folder, String what, List<String> names) {
        return new IOException(folder + ": expected " + what + " in "
                + String.join(
                        ", ",
                        names.stream().map(name -> name.isEmpty() ? "." : name).toList())
                + ", found none");
    }

    private static ColmapScene open(Path folder, Path modelFolder, Path imageFolder, Path depthFolder)
            throws IOException {
        ColmapModel model = ColmapModel.read(modelFolder);
        List<@Nullable PosedImage> images = new ArrayList<>();
        int withDepth = 0;
        for (ColmapImage image : model.images()) {
            String source = modelFolder + ": image " + image.name();
            Path imageFile = ScenePaths.inside(imageFolder, image.name(), source);
            Optional<Path> depth = depthFile(depthFolder, image.name(), source);
            withDepth += depth.isPresent() ? 1 : 0;
            images.add(depth.map(file -> new PosedImage(
                            image.name(), imageFile, model.camera(image)::forImages, image.camFromWorld(), file))
                    .orElse(null));
        }
        if (withDepth == 0) {
            throw new IOException(depthFolder + ": expected depth maps of the " + images.size()
                    + " images of the model, named like them with an ending of "
                    + String.join(", ", DepthFiles.ENDINGS) + ", found none");
        }
        return new ColmapScene(folder, model, images);
    }

    private static Optional<Path> depthFile(Path folder, String name, String source) throws IOException {
        int dot = name.lastIndexOf('.');
        List<String> stems = dot > name.lastIndexOf('/') ? List.of(name, name.substring(0, dot)) : List.of(name);
        for (String stem : stems) {
            for (String ending : DepthFiles.ENDINGS) {
                Path file = ScenePaths.inside(folder, stem + ending, source);
                if (Files.isRegularFile(file)) {
                    return Optional.of(file);
                }
            }
        }
        return Optional.empty();
    }

    /** The sparse model. */
    public ColmapModel model() {
        return model;
    }

    /** The images that have depth. */
    public List<PosedImage> images() {
        List<PosedImage> withDepth = new ArrayList<>();
        for (PosedImage image : images) {
            if (image != null) {
                withDepth.add(image);
            }
        }
        return withDepth;
    }

    @Override
    public List<PosedPair> pairs(OverlapSampling sampling, Seed seed) throws IOException {
        String scene = String.valueOf(folder.toAbsolutePath().normalize().getFileName());
        List<ImagePair> candidates = model.overlaps().stream()
                .filter(pair -> images.get(pair.index0()) != null && images.get(pair.index1()) != null)
                .toList();
        List<PosedPair> pairs = new ArrayList<>();
        for (ImagePair pair : sampling.choose(candidates, seed.child(scene))) {
            PosedImage image0 = images.get(pair.index0());
            PosedImage image1 = images.get(pair.index1());
            if (image0 != null && image1 != null) {
                pairs.add(new PosedPair(
                        scene + "/" + image0.name() + "-" + image1.name(), scene, image0, image1, pair.overlap()));
            }
        }
        if (pairs.isEmpty()) {
            throw new IOException(folder + ": expected images with depth whose overlap lies between "
                    + sampling.minOverlap() + " and " + sampling.maxOverlap() + ", found none among "
                    + images().size() + " images and " + candidates.size() / 2 + " pairs");
        }
        return pairs;
    }

    @Override
    public Map<String, String> description() {
        Map<String, String> description = new LinkedHashMap<>();
        description.put("colmap", String.valueOf(folder.getFileName()));
        description.put("images", images().size() + " with depth of " + images.size());
        return description;
    }
}
