package io.tiepoint.core.image;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.Raster;
import java.awt.image.SampleModel;

/**
 * Converts what an image reader decoded. Samples are taken as they are stored: {@code BufferedImage.getRGB} would put grey
 * images through a gamma curve, and drawing them would cut 16 bits to 8.
 */
final class DecodedImage {
    private static final float WHITE = 1f;

    private final BufferedImage image;
    private final ColorModel colors;
    private final int width;
    private final int height;

    DecodedImage(BufferedImage image) {
        this.image = image;
        this.colors = image.getColorModel();
        this.width = image.getWidth();
        this.height = image.getHeight();
    }

    ColorImage toColor() {
        byte[] rgb = new byte[3 * width * height];
        if (isByteRgb()) {
            copyByteRgb(rgb);
            return ColorImage.wrap(width, height, rgb);
        }
        RowReader reader = rowReader();
        float[] row = new float[3 * width];
        for (int y = 0; y < height; y++) {
            reader.read(y, row);
            int at = 3 * y * width;
            for (int i = 0; i < row.length; i++) {
                rgb[at + i] = (byte) (row[i] * 255f + 0.5f);
            }
        }
        return ColorImage.wrap(width, height, rgb);
    }

    GrayImage toGray() {
        if (isByteRgb()) {
            return toColor().toGray();
        }
        RowReader reader = rowReader();
        boolean gray = isGray();
        float[] row = new float[3 * width];
        float[] pixels = new float[width * height];
        for (int y = 0; y < height; y++) {
            reader.read(y, row);
            int at = y * width;
            for (int x = 0; x < width; x++) {
                pixels[at + x] =
                        gray ? row[3 * x] : 0.299f * row[3 * x] + 0.587f * row[3 * x + 1] + 0.114f * row[3 * x + 2];
            }
        }
        return GrayImage.wrap(width, height, pixels);
    }

    /** Reads one row as [W 3], red, green and blue in [0, 1], with what is transparent put on white. */
    @FunctionalInterface
    private interface RowReader {
        void read(int y, float[] row);
    }

    private RowReader rowReader() {
        if (colors instanceof IndexColorModel palette) {
            int[] argb = new int[palette.getMapSize()];
            palette.getRGBs(argb);
            int[] indices = new int[width];
            return (y, row) -> {
                image.getRaster().getSamples(0, y, width, 1, 0, indices);
                for (int x = 0; x < width; x++) {
                    fromArgb(argb[Math.min(indices[x], argb.length - 1)], row, 3 * x);
                }
            };
        }
        if (isGray() || colors.getColorSpace().getType() == ColorSpace.TYPE_RGB) {
            return sampleReader();
        }
        int[] argb = new int[width];
        return (y, row) -> {
            image.getRGB(0, y, width, 1, argb, 0, width);
            for (int x = 0; x < width; x++) {
                fromArgb(argb[x], row, 3 * x);
            }
        };
    }

    private RowReader sampleReader() {
        Raster raster = image.getRaster();
        int bands = raster.getNumBands();
        int colorBands = isGray() ? 1 : 3;
        boolean hasAlpha = colors.hasAlpha() && bands > colorBands;
        boolean premultiplied = colors.isAlphaPremultiplied();
        float[] range = new float[bands];
        float[] offset = new float[bands];
        findRange(raster, colorBands, range, offset);
        float[] samples = new float[bands * width];
        return (y, row) -> {
            raster.getPixels(0, y, width, 1, samples);
            for (int x = 0; x < width; x++) {
                int at = x * bands;
                float alpha = hasAlpha ? unit(samples[at + colorBands] / range[colorBands]) : 1f;
                for (int c = 0; c < 3; c++) {
                    int band = Math.min(c, colorBands - 1);
                    float value = unit((samples[at + band] - offset[band]) / range[band]);
                    row[3 * x + c] = unit((premultiplied ? value : value * alpha) + WHITE * (1 - alpha));
                }
            }
        };
    }

    /** Whole numbers count from 0 to the largest of their bits; others are taken as they are if all lie in [0, 1], or stretched. */
    private static void findRange(Raster raster, int colorBands, float[] range, float[] offset) {
        SampleModel model = raster.getSampleModel();
        int type = model.getDataType();
        if (type == DataBuffer.TYPE_BYTE || type == DataBuffer.TYPE_USHORT || model.getSampleSize(0) < 16) {
            for (int band = 0; band < range.length; band++) {
                range[band] = (1 << model.getSampleSize(band)) - 1;
            }
            return;
        }
        float min = 0;
        float max = 1;
        float[] samples = new float[raster.getWidth()];
        for (int y = 0; y < raster.getHeight(); y++) {
            for (int band = 0; band < colorBands; band++) {
                raster.getSamples(0, y, samples.length, 1, band, samples);
                for (float sample : samples) {
                    if (Float.isFinite(sample)) {
                        min = Math.min(min, sample);
                        max = Math.max(max, sample);
                    }
                }
            }
        }
        for (int band = 0; band < range.length; band++) {
            range[band] = band < colorBands ? max - min : 1f;
            offset[band] = band < colorBands ? min : 0f;
        }
    }

    private static float unit(float value) {
        return value >= 0 ? Math.min(value, 1f) : 0f; // not a number counts as 0
    }

    private static void fromArgb(int argb, float[] row, int at) {
        float alpha = (argb >>> 24) / 255f;
        for (int c = 0; c < 3; c++) {
            float value = (argb >>> (16 - 8 * c) & 0xff) / 255f;
            row[at + c] = value * alpha + WHITE * (1 - alpha);
        }
    }

    private boolean isGray() {
        return !(colors instanceof IndexColorModel) && colors.getColorSpace().getType() == ColorSpace.TYPE_GRAY;
    }

    /** Whether the samples are plain bytes of red, green and blue, as nearly all photographs are. */
    private boolean isByteRgb() {
        return !(colors instanceof IndexColorModel)
                && !colors.hasAlpha()
                && colors.getColorSpace().getType() == ColorSpace.TYPE_RGB
                && image.getRaster().getDataBuffer() instanceof DataBufferByte
                && image.getSampleModel() instanceof PixelInterleavedSampleModel model
                && model.getNumBands() == 3;
    }

    private void copyByteRgb(byte[] rgb) {
        PixelInterleavedSampleModel model = (PixelInterleavedSampleModel) image.getSampleModel();
        Raster raster = image.getRaster();
        DataBufferByte buffer = (DataBufferByte) raster.getDataBuffer();
        byte[] from = buffer.getData();
        int[] bands = model.getBandOffsets();
        int step = model.getPixelStride();
        for (int y = 0; y < height; y++) {
            int at = buffer.getOffset()
                    + (y - raster.getSampleModelTranslateY()) * model.getScanlineStride()
                    - raster.getSampleModelTranslateX() * step;
            int to = 3 * y * width;
            for (int x = 0; x < width; x++, at += step, to += 3) {
                rgb[to] = from[at + bands[0]];
                rgb[to + 1] = from[at + bands[1]];
                rgb[to + 2] = from[at + bands[2]];
            }
        }
    }
}
