package io.tiepoint.core.image;

import io.tiepoint.core.image.ImageFormatException.Problem;
import java.awt.Point;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Reads images of the common formats (JPEG, also CMYK; PNG, TIFF, WebP, PNM, BMP, and the first frame of a GIF) and writes PNG.
 *
 * <p>An image is turned and mirrored as its EXIF or TIFF orientation says. What is transparent is put on white. Colour profiles
 * are not applied: samples count as sRGB, as OpenCV takes them. Every failure is an {@link ImageFormatException} with one clear
 * sentence that begins with the file.
 */
public final class ImageFiles {
    /** Larger images are refused before their pixels are decoded. */
    public static final long MAX_PIXELS = 300_000_000;

    private static final Set<String> FORMATS = Set.of("jpeg", "png", "tiff", "webp", "pnm", "bmp", "gif");
    private static final String FORMAT_NAMES = "an image (JPEG, PNG, TIFF, WebP, PNM, BMP or GIF)";

    /** Of the Java heap while an image is read: the reader's own pixels, and ours. */
    private static final int BYTES_PER_PIXEL = 8;

    static {
        ImageIO.setUseCache(false); // no temporary files
    }

    private ImageFiles() {}

    /**
     * Reads an image in colour; 16 bits are rounded to 8.
     *
     * @throws ImageFormatException if there is no image in the file, or only a part of one, or one that is too large
     */
    public static ColorImage readColor(Path file) throws ImageFormatException {
        Decoded decoded = decode(file);
        return decoded.orientation.apply(decoded.image.toColor());
    }

    /**
     * Reads an image in grey, with the weights of {@link ColorImage#toGray}; 16 bits keep their precision. Samples that are
     * floating-point numbers beyond [0, 1] are stretched to it.
     *
     * @throws ImageFormatException if there is no image in the file, or only a part of one, or one that is too large
     */
    public static GrayImage readGray(Path file) throws ImageFormatException {
        Decoded decoded = decode(file);
        return decoded.orientation.apply(decoded.image.toGray());
    }

    /**
     * Reads an image in grey as its pixels are stored, whatever its EXIF orientation says: as COLMAP and OpenCV's plain flags do,
     * for images whose cameras are known. Likewise.
     */
    public static GrayImage readStored(Path file) throws ImageFormatException {
        return decode(file).image.toGray();
    }

    /**
     * Reads an image in grey from memory; likewise.
     *
     * @param name how messages call it
     */
    public static GrayImage readGray(byte[] bytes, Path name) throws ImageFormatException {
        if (bytes.length == 0) {
            throw new ImageFormatException(Problem.EMPTY, name + ": expected an image, found no bytes");
        }
        Decoded decoded = decode(name, new ByteArrayInputStream(bytes), false);
        return decoded.orientation.apply(decoded.image.toGray());
    }

    /**
     * Reads an image in grey that does not move; likewise, but a file of several frames is refused.
     *
     * @throws ImageFormatException also if the file is an animation
     */
    public static GrayImage readStill(Path file) throws ImageFormatException {
        checkIsFile(file);
        Decoded decoded = decode(file, file.toFile(), true);
        return decoded.orientation.apply(decoded.image.toGray());
    }

    /**
     * Reads an image in colour that does not move; 16 bits are rounded to 8.
     *
     * @throws ImageFormatException also if the file is an animation
     */
    public static ColorImage readStillColor(Path file) throws ImageFormatException {
        checkIsFile(file);
        Decoded decoded = decode(file, file.toFile(), true);
        return decoded.orientation.apply(decoded.image.toColor());
    }

