package io.tiepoint.synthetic.homography;

import io.tiepoint.core.check.Check;
import io.tiepoint.core.image.GrayImage;
import io.tiepoint.core.image.ImagePyramid;
import io.tiepoint.core.image.ImageSize;
import io.tiepoint.core.image.PngEncoder;
import io.tiepoint.core.image.Resize;
import java.util.Arrays;

/**
 * An image that is quick to look up at any scale: itself and smaller ones, two for each octave, made as they are needed. With steps so
 * small one of them is nearly always near enough, where of octaves alone two would have to be blended. Safe for use by several threads.
 */
public final class WarpSource {
    /** How much memory an image of 8 bits takes with all its levels. */
    public static final int BYTES_PER_PIXEL = 4;

    private static final int SMALLEST_PX = 4;

    private final ImageSize size;
    private volatile Texels[] levels;

    private WarpSource(ImageSize size, Texels level) {
        this.size = size;
        levels = new Texels[] {level};
    }

    /** Any image. */
    public static WarpSource of(GrayImage image) {
        return new WarpSource(image.size(), new FloatTexels(image, 1, 1));
    }

    /**
     * An image of 8 bits per pixel, which takes less memory and time than one of floats; its smaller sizes have 8 bits, too.
     *
     * @param pixels [H W]; 255 is white; copied
     */
    public static WarpSource of(ImageSize size, byte[] pixels) {
        Check.that(
                pixels.length == size.width() * size.height(),
                "pixels: expected %s values for %s px, found %s",
                size.width() * size.height(),
                size,
                pixels.length);
        return new WarpSource(size, new ByteTexels(size, pixels, 1, 1));
    }

    /** Width and height of the image itself. */
    public ImageSize size() {
        return size;
    }

    /**
     * A smaller one: of an even number the image halved half as often, of an odd number the one before, smaller by the root of two.
     * Beyond the smallest one, the smallest one.
     */
    Texels level(int level) {
        Texels[] made = levels;
        return level < made.length ? made[level] : smaller(level);
    }

    private synchronized Texels smaller(int level) {
        while (levels.length <= level) {
            Texels[] made = levels;
            // The last one of the whole octaves.
            Texels octave = made[(made.length - 1) / 2 * 2];
            if (Math.min(octave.width, octave.height) < 2 * SMALLEST_PX) {
                return made[made.length - 1];
            }
            Texels[] more = Arrays.copyOf(made, made.length + 1);
            more[made.length] = made.length % 2 == 0 ? half(octave) : between(octave);
            levels = more;
        }
        return levels[level];
    }

    private static Texels half(Texels octave) {
        return like(octave, ImagePyramid.half(octave.toGray()), octave.scaleX / 2, octave.scaleY / 2);
    }

    private static Texels between(Texels octave) {
        int width = (int) Math.round(octave.width * Math.sqrt(0.5));
        int height = (int) Math.round(octave.height * Math.sqrt(0.5));
        return like(
                octave,
                Resize.resize(octave.toGray(), new ImageSize(width, height)),
                octave.scaleX * width / octave.width,
                octave.scaleY * height / octave.height);
    }

    private static Texels like(Texels octave, GrayImage smaller, double scaleX, double scaleY) {
        return octave instanceof ByteTexels
                ? new ByteTexels(smaller.size(), PngEncoder.to8Bits(smaller), scaleX, scaleY)
                : new FloatTexels(smaller, scaleX, scaleY);
    }
}
