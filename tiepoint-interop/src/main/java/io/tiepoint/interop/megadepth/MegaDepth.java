package io.tiepoint.interop.megadepth;

import io.tiepoint.core.random.Seed;
import io.tiepoint.interop.posed.OverlapSampling;
import io.tiepoint.interop.posed.PosedPair;
import io.tiepoint.interop.posed.PosedScenes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * MegaDepth in one of the layouts that are in use: {@code scene_info/*.npz} beside the images and depth maps that they name, as
 * D2-Net, glue-factory and LoFTR have it, or {@code views.txt} and {@code pairs.txt}, as glue-factory has MegaDepth-1500. Images
 * are undistorted, so cameras are pinholes; px as COLMAP counts them, which is {@link io.tiepoint.core.geometry.PixelFrame#CORNER}.
 *
 * @see <a href="https://arxiv.org/abs/1804.00607">Li and Snavely, MegaDepth, 2018</a>
 */
public final class MegaDepth implements PosedScenes {
    private static final String SCENE_INFO = "scene_info";

    private final Path folder;
    private final List<Path> sceneInfos;

    private MegaDepth(Path folder, List<Path> sceneInfos) {
        this.folder = folder;
        this.sceneInfos = sceneInfos;
    }

    /**
     * Opens a folder with {@code views.txt}, or with {@code scene_info}.
     *
     * @throws IOException if it has neither
     */
    public static PosedScenes open(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new IOException(folder + ": expected a folder of MegaDepth, found "
                    + (Files.exists(folder) ? "a file" : "no such folder"));
        }
        if (Files.isRegularFile(folder.resolve(ViewsFile.VIEWS))) {
            return ViewsFile.open(folder);
        }
        if (!Files.isDirectory(folder.resolve(SCENE_INFO))) {
            throw new IOException(folder + ": expected " + SCENE_INFO + "/*.npz, or " + ViewsFile.VIEWS + " and "
                    + ViewsFile.PAIRS + ", found neither");
        }
        return open(folder, folder.resolve(SCENE_INFO));
    }

    /**
     * Opens scene infos that lie elsewhere than the images.
     *
     * @param folder that image and depth paths start from
     * @param sceneInfo an {@code .npz} file, or a folder of them
     * @throws IOException if there is none
     */
    public static PosedScenes open(Path folder, Path sceneInfo) throws IOException {
        if (Files.isRegularFile(sceneInfo)) {
            return new MegaDepth(folder, List.of(sceneInfo));
        }
        if (!Files.isDirectory(sceneInfo)) {
            throw new IOException(sceneInfo + ": expected a scene info (.npz) or a folder of them, found none");
        }
        try (Stream<Path> files = Files.list(sceneInfo)) {
            List<Path> infos = files.filter(file -> file.toString().endsWith(".npz"))
                    .sorted()
                    .toList();
            if (infos.isEmpty()) {
                throw new IOException(sceneInfo + ": expected scene infos (.npz), found none");
            }
            return new MegaDepth(folder, infos);
        }
    }

    @Override
    public List<PosedPair> pairs(OverlapSampling sampling, Seed seed) throws IOException {
        List<PosedPair> pairs = new ArrayList<>();
        for (Path file : sceneInfos) {
            pairs.addAll(SceneInfo.read(file, folder).pairs(sampling, seed));
        }
        if (pairs.isEmpty()) {
            throw new IOException(folder + ": expected pairs with depth whose overlap lies between "
                    + sampling.minOverlap() + " and " + sampling.maxOverlap() + ", found none in "
                    + sceneInfos.size() + " scenes");
        }
        return pairs;
    }

    @Override
    public Map<String, String> description() {
        Map<String, String> description = new LinkedHashMap<>();
        description.put("megadepth", String.valueOf(folder.getFileName()));
        description.put("scenes", String.valueOf(sceneInfos.size()));
        return description;
    }
}
