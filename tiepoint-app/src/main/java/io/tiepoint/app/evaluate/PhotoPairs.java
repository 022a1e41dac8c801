package io.tiepoint.app.evaluate;

import io.tiepoint.core.check.Check;
import io.tiepoint.core.geometry.Homography;
import io.tiepoint.core.image.GrayImage;
import io.tiepoint.core.image.ImageFiles;
import io.tiepoint.core.image.ImageFormatException;
import io.tiepoint.core.image.Resize;
import io.tiepoint.core.random.Draws;
import io.tiepoint.core.random.Seed;
import io.tiepoint.core.truth.HomographyTruth;
import io.tiepoint.evaluate.EvaluationPair;
import io.tiepoint.synthetic.homography.HomographySampler;
import io.tiepoint.synthetic.homography.Warp;
import io.tiepoint.synthetic.pairs.PairRecipe;
import io.tiepoint.synthetic.photometric.PhotometricChange;
import io.tiepoint.synthetic.photometric.PhotometricRecipe;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Pairs made from the photos of a folder. View 0 is the photo as it is, reduced only if its longer side has more than 640 px;
 * view 1 is the photo under a homography and a photometric change of the band, of the same size, its outside filled with another
 * photo. Both are rounded to 8 bits, as files would be. A pair depends on its photo's name, its band, its number and the seed, and
 * the filling on its neighbour in the folder.
 */
public final class PhotoPairs implements PairData {
    private static final int MAX_LONGER_SIDE_PX = 640;
    private static final int MIN_SIDE_PX = 64;
    private static final Set<String> ENDINGS =
            Set.of("jpg", "jpeg", "png", "tif", "tiff", "webp", "bmp", "gif", "ppm", "pgm", "pnm");

    private final Path folder;
    private final List<Path> photos;
    private final List<Band> bands;
    private final int pairsPerPhoto;
    private final Seed seed;

    private PhotoPairs(Path folder, List<Path> photos, List<Band> bands, int pairsPerPhoto, Seed seed) {
        this.folder = folder;
        this.photos = photos;
        this.bands = bands;
        this.pairsPerPhoto = pairsPerPhoto;
        this.seed = seed;
    }

    /**
     * Lists a folder; photos are read later.
     *
     * @param pairsPerPhoto for each band
     * @param limit at most so many photos
     * @throws IOException naming the folder if it is none or holds no photos
     */
    public static PhotoPairs open(Path folder, List<Band> bands, int pairsPerPhoto, int limit, Seed seed)
            throws IOException {
        Check.that(!bands.isEmpty(), "--band: expected at least one, found none");
        Check.that(pairsPerPhoto > 0, "--pairs-per-photo: expected > 0, found %s", pairsPerPhoto);
        if (!Files.isDirectory(folder)) {
            throw new IOException(folder + ": expected a folder of photos, found "
                    + (Files.exists(folder) ? "a file" : "no such folder"));
        }
        try (Stream<Path> entries = Files.list(folder)) {
            List<Path> photos =
                    entries.filter(PhotoPairs::isPhoto).sorted().limit(limit).toList();
            if (photos.isEmpty()) {
                throw new IOException(
                        folder + ": expected photos (JPEG, PNG, TIFF, WebP, PNM, BMP or GIF), found none");
            }
            return new PhotoPairs(folder, photos, List.copyOf(bands), pairsPerPhoto, seed.child("photo pairs"));
        }
    }

    private static boolean isPhoto(Path file) {
        String name = nameOf(file).toLowerCase(Locale.ROOT);
        return ENDINGS.contains(name.substring(name.lastIndexOf('.') + 1)) && Files.isRegularFile(file);
    }

    private static String nameOf(Path file) {
        return String.valueOf(file.getFileName());
    }

    @Override
    public Map<String, String> description() {
        Map<String, String> description = new LinkedHashMap<>();
        description.put(
                "photos",
                photos.size() + " of " + nameOf(folder.toAbsolutePath().normalize()));
        description.put("pairsPerPhoto", pairsPerPhoto + " for each band");
        description.put("bands", bands.stream().map(Band::reportName).collect(Collectors.joining(", ")));
        description.put("view0", "the photo, longer side at most " + MAX_LONGER_SIDE_PX + " px");
        return description;
    }

    @Override
    public int pairCount() {
        return photos.size() * bands.size() * pairsPerPhoto;
    }

    @Override
    public Iterator<EvaluationPair> pairs() {
        return IntStream.range(0, pairsPerPhoto * photos.size())
                .boxed()
                .flatMap(i -> pairsOf(i % photos.size(), i / photos.size()))
                .iterator();
    }

    /** The pairs of one photo, one for each band. */
    private Stream<EvaluationPair> pairsOf(int photo, int number) {
        GrayImage image0 = read(photos.get(photo));
        GrayImage fill = read(photos.get((photo + 1) % photos.size()));
        List<EvaluationPair> pairs = new ArrayList<>();
        for (Band band : bands) {
            pairs.add(pair(photo, number, band, image0, fill));
        }
        return pairs.stream();
    }

    private EvaluationPair pair(int photo, int number, Band band, GrayImage image0, GrayImage fill) {
        String scene = nameOf(photos.get(photo));
        PairRecipe recipe = band.recipe();
        PhotometricRecipe light = recipe.photometric1();
        Seed pair = seed.child(band.reportName()).child(scene, number);
        Draws geometry = pair.child("geometry").draws();
        Homography h1From0 = new HomographySampler(recipe.homography()).sample(image0.size(), image0.size(), geometry);
        GrayImage warped = Warp.warp(image0, h1From0, image0.size(), fill);
        GrayImage image1 =
                PhotometricChange.apply(warped, light, pair.child("light").draws());
        return new EvaluationPair(
                scene + "/" + band.reportName() + "-" + number,
                scene,
                band.reportName(),
                image0,
                roundedTo8Bits(image1),
                new HomographyTruth(h1From0, image0.size(), image0.size()));
    }

    private static GrayImage read(Path file) {
        try {
            GrayImage image = Resize.fitLongerSide(ImageFiles.readGray(file), MAX_LONGER_SIDE_PX);
            if (Math.min(image.width(), image.height()) < MIN_SIDE_PX) {
                throw new ImageFormatException(
                        ImageFormatException.Problem.TOO_SMALL,
                        file + ": expected a photo of at least " + MIN_SIDE_PX + "x" + MIN_SIDE_PX + " px, found "
                                + image.size());
            }
            return roundedTo8Bits(image);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static GrayImage roundedTo8Bits(GrayImage image) {
        float[] pixels = new float[image.pixels().length];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = Math.round(Math.min(Math.max(image.pixels()[i], 0f), 1f) * 255f) / 255f;
        }
        return GrayImage.wrap(image.width(), image.height(), pixels);
    }
}
