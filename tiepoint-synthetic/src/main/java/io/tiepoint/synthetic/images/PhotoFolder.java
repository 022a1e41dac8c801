package io.tiepoint.synthetic.images;

import io.tiepoint.core.check.Check;
import io.tiepoint.core.geometry.Homography;
import io.tiepoint.core.image.ColorImage;
import io.tiepoint.core.image.GrayImage;
import io.tiepoint.core.image.ImageFiles;
import io.tiepoint.core.image.ImageFormatException;
import io.tiepoint.core.image.ImageFormatException.Problem;
import io.tiepoint.core.image.ImagePyramid;
import io.tiepoint.core.image.ImageSize;
import io.tiepoint.core.image.PngEncoder;
import io.tiepoint.core.random.Draws;
import io.tiepoint.core.random.Seed;
import io.tiepoint.synthetic.homography.Warp;
import io.tiepoint.synthetic.homography.WarpSource;
import io.tiepoint.synthetic.photometric.ColorTemperature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.Stream;

/**
 * The photographs of a folder, in the order of their names, again and again, each time another part of them. A photograph is
 * decoded when it is first needed and kept in memory with 8 bits per pixel and with smaller sizes of itself, as long as there is
 * room. One that cannot be used is left out, and {@link #skipped} says why; the others do not change because of it.
 */
public final class PhotoFolder implements ImageSource {
    private static final List<String> ENDINGS =
            List.of(".jpg", ".jpeg", ".png", ".tif", ".tiff", ".webp", ".bmp", ".gif", ".ppm", ".pgm", ".pnm");
    /** Crops depend on nothing but their index. */
    private static final Seed CROPS = new Seed(0).child("photo crops");

    private static final long CACHE_BYTES = 512L << 20;
    /** Photographs are halved while they are larger than the images by more than this. */
    private static final double LARGEST_RATIO = 3;
    /** Smaller photographs show nothing. */
    private static final int SMALLEST_PX = 32;

    private final Path folder;
    private final ImageSize size;
    private final List<Path> files;
    private final AtomicReferenceArray<WarpSource> photos;
    /** Only of those that were seen under another light. */
    private final AtomicReferenceArray<ColorImage> colors;

    private final AtomicLong cachedBytes = new AtomicLong();
    private final ConcurrentSkipListMap<Path, Skipped> skipped = new ConcurrentSkipListMap<>();

    /**
     * Why a photograph is left out.
     *
     * @param problem what is wrong, to be counted
     * @param sentence begins with the file
     */
    public record Skipped(Problem problem, String sentence) {}

    /**
     * Lists a folder.
     *
     * @param folder holds photographs, directly
     * @param size of the images that are cut out of them
     * @throws IOException if the folder cannot be listed or holds no photograph
     */
    public PhotoFolder(Path folder, ImageSize size) throws IOException {
        this.folder = folder;
        this.size = size;
        if (!Files.isDirectory(folder)) {
            throw new IOException(folder + ": expected a folder of photographs, found none");
        }
        try (Stream<Path> listed = Files.list(folder)) {
            files = listed.filter(PhotoFolder::isPhoto).sorted().toList();
        }
        if (files.isEmpty()) {
            throw new IOException(folder + ": expected photographs (" + String.join(", ", ENDINGS) + "), found none");
        }
        photos = new AtomicReferenceArray<>(files.size());
        colors = new AtomicReferenceArray<>(files.size());
    }

    private static boolean isPhoto(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return ENDINGS.stream().anyMatch(name::endsWith);
    }

    /** Number of photographs. */
    public int count() {
        return files.size();
    }

    /** The photographs met so far that cannot be used, each with the reason. */
    public SortedMap<Path, Skipped> skipped() {
        return skipped.clone();
    }

