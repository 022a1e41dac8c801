package io.tiepoint.synthetic.render;

import io.tiepoint.core.geometry.Vector3;
import io.tiepoint.synthetic.scenes.Texture;

/** The sky's brightness by direction: darker towards the zenith, with clouds and a glow about the sun. */
final class Sky {
    /** Brightness at the horizon, which is that of haze as well. */
    static final double HORIZON = 0.85;

    private static final double CLOUD_TEXELS = 70;

    private final Sun sun;
    private final Texture clouds;

    Sky(Sun sun, Texture clouds) {
        this.sun = sun;
        this.clouds = clouds;
    }

    /** Brightness in a direction of any length. */
    float brightness(double x, double y, double z) {
        double scale = 1 / Math.sqrt(x * x + y * y + z * z);
        double height = z * scale;
        Vector3 to = sun.towards();
        double nearSun = Math.max((x * to.x() + y * to.y() + z * to.z()) * scale, 0);
        double glow = nearSun * nearSun;
        glow = glow * glow;
        glow = 0.25 * sun.strength() * glow * glow;
        if (height <= 0) {
            return (float) (HORIZON * sun.sky() + glow);
        }
        double base = HORIZON - 0.35 * Math.min(1.4 * height, 1);
        // Clouds lie on a plane overhead.
        double reach = CLOUD_TEXELS * scale / (height + 0.12);
        float cloud = TextureSampler.atLevel(clouds, x * reach, y * reach, height < 0.15 ? 2 : 1);
        double share = Math.min(height * 3, 1) * 0.16 * cloud;
        return (float) (sun.sky() * (base + share) + glow);
    }
}
