package io.tiepoint.synthetic.images;

/**
 * How light falls on a surface.
 *
 * @param tone brightness at the centre
 * @param contrast of the texture, relative to the brightness
 * @param slopeX how the brightness grows with each px to the right
 * @param slopeY how the brightness grows with each px down
 * @param centreX px
 * @param centreY px
 * @param bulge share of the brightness that is lost with each squared px from the centre, as on a ball
 */
record Shading(float tone, float contrast, float slopeX, float slopeY, float centreX, float centreY, float bulge) {}
