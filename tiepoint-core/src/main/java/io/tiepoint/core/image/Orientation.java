package io.tiepoint.core.image;

import com.twelvemonkeys.imageio.metadata.Directory;
import com.twelvemonkeys.imageio.metadata.Entry;
import com.twelvemonkeys.imageio.metadata.jpeg.JPEG;
import com.twelvemonkeys.imageio.metadata.jpeg.JPEGSegment;
import com.twelvemonkeys.imageio.metadata.jpeg.JPEGSegmentUtil;
import com.twelvemonkeys.imageio.metadata.tiff.TIFF;
import com.twelvemonkeys.imageio.metadata.tiff.TIFFReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Locale;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * How the pixels of a file are turned and mirrored to be shown upright: the values 1 to 8 of the tag Orientation of EXIF and
 * TIFF. Pixel (x, y) of the upright image is number {@code origin + x * stepX + y * stepY} of the file.
 *
 * @param transposed whether width and height change places
 * @param mirroredX whether the file's columns run from right to left
 * @param mirroredY whether the file's rows run from bottom to top
 */
record Orientation(boolean transposed, boolean mirroredX, boolean mirroredY) {
    static final Orientation UPRIGHT = new Orientation(false, false, false);

    private static final int EXIF_LIMIT_BYTES = 1 << 20;

    /** The meaning of a tag; what is not defined counts as upright. */
    static Orientation ofTag(int tag) {
        return switch (tag) {
            case 2 -> new Orientation(false, true, false);
            case 3 -> new Orientation(false, true, true);
            case 4 -> new Orientation(false, false, true);
            case 5 -> new Orientation(true, false, false);
            case 6 -> new Orientation(true, false, true);
            case 7 -> new Orientation(true, true, true);
            case 8 -> new Orientation(true, true, false);
            default -> UPRIGHT;
        };
    }

    /** Reads it from a file of the given format; a file without, or with broken EXIF data, counts as upright. */
    static Orientation read(ImageInputStream file, String format) {
        try {
            file.seek(0);
            return switch (format.toLowerCase(Locale.ROOT)) {
                case "jpeg" -> fromJpeg(file);
                case "tiff" -> fromExif(file);
                case "png" -> fromChunks(file, 8, false);
                case "webp" -> fromChunks(file, 12, true);
                default -> UPRIGHT;
            };
        } catch (IOException | RuntimeException e) {

            return UPRIGHT; // an image whose EXIF data is broken is still an image
        }
    }

    private static Orientation fromJpeg(ImageInputStream file) throws IOException {
        List<JPEGSegment> segments = JPEGSegmentUtil.readSegments(file, JPEG.APP1, "Exif");
        if (segments.isEmpty()) {
            return UPRIGHT;
        }
        try (InputStream data = segments.get(0).data()) {
            if (data.read() < 0) { // the identifier is padded with one more zero
                return UPRIGHT;
            }
            return fromExif(data.readAllBytes());
        }
    }

    /** Looks for {@code eXIf} (PNG: size first) or {@code EXIF} (WebP: name first). */
    private static Orientation fromChunks(ImageInputStream file, long firstChunk, boolean riff) throws IOException {
        file.setByteOrder(riff ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        file.seek(firstChunk);
        byte[] name = new byte[4];
        while (true) {
            long size;
            if (riff) {
                file.readFully(name);
                size = file.readUnsignedInt();
            } else {
                size = file.readUnsignedInt();
                file.readFully(name);
            }
            String chunk = new String(name, java.nio.charset.StandardCharsets.US_ASCII);
            if (chunk.equalsIgnoreCase("exif") && size <= EXIF_LIMIT_BYTES) {
                byte[] exif = new byte[(int) size];
                file.readFully(exif);
                return fromExif(exif);
            }
            if (chunk.equals("IEND")) {
                return UPRIGHT;
            }
            file.seek(file.getStreamPosition() + size + (riff ? size % 2 : 4)); // padding, or the checksum
        }
    }

    private static Orientation fromExif(byte[] exif) throws IOException {
        try (ImageInputStream stream = new MemoryCacheImageInputStream(new ByteArrayInputStream(exif))) {
            return fromExif(stream);
        }
    }

    private static Orientation fromExif(ImageInputStream stream) throws IOException {
        Directory directory = new TIFFReader().read(stream);
        Entry entry = directory.getEntryById(TIFF.TAG_ORIENTATION);
        return entry != null && entry.getValue() instanceof Number tag ? ofTag(tag.intValue()) : UPRIGHT;
    }

    boolean isUpright() {
        return equals(UPRIGHT);
    }

    GrayImage apply(GrayImage image) {
        if (isUpright()) {
            return image;
        }
        ImageSize size = size(image.size());
        float[] from = image.pixels();
        float[] to = new float[from.length];
        int stepX = stepX(image.width());
        for (int y = 0; y < size.height(); y++) {
            int source = rowStart(image.size(), y);
            for (int i = y * size.width(); i < (y + 1) * size.width(); i++) {
                to[i] = from[source];
                source += stepX;
            }
        }
        return GrayImage.wrap(size.width(), size.height(), to);
    }

    ColorImage apply(ColorImage image) {
        if (isUpright()) {
            return image;
        }
        ImageSize size = size(image.size());
        byte[] from = image.rgb();
        byte[] to = new byte[from.length];
        int stepX = 3 * stepX(image.width());
        for (int y = 0; y < size.height(); y++) {
            int source = 3 * rowStart(image.size(), y);
            for (int i = 3 * y * size.width(); i < 3 * (y + 1) * size.width(); i += 3) {
                to[i] = from[source];
                to[i + 1] = from[source + 1];
                to[i + 2] = from[source + 2];
                source += stepX;
            }
        }
        return ColorImage.wrap(size.width(), size.height(), to);
    }

    private ImageSize size(ImageSize stored) {
        return transposed ? new ImageSize(/* width= */ stored.height(), /* height= */ stored.width()) : stored;
    }

    /** From one pixel of an upright row to the next, in the file. */
    private int stepX(int storedWidth) {
        return transposed ? (mirroredY ? -storedWidth : storedWidth) : (mirroredX ? -1 : 1);
    }

    /** The file's pixel that is the first of an upright row. */
    private int rowStart(ImageSize stored, int y) {
        int width = stored.width();
        int origin = (mirroredX ? width - 1 : 0) + (mirroredY ? (stored.height() - 1) * width : 0);
        return origin + y * (transposed ? (mirroredX ? -1 : 1) : (mirroredY ? -width : width));
    }
}
