package io.tiepoint.synthetic.preview;

import io.tiepoint.core.image.ColorImage;
import io.tiepoint.core.image.DepthMap;
import io.tiepoint.core.image.GrayImage;
import java.awt.Color;
import java.util.Arrays;

/** Shows in colours what is no brightness. */
final class FalseColors {
    /** From near to far: light yellow, orange, red, purple, dark blue; the lightness falls all the way. */
    private static final int[] NEAR_TO_FAR = {0xfcfdbf, 0xfea873, 0xe75263, 0x952c80, 0x451077, 0x0a0722};

    private static final int SKY = 0x000000;
    private static final int HOLE = 0x00c8a0;
    /** So much of the depths at either end may share a colour, so that one near leaf leaves the others theirs. */
    private static final double CUT_OFF = 0.01;

    private FalseColors() {}

    /** Near is light, far is dark, by ratios; the sky is black, holes are green. */
    static ColorImage of(DepthMap depth) {
        float[] depths = depth.depths();
        float[] known = new float[depths.length];
        int count = 0;
        for (float each : depths) {
            if (each > 0 && each < DepthMap.SKY) {
                known[count++] = each;
            }
        }
        Arrays.sort(known, 0, count);
        double near = count == 0 ? 1 : Math.log(known[(int) (CUT_OFF * (count - 1))]);
        double far = count == 0 ? 2 : Math.log(known[(int) ((1 - CUT_OFF) * (count - 1))]);
        byte[] rgb = new byte[3 * depths.length];
        for (int i = 0; i < depths.length; i++) {
            int color;
            if (depths[i] == DepthMap.SKY) {
                color = SKY;
            } else if (depths[i] > 0) {
                color = between((Math.log(depths[i]) - near) / Math.max(far - near, 1e-6));
            } else {
                color = HOLE;
            }
            put(rgb, i, color, 1);
        }
        return ColorImage.wrap(depth.width(), depth.height(), rgb);
    }

    private static int between(double share) {
        double position = Math.min(Math.max(share, 0), 1) * (NEAR_TO_FAR.length - 1);
        int stop = Math.min((int) position, NEAR_TO_FAR.length - 2);
        double part = position - stop;
        int color = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
            int a = NEAR_TO_FAR[stop] >> shift & 0xff;
            int b = NEAR_TO_FAR[stop + 1] >> shift & 0xff;
            color |= (int) Math.round(a + part * (b - a)) << shift;
        }
        return color;
    }

    /** Each object in a colour of its own, lit as in the image; what has no object is black. */
    static ColorImage of(GrayImage image, int[] objects) {
        byte[] rgb = new byte[3 * objects.length];
        for (int i = 0; i < objects.length; i++) {
            if (objects[i] != 0) {
                // Neighbours get hues that are far apart.
                float hue = (float) (objects[i] * 0.381966 % 1);
                float saturation = 0.45f + 0.35f * (objects[i] % 3) / 2;
                put(rgb, i, Color.HSBtoRGB(hue, saturation, 1f), 0.35 + 0.65 * image.pixels()[i]);
            }
        }
        return ColorImage.wrap(image.width(), image.height(), rgb);
    }

    private static void put(byte[] rgb, int pixel, int color, double light) {
        for (int channel = 0; channel < 3; channel++) {
            int value = color >> (16 - 8 * channel) & 0xff;
            rgb[3 * pixel + channel] = (byte) Math.min(Math.round(value * light), 255);
        }
    }
}