    /**
     * Writes a PNG file. The file appears whole or not at all: it is written beside its place first and renamed then, over one
     * that may be there.
     */
    public static void writePng(ColorImage image, Path file) throws IOException {
        Path absolute = file.toAbsolutePath();
        Path parent = absolute.getParent();
        if (parent == null || !Files.isDirectory(parent)) {
            throw new IOException(file + ": expected a folder to write into, found none; make " + parent + " first");
        }
        if (Files.isDirectory(absolute)) {
            throw new IOException(file + ": expected a file to write, found a folder");
        }
        Path temporary = absolute.resolveSibling("." + absolute.getFileName() + "." + System.nanoTime() + ".tmp");
        try {
            try (OutputStream out = Files.newOutputStream(temporary, StandardOpenOption.CREATE_NEW);
                    MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
                if (!ImageIO.write(toBufferedImage(image), "png", stream)) {
                    throw new IllegalStateException("the JDK always writes PNG");
                }
            }
            try {
                Files.move(temporary, absolute, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(temporary, absolute, StandardCopyOption.REPLACE_EXISTING);
            }
        } finally {
            boolean ignored = Files.deleteIfExists(temporary);
        }
    }

    private static BufferedImage toBufferedImage(ColorImage image) {
        WritableRaster raster = Raster.createInterleavedRaster(
                new DataBufferByte(image.rgb(), image.rgb().length),
                image.width(),
                image.height(),
                3 * image.width(),
                3,
                new int[] {0, 1, 2},
                new Point());
        ColorModel colors = new ComponentColorModel(
                ColorSpace.getInstance(ColorSpace.CS_sRGB), false, false, ColorModel.OPAQUE, DataBuffer.TYPE_BYTE);
        return new BufferedImage(colors, raster, false, null);
    }

    private record Decoded(DecodedImage image, Orientation orientation) {}

    private static Decoded decode(Path file) throws ImageFormatException {
        checkIsFile(file);
        return decode(file, file.toFile(), false);
    }

    private static Decoded decode(Path file, Object source, boolean still) throws ImageFormatException {
        try (ImageInputStream stream = ImageIO.createImageInputStream(source)) {
            if (stream == null) {
                throw new ImageFormatException(
                        Problem.UNREADABLE, file + ": expected a file that can be read, found one that cannot");
            }
            ImageReader reader = readerOf(file, stream);
            try {
                if (still) {
                    checkIsStill(file, stream, reader);
                }
                return decode(file, stream, reader);
            } finally {
                reader.dispose();
            }
        } catch (ImageFormatException e) {
            throw e;
        } catch (IOException e) {
            throw new ImageFormatException(
                    Problem.UNREADABLE, file + ": expected a file that can be read, found " + describe(e), e);
        }
    }

    private static void checkIsFile(Path file) throws ImageFormatException {
        if (Files.isDirectory(file)) {
            throw new ImageFormatException(Problem.UNREADABLE, file + ": expected an image file, found a folder");
        }
        if (!Files.exists(file)) {
            throw new ImageFormatException(Problem.UNREADABLE, file + ": expected an image file, found no such file");
        }
        if (!Files.isReadable(file)) {
            throw new ImageFormatException(
                    Problem.UNREADABLE, file + ": expected an image file, found one that may not be read");
        }
        try {
            if (Files.size(file) == 0) {
                throw new ImageFormatException(Problem.EMPTY, file + ": expected an image file, found an empty file");
            }
        } catch (ImageFormatException e) {
            throw e;
        } catch (IOException e) {
            throw new ImageFormatException(
                    Problem.UNREADABLE, file + ": expected an image file, found " + describe(e), e);
        }
    }

    private static ImageReader readerOf(Path file, ImageInputStream stream) throws ImageFormatException {
        Iterator<ImageReader> readers = ImageIO.getImageReaders(stream);
        while (readers.hasNext()) {
            ImageReader reader = readers.next();
            if (FORMATS.contains(formatOf(reader))) {
                return reader;
            }
        }
        throw new ImageFormatException(
                Problem.NOT_AN_IMAGE, file + ": expected " + FORMAT_NAMES + ", found " + sniff(stream));
    }

    private static String formatOf(ImageReader reader) {
        try {
            String name = reader.getFormatName().toLowerCase(Locale.ROOT);
            return switch (name) {
                case "jpg" -> "jpeg";
                case "tif", "bigtiff" -> "tiff";
                case "pbm", "pgm", "ppm", "pam", "pfm" -> "pnm";
                default -> name;
            };
        } catch (IOException e) {
            return "";
        }
    }

    /** What a file seems to be that is none of the formats. */
    private static String sniff(ImageInputStream stream) {
        byte[] head = new byte[16];
        int count;
        try {
            stream.seek(0);
            count = stream.read(head);
        } catch (IOException e) {
            count = 0;
        }
        String text = new String(head, 0, Math.max(count, 0), StandardCharsets.ISO_8859_1);
        if (text.length() >= 12 && text.startsWith("ftyp", 4)) {
            String brand = text.substring(8, 12);
            if (brand.startsWith("hei") || brand.startsWith("hev") || brand.startsWith("mif") || brand.equals("avif")) {
                return (brand.equals("avif") ? "AVIF" : "HEIC") + "; convert it to JPEG or PNG first";
            }
        }
        if (text.startsWith("%PDF")) {
            return "a PDF document; export its pages as PNG first";
        }
        return "a file of another kind";
    }

    /** Pages of a TIFF do not move. */
    private static void checkIsStill(Path file, ImageInputStream stream, ImageReader reader)
            throws ImageFormatException {
        String format = formatOf(reader);
        if (!format.equals("gif") && !format.equals("webp")) {
            return;
        }
        int frames;
        try {
            stream.seek(0);
            reader.setInput(stream, false, true);
            frames = reader.getNumImages(true);
            stream.seek(0);
        } catch (IOException | RuntimeException e) { // readers throw many kinds of exceptions for broken files
            throw new ImageFormatException(Problem.DAMAGED, damaged(file, format) + " (" + describe(e) + ")", e);
        }
        if (frames > 1) {
            throw new ImageFormatException(
                    Problem.ANIMATED, file + ": expected an image, found an animation of " + frames + " frames");
        }
    }

    private static Decoded decode(Path file, ImageInputStream stream, ImageReader reader) throws ImageFormatException {
        String format = formatOf(reader);
        List<String> warnings = new ArrayList<>();
        try {
            Orientation orientation = Orientation.read(stream, format);
            stream.seek(0);
            reader.setInput(stream, false, true);
            checkSize(file, reader.getWidth(0), reader.getHeight(0));
            reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
            BufferedImage image = reader.read(0);
            if (warnings.stream().anyMatch(ImageFiles::saysTruncated) || !hasItsEnd(stream, format)) {
                throw new ImageFormatException(Problem.DAMAGED, damaged(file, format) + " (the end is missing)");
            }
            return new Decoded(new DecodedImage(image), orientation);
        } catch (ImageFormatException e) {
            throw e;
        } catch (IOException | RuntimeException e) { // readers throw many kinds of exceptions for broken files
            throw new ImageFormatException(Problem.DAMAGED, damaged(file, format) + " (" + describe(e) + ")", e);
        } catch (OutOfMemoryError e) {
            throw new ImageFormatException(
                    Problem.TOO_LARGE,
                    file
                            + ": expected an image that fits into Java's memory, found one that does not; start Java with a"
                            + " larger -Xmx",
                    e);
        }
    }

    private static String damaged(Path file, String format) {
        return file + ": expected a whole " + format.toUpperCase(Locale.ROOT)
                + " image, found a truncated or damaged one";
    }

    private static String describe(Throwable error) {
        String message = error.getMessage();
        return message == null ? error.getClass().getSimpleName() : message.strip();
    }

    private static void checkSize(Path file, int width, int height) throws ImageFormatException {
        long pixels = (long) width * height;
        if (pixels <= 0) {
            throw new ImageFormatException(
                    Problem.DAMAGED, file + ": expected at least one pixel, found " + width + "x" + height);
        }
        if (pixels > MAX_PIXELS) {
            throw new ImageFormatException(
                    Problem.TOO_LARGE,
                    file + ": expected at most " + MAX_PIXELS / 1_000_000 + " megapixels, found " + width + "x" + height
                            + " px; make it smaller first");
        }
        long memory = Runtime.getRuntime().maxMemory();
        if (pixels * BYTES_PER_PIXEL > memory) {
            throw new ImageFormatException(
                    Problem.TOO_LARGE,
                    file + ": expected an image that fits into Java's memory of " + memory / 1_000_000 + " MB, found "
                            + width + "x" + height + " px; start Java with a larger -Xmx");
        }
    }

    private static boolean saysTruncated(String warning) {
        String text = warning.toLowerCase(Locale.ROOT);
        return text.contains("premature")
                || text.contains("truncat")
                || text.contains("eof")
                || text.contains("end of");
    }

    /** Whether a file that its reader accepted reaches its end; some readers fill what is missing with grey. */
    private static boolean hasItsEnd(ImageInputStream stream, String format) throws IOException {
        long length = stream.length();
        return switch (format) {
            case "bmp" -> {
                stream.setByteOrder(java.nio.ByteOrder.LITTLE_ENDIAN);
                stream.seek(2);
                yield stream.readUnsignedInt() <= length;
            }
            default -> true;
        };
    }
}
