package io.tiepoint.bench;

import io.tiepoint.core.image.GrayImage;
import io.tiepoint.synthetic.images.ImageSource;

/** The same image for every index, so that what is made of it is measured alone. */
record OneImage(GrayImage image) implements ImageSource {
    @Override
    public GrayImage image(long index) {
        return image;
    }

    @Override
    public String describe() {
        return "one image of " + image.size();
    }
}
