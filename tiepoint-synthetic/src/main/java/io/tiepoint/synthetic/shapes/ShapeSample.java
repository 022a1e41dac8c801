package io.tiepoint.synthetic.shapes;

import io.tiepoint.core.features.Keypoints;
import io.tiepoint.core.image.GrayImage;
import java.util.List;

/**
 * An image of a shape with the corners that can be seen in it.
 *
 * @param image in [0, 1]
 * @param corners exact positions from the geometry, not from pixels; px in
 *     {@link io.tiepoint.core.geometry.PixelFrame#CORNER}; inside the image and not hidden; every score is 1
 * @param primitive what is drawn
 * @param labels all corners with what they are: first the visible ones in the order of {@code corners}, then the others
 */
public record ShapeSample(GrayImage image, Keypoints corners, Primitive primitive, List<CornerLabel> labels) {
    /** Copies the list. */
    public ShapeSample {
        labels = List.copyOf(labels);
    }
}