    /** Checksum of the names and sizes of the photographs, lower-case hex; tells whether the folder is still the same. */
    public String listing() throws IOException {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
        for (Path file : files) {
            digest.update((file.getFileName() + " " + Files.size(file) + "\n").getBytes(StandardCharsets.UTF_8));
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /**
     * Cuts a part out of a photograph.
     *
     * @throws UncheckedIOException if no photograph of the folder can be read
     */
    @Override
    public GrayImage image(long index) {
        Cutout cutout = cutout(index);
        return Warp.cut(cutout.source(), cutout.imageFromSource(), size);
    }

    /**
     * A part of a photograph, between the size that is wanted and as large as fits.
     *
     * @throws UncheckedIOException if no photograph of the folder can be read
     */
    @Override
    public Cutout cutout(long index) {
        return cutout(index, ColorTemperature.DAYLIGHT);
    }

    @Override
    public boolean hasColors() {
        return true;
    }

    /**
     * The same part under light of another colour.
     *
     * @throws UncheckedIOException if no photograph of the folder can be read
     */
    @Override
    public Cutout cutout(long index, ColorTemperature light) {
        Check.that(index >= 0, "index: expected >= 0, found %s", index);
        int first = (int) (index % files.size());
        for (int i = 0; i < files.size(); i++) {
            int position = (first + i) % files.size();
            if (skipped.containsKey(files.get(position))) {
                continue;
            }
            try {
                return part(
                        light.isDaylight() ? photo(position) : photo(position, light),
                        CROPS.child("crop", index).draws());
            } catch (ImageFormatException e) {
                skipped.put(files.get(position), new Skipped(e.problem(), String.valueOf(e.getMessage())));
            }
        }
        throw new UncheckedIOException(new IOException(folder + ": expected photographs, found only unreadable ones; "
                + skipped.firstEntry().getValue().sentence()));
    }

    private WarpSource photo(int position) throws ImageFormatException {
        WarpSource photo = photos.get(position);
        if (photo == null) {
            // Two threads may both read it; they read the same.
            Path file = files.get(position);
            GrayImage image = ImageFiles.readStill(file);
            if (Math.min(image.width(), image.height()) < SMALLEST_PX) {
                throw new ImageFormatException(
                        Problem.TOO_SMALL,
                        file + ": expected a photograph of at least " + SMALLEST_PX + " px, found " + image.size());
            }
            GrayImage handy = handy(image);
            byte[] bytes = PngEncoder.to8Bits(handy);
            photo = WarpSource.of(handy.size(), bytes);
            keep(photos, position, photo, (long) WarpSource.BYTES_PER_PIXEL * bytes.length);
        }
        return photo;
    }

    /** A photograph that can be used, in another light. */
    private WarpSource photo(int position, ColorTemperature light) throws ImageFormatException {
        ColorImage photo = colors.get(position);
        if (photo == null) {
            ColorImage whole = ImageFiles.readStillColor(files.get(position));
            photo = ColorImage.of(handy(whole.channel(0)), handy(whole.channel(1)), handy(whole.channel(2)));
            keep(colors, position, photo, photo.rgb().length);
        }
        return WarpSource.of(photo.size(), light.gray(photo));
    }

    private GrayImage handy(GrayImage image) {
        GrayImage handy = image;
        while (ratio(handy.size()) > LARGEST_RATIO) {
            handy = ImagePyramid.half(handy);
        }
        return handy;
    }

    private <T> void keep(AtomicReferenceArray<T> cache, int position, T decoded, long bytes) {
        if (cachedBytes.addAndGet(bytes) <= CACHE_BYTES) {
            cache.set(position, decoded);
        } else {
            cachedBytes.addAndGet(-bytes);
        }
    }

    private double ratio(ImageSize photo) {
        return Math.min(photo.width() / (double) size.width(), photo.height() / (double) size.height());
    }

    private Cutout part(WarpSource photo, Draws draws) {
        ImageSize whole = photo.size();
        double largest = ratio(whole);
        double zoom = largest > 1 ? draws.nextLogUniform(1, largest) : largest;
        double left = draws.nextDouble() * (whole.width() - size.width() * zoom);
        double top = draws.nextDouble() * (whole.height() - size.height() * zoom);
        Homography imageFromPhoto = Homography.scaling(1 / zoom, 1 / zoom).compose(Homography.translation(-left, -top));
        return new Cutout(photo, imageFromPhoto, size);
    }

    @Override
    public String describe() {
        return files.size() + " photographs of " + folder.getFileName();
    }
}
