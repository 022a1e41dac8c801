package io.tiepoint.synthetic.images;

import io.tiepoint.core.image.GrayImage;
import io.tiepoint.synthetic.photometric.ColorTemperature;

/** An endless set of images. An image is a pure function of its index; safe for use by several threads. */
public interface ImageSource {
    /**
     * Makes or loads one image.
     *
     * @param index any number from 0
     */
    GrayImage image(long index);

    /** The same image for those who warp it: if it is a part of something larger, not cut out yet. */
    default Cutout cutout(long index) {
        return Cutout.of(image(index));
    }

    /** Whether light of another colour changes what is seen. */
    default boolean hasColors() {
        return false;
    }

    /** The same place of the same image under light of another colour. */
    default Cutout cutout(long index, ColorTemperature light) {
        return cutout(index);
    }

    /** What the images are, in words for a model card. */
    String describe();
}
