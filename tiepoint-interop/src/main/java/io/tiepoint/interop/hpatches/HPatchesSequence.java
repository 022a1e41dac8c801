package io.tiepoint.interop.hpatches;

import io.tiepoint.core.geometry.Homography;
import io.tiepoint.core.image.GrayImage;
import io.tiepoint.core.image.ImageFiles;
import io.tiepoint.core.image.ImageSize;
import io.tiepoint.core.image.Resize;
import io.tiepoint.core.truth.HomographyTruth;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** One scene: a reference image, and others under different light ({@code i_}) or from different places ({@code v_}). */
public final class HPatchesSequence {
    private static final List<String> EXTENSIONS = List.of("ppm", "png", "jpg", "jpeg");

    private final Path folder;
    private final HPatchesOptions options;
    private final List<Path> images;

    private HPatchesSequence(Path folder, HPatchesOptions options, List<Path> images) {
        this.folder = folder;
        this.options = options;
        this.images = images;
    }

    static HPatchesSequence open(Path folder, HPatchesOptions options) throws IOException {
        List<Path> images = new ArrayList<>();
        while (true) {
            int number = images.size() + 1;
            List<Path> candidates = EXTENSIONS.stream()
                    .map(extension -> folder.resolve(number + "." + extension))
                    .filter(Files::exists)
                    .toList();
            boolean hasHomography = number > 1 && Files.exists(homographyFile(folder, number));
            if (candidates.isEmpty() && (number <= 2 || hasHomography)) {
                throw new IOException(folder.resolve(number + ".ppm") + ": expected image " + number
                        + " of the sequence (ppm, png or jpg), found none");
            }
            if (candidates.isEmpty()) {
                return new HPatchesSequence(folder, options, List.copyOf(images));
            }
            if (number > 1 && !hasHomography) {
                throw new IOException(homographyFile(folder, number) + ": expected the homography of "
                        + HPatches.fileName(candidates.get(0)) + ", found no such file");
            }
            images.add(candidates.get(0));
        }
    }

    private static Path homographyFile(Path folder, int number) {
        return folder.resolve("H_1_" + number);
    }

    /** Such as {@code v_wall}. */
    public String name() {
        return HPatches.fileName(folder);
    }

    /** Whether the viewpoint changes; else the light does. */
    public boolean isViewpoint() {
        return name().startsWith("v_");
    }

    /** Number of images without the reference. */
    public int pairCount() {
        return images.size() - 1;
    }

    /**
     * Reads the reference with each other image.
     *
     * @throws IOException naming the file that is no image or no homography
     */
    public List<HPatchesPair> read() throws IOException {
        GrayImage original0 = ImageFiles.readGray(images.get(0));
        GrayImage image0 = resized(original0);
        List<HPatchesPair> pairs = new ArrayList<>();
        for (int i = 1; i < images.size(); i++) {
            GrayImage original1 = ImageFiles.readGray(images.get(i));
            GrayImage image1 = resized(original1);
            Homography h1From0 = scaling(original1.size(), image1.size())
                    .compose(readHomography(homographyFile(folder, i + 1)))
                    .compose(scaling(original0.size(), image0.size()).inverse());
            pairs.add(new HPatchesPair(
                    name() + "/1-" + (i + 1),
                    image0,
                    image1,
                    new HomographyTruth(h1From0, image0.size(), image1.size())));
        }
        return pairs;
    }

    private GrayImage resized(GrayImage image) {
        return Resize.resize(image, resizedSize(image.size()));
    }

    /** The longer side is rounded down, as glue-factory does. */
    private ImageSize resizedSize(ImageSize size) {
        int side = options.shortSidePx();
        return size.width() < size.height()
                ? new ImageSize(side, (int) ((long) side * size.height() / size.width()))
                : new ImageSize((int) ((long) side * size.width() / size.height()), side);
    }

    private static Homography scaling(ImageSize from, ImageSize to) {
        return Homography.scaling(to.width() / (double) from.width(), to.height() / (double) from.height());
    }

    private Homography readHomography(Path file) throws IOException {
        String[] words;
        try {
            words = Files.readString(file).strip().split("\\s+");
        } catch (CharacterCodingException e) {
            throw new IOException(file + ": expected 9 numbers, found a file that is no text", e);
        }
        if (words.length != 9) {
            throw new IOException(file + ": expected 9 numbers, found " + words.length + " words");
        }
        double[] matrix = new double[9];
        for (int i = 0; i < 9; i++) {
            try {
                matrix[i] = Double.parseDouble(words[i]);
            } catch (NumberFormatException e) {
                throw new IOException(file + ": expected 9 numbers, found " + words[i], e);
            }
        }
        double offset = options.homographyFrame().toCorner(0);
        try {
            return Homography.translation(offset, offset)
                    .compose(Homography.of(matrix))
                    .compose(Homography.translation(-offset, -offset));
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }
}
