package io.tiepoint.synthetic.images;

import io.tiepoint.core.check.Check;
import io.tiepoint.core.image.GrayImage;
import io.tiepoint.synthetic.photometric.ColorTemperature;
import io.tiepoint.synthetic.pipeline.Recent;

/**
 * Images that each come several times in a row, so that what is cheap (warping an image) is not held up by what is dear (making
 * it). Image {@code i} is image {@code i / times} of another source.
 */
public final class RepeatedImages implements ImageSource {
    /** More than any number of workers is apart. */
    private static final int REMEMBERED = 16;

    private final ImageSource images;
    private final int times;
    private final Recent<GrayImage> recent;
    private final Recent<Cutout> cutouts;

    /**
     * Repeats a source.
     *
     * @param times how often each image comes
     */
    public RepeatedImages(ImageSource images, int times) {
        Check.that(times > 0, "times: expected > 0, found %s", times);
        this.images = images;
        this.times = times;
        this.recent = new Recent<>(images::image, REMEMBERED);
        this.cutouts = new Recent<>(images::cutout, REMEMBERED);
    }

    @Override
    public GrayImage image(long index) {
        return recent.get(index / times);
    }

    @Override
    public Cutout cutout(long index) {
        return cutouts.get(index / times);
    }

    @Override
    public boolean hasColors() {
        return images.hasColors();
    }

    @Override
    public Cutout cutout(long index, ColorTemperature light) {
        return light.isDaylight() ? cutout(index) : images.cutout(index / times, light);
    }

    @Override
    public String describe() {
        return images.describe() + ", each " + times + " times";
    }
}
