package io.tiepoint.core.image;

import io.tiepoint.core.check.Check;
import java.util.Arrays;
import java.util.List;

/** A colour image, 8 bits each of red, green and blue (sRGB), row by row from the top. */
public final class ColorImage {
    private final int width;
    private final int height;
    private final byte[] rgb;

    private ColorImage(int width, int height, byte[] rgb) {
        ImageSize size = new ImageSize(width, height);
        Check.that(
                rgb.length == 3 * width * height,
                "rgb: expected %s bytes for %s px, found %s",
                3 * width * height,
                size,
                rgb.length);
        this.width = width;
        this.height = height;
        this.rgb = rgb;
    }

    /** Takes the bytes over without copying them, [H W 3] row-major; the caller may not write to them afterwards. */
    public static ColorImage wrap(int width, int height, byte[] rgb) {
        return new ColorImage(width, height, rgb);
    }

    /** Shows a grey image as a colour image. */
    public static ColorImage of(GrayImage gray) {
        return of(gray, gray, gray);
    }

    /** Puts three channels of one size together, rounded to 8 bits. */
    public static ColorImage of(GrayImage red, GrayImage green, GrayImage blue) {
        ImageSize size = red.size();
        byte[] rgb = new byte[3 * size.width() * size.height()];
        List<GrayImage> channels = List.of(red, green, blue);
        for (int c = 0; c < 3; c++) {
            GrayImage channel = channels.get(c);
            Check.that(channel.size().equals(size), "channels: expected %s px of all, found %s", size, channel.size());
            float[] pixels = channel.pixels();
            for (int i = 0; i < pixels.length; i++) {
                rgb[3 * i + c] = (byte) Math.round(Math.min(Math.max(pixels[i], 0f), 1f) * 255f);
            }
        }
        return new ColorImage(size.width(), size.height(), rgb);
    }

    /**
     * One channel as an image in [0, 1].
     *
     * @param channel 0 red, 1 green, 2 blue
     */
    public GrayImage channel(int channel) {
        float[] pixels = new float[width * height];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (rgb[3 * i + channel] & 0xff) / 255f;
        }
        return GrayImage.wrap(width, height, pixels);
    }

    /** Width in px. */
    public int width() {
        return width;
    }

    /** Height in px. */
    public int height() {
        return height;
    }

    /** Width and height. */
    public ImageSize size() {
        return new ImageSize(width, height);
    }

    /** The bytes themselves, [H W 3] row-major. Never write to them: an image does not change. */
    public byte[] rgb() {
        return rgb;
    }

    /** Luma .299 R + .587 G + .114 B (ITU-R BT.601), as SuperPoint's reference implementations take it, in [0, 1]. */
    public GrayImage toGray() {
        float[] pixels = new float[width * height];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] =
                    (0.299f * (rgb[3 * i] & 0xff) + 0.587f * (rgb[3 * i + 1] & 0xff) + 0.114f * (rgb[3 * i + 2] & 0xff))
                            / 255f;
        }
        return GrayImage.wrap(width, height, pixels);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ColorImage that
                && width == that.width
                && height == that.height
                && Arrays.equals(rgb, that.rgb);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * width + height) + Arrays.hashCode(rgb);
    }

    @Override
    public String toString() {
        return "ColorImage[" + size() + "]";
    }
}
