package io.tiepoint.synthetic.render;

import io.tiepoint.synthetic.scenes.Finish;
import io.tiepoint.synthetic.scenes.Material;
import io.tiepoint.synthetic.scenes.Texture;

/** A material as it is needed for each pixel. */
final class Paint {
    final Texture texture;
    final float tone;
    final float contrast;
    final Texture detail;
    final float detailContrast;
    /** Texels of the second structure for each texel of the first one. */
    final double detailRatio;
    /** Its logarithm to base 2. */
    final float detailHalvings;

    final boolean isLamp;
    final boolean isGlass;
    final boolean isFoliage;
    final boolean isTwoSided;

    Paint(Material material) {
        texture = material.texture();
        tone = (float) material.tone();
        contrast = (float) material.contrast();
        detail = material.detail();
        detailContrast = (float) material.detailContrast();
        detailRatio = material.detailTexelsPerUnit() / material.texelsPerUnit();
        detailHalvings = TextureSampler.log2((float) detailRatio);
        isLamp = material.finish() == Finish.LAMP;
        isGlass = material.finish() == Finish.GLASS;
        isFoliage = material.finish() == Finish.FOLIAGE;
        isTwoSided = material.twoSided();
    }
}
