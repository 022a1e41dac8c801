package io.tiepoint.match.webp;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC1;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_WEBP_QUALITY;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imencode;

import io.tiepoint.core.check.Check;
import io.tiepoint.core.image.GrayImage;
import io.tiepoint.core.image.PngEncoder;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Makes lossless WebP files of grey images in memory, by OpenCV. Pixels come back as they were; the bytes depend on the version of
 * libwebp that OpenCV brings.
 */
public final class WebpEncoder {
    /** Above 100 nothing is lost. */
    private static final int LOSSLESS = 101;
    /** That the format can say. */
    private static final int MOST_PX = 16_383;

    private WebpEncoder() {}

    /**
     * Encodes an image. Safe for use by several threads.
     *
     * @param image is rounded to 8 bits; values beyond [0, 1] are cut off
     * @return a whole WebP file, whose red, green and blue are equal
     */
    public static byte[] encode(GrayImage image) {
        Check.that(
                image.width() <= MOST_PX && image.height() <= MOST_PX,
                "image: expected at most %s px on a side for WebP, found %s",
                MOST_PX,
                image.size());
        try (PointerScope scope = new PointerScope()) {
            Mat gray = new Mat(image.height(), image.width(), CV_8UC1, new BytePointer(PngEncoder.to8Bits(image)));
            BytePointer file = new BytePointer();
            if (!imencode(".webp", gray, file, new IntPointer(IMWRITE_WEBP_QUALITY, LOSSLESS))) {
                throw new IllegalStateException("OpenCV: expected to write WebP, found that it cannot");
            }
            byte[] bytes = new byte[Math.toIntExact(file.limit())];
            BytePointer unused = file.get(bytes);
            return bytes;
        }
    }
}
