package io.tiepoint.synthetic.images;

import io.tiepoint.core.check.Check;
import io.tiepoint.core.geometry.Homography;
import io.tiepoint.core.image.ColorImage;
import io.tiepoint.core.image.GrayImage;
import io.tiepoint.core.image.ImageSize;
import io.tiepoint.core.random.Draws;
import io.tiepoint.core.random.Seed;
import io.tiepoint.synthetic.homography.ImagePyramid;
import io.tiepoint.synthetic.homography.Warp;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/**
 * The photographs of a folder, in the order of their names, again and again, each time another part of them. A photograph is decoded
 * once and kept in memory with 8 bits per pixel.
 */
public final class PhotoFolder implements ImageSource {
    private static final List<String> ENDINGS = List.of(".jpg", ".jpeg", ".png", ".bmp", ".gif");
    /** Crops depend on nothing but their index. */
    private static final Seed CROPS = new Seed(0).child("photo crops");

    private final Path folder;
    private final ImageSize size;
    private final List<Path> files;
    private final AtomicReferenceArray<Photo> photos;

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
    }

    private static boolean isPhoto(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return ENDINGS.stream().anyMatch(name::endsWith);
    }

    /** Number of photographs. */
    public int count() {
        return files.size();
    }

    @Override
    public GrayImage image(long index) {
        Check.that(index >= 0, "index: expected >= 0, found %s", index);
        int position = (int) (index % files.size());
        Photo photo = photos.get(position);
        if (photo == null) {
            photo = Photo.of(decode(files.get(position)));
            photos.set(position, photo);
        }
        return cut(photo.toGray(), CROPS.child("crop", index).draws());
    }

    /** A part of the shape that is wanted, between its own size and as large as fits. */
    private GrayImage cut(GrayImage photo, Draws draws) {
        double largest = Math.min(photo.width() / (double) size.width(), photo.height() / (double) size.height());
        double zoom = largest > 1 ? draws.nextLogUniform(1, largest) : largest;
        double left = draws.nextDouble() * (photo.width() - size.width() * zoom);
        double top = draws.nextDouble() * (photo.height() - size.height() * zoom);
        Homography imageFromPhoto = Homography.scaling(1 / zoom, 1 / zoom).compose(Homography.translation(-left, -top));
        return Warp.warp(new ImagePyramid(photo), imageFromPhoto, size, photo);
    }

    @Override
    public String describe() {
        return files.size() + " photographs of " + folder.getFileName();
    }

    private static GrayImage decode(Path file) {
        try {
            BufferedImage decoded = ImageIO.read(file.toFile());
            if (decoded == null) {
                throw new IOException(file + ": expected a photograph, found no format that can be read");
            }
            int width = decoded.getWidth();
            int height = decoded.getHeight();
            int[] argb = decoded.getRGB(0, 0, width, height, null, 0, width);
            byte[] rgb = new byte[3 * argb.length];
            for (int i = 0; i < argb.length; i++) {
                rgb[3 * i] = (byte) (argb[i] >> 16);
                rgb[3 * i + 1] = (byte) (argb[i] >> 8);
                rgb[3 * i + 2] = (byte) argb[i];
            }
            return ColorImage.wrap(width, height, rgb).toGray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A grey photograph of 8 bits. */
    private static final class Photo {
        private final ImageSize size;
        private final byte[] bytes;

        private Photo(ImageSize size, byte[] bytes) {
            this.size = size;
            this.bytes = bytes;
        }

        static Photo of(GrayImage image) {
            byte[] bytes = new byte[image.pixels().length];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) Math.round(image.pixels()[i] * 255f);
            }
            return new Photo(image.size(), bytes);
        }

        GrayImage toGray() {
            float[] pixels = new float[bytes.length];
            for (int i = 0; i < pixels.length; i++) {
                pixels[i] = (bytes[i] & 0xff) / 255f;
            }
            return GrayImage.wrap(size.width(), size.height(), pixels);
        }
    }
}
