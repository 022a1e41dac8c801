package io.tiepoint.app.synth;

import io.tiepoint.core.image.GrayImage;
import io.tiepoint.core.image.PngEncoder;
import io.tiepoint.match.webp.WebpEncoder;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** How the images of a data set are written; all with 8 bits of grey. */
public enum ImageEncoding {
    /** Exact, and the same bytes on every machine. */
    PNG("png"),
    /** Exact and a little smaller, but slower to write; the bytes depend on the version of OpenCV. */
    WEBP("webp"),
    /** Smaller, with losses; the bytes depend on the JDK. */
    JPEG("jpg");

    private static final float JPEG_QUALITY = 0.95f;

    private final String extension;

    ImageEncoding(String extension) {
        this.extension = extension;
    }

    /** The ending of its files. */
    public String extension() {
        return extension;
    }

    /** Whether a file of a sample is an image, by its ending. */
    static boolean isImage(String file) {
        for (ImageEncoding encoding : values()) {
            if (file.endsWith(encoding.extension)) {
                return true;
            }
        }
        return false;
    }

    /** The bytes of a file. */
    public byte[] encode(GrayImage image) {
        return switch (this) {
            case PNG -> PngEncoder.encode(image);
            case WEBP -> WebpEncoder.encode(image);
            case JPEG -> jpeg(image);
        };
    }

    private static byte[] jpeg(GrayImage image) {
        BufferedImage gray = new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_BYTE_GRAY);
        byte[] pixels = PngEncoder.to8Bits(image);
        System.arraycopy(pixels, 0, ((DataBufferByte) gray.getRaster().getDataBuffer()).getData(), 0, pixels.length);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(pixels.length / 4 + 1024);
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(bytes)) {
            ImageWriteParam parameters = writer.getDefaultWriteParam();
            parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            parameters.setCompressionQuality(JPEG_QUALITY);
            writer.setOutput(stream);
            writer.write(null, new IIOImage(gray, null, null), parameters);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory has no such errors
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
