package io.tiepoint.synthetic.preview;

import io.tiepoint.core.check.Check;
import io.tiepoint.core.features.Keypoints;
import io.tiepoint.core.image.ColorImage;
import io.tiepoint.core.image.GrayImage;
import io.tiepoint.core.image.ImageSize;
import io.tiepoint.synthetic.shapes.ShapeSample;
import java.util.ArrayList;
import java.util.List;

/** Many images of one size side by side, enlarged, with their keypoints drawn on them. */
public final class ContactSheet {
    private static final int GAP_PX = 4;

    private final int columns;
    private final int enlargement;
    private final List<GrayImage> images = new ArrayList<>();
    private final List<Keypoints> labels = new ArrayList<>();

    /**
     * Starts an empty sheet.
     *
     * @param columns images in a row
     * @param enlargement side of an image's pixel on the sheet, px
     */
    public ContactSheet(int columns, int enlargement) {
        Check.that(columns > 0, "columns: expected > 0, found %s", columns);
        Check.that(enlargement > 0, "enlargement: expected > 0 px, found %s", enlargement);
        this.columns = columns;
        this.enlargement = enlargement;
    }

    /** Adds an image. */
    public void add(GrayImage image) {
        add(image, Keypoints.NONE);
    }

    /** Adds a shape with its corners. */
    public void add(ShapeSample sample) {
        add(sample.image(), sample.corners());
    }

    /** Adds an image with keypoints. */
    public void add(GrayImage image, Keypoints keypoints) {
        Check.that(
                images.isEmpty() || images.get(0).size().equals(image.size()),
                "image: expected the size of the first one, found %s",
                image.size());
        images.add(image);
        labels.add(keypoints);
    }

    /** Draws the sheet; keypoints are green crosses. */
    public ColorImage draw() {
        Check.that(!images.isEmpty(), "images: expected at least one, found none");
        ImageSize cell = images.get(0).size();
        int rows = (images.size() + columns - 1) / columns;
        int cellWidth = cell.width() * enlargement + GAP_PX;
        int cellHeight = cell.height() * enlargement + GAP_PX;
        int width = columns * cellWidth;
        int height = rows * cellHeight;
        byte[] rgb = new byte[3 * width * height];
        for (int i = 0; i < images.size(); i++) {
            int left = i % columns * cellWidth;
            int top = i / columns * cellHeight;
            copy(images.get(i), rgb, width, left, top);
            Keypoints keypoints = labels.get(i);
            for (int k = 0; k < keypoints.size(); k++) {
                int x = (int) (keypoints.x(k) * enlargement);
                int y = (int) (keypoints.y(k) * enlargement);
                for (int arm = -3; arm <= 3; arm++) {
                    mark(rgb, width, left + x + arm, top + y);
                    mark(rgb, width, left + x, top + y + arm);
                }
            }
        }
        return ColorImage.wrap(width, height, rgb);
    }

    private void copy(GrayImage image, byte[] rgb, int width, int left, int top) {
        for (int y = 0; y < image.height() * enlargement; y++) {
            for (int x = 0; x < image.width() * enlargement; x++) {
                float value = image.at(x / enlargement, y / enlargement);
                byte gray = (byte) Math.round(Math.min(Math.max(value, 0f), 1f) * 255f);
                int i = 3 * ((top + y) * width + left + x);
                rgb[i] = gray;
                rgb[i + 1] = gray;
                rgb[i + 2] = gray;
            }
        }
    }

    private static void mark(byte[] rgb, int width, int x, int y) {
        int i = 3 * (y * width + x);
        if (x >= 0 && x < width && y >= 0 && i + 2 < rgb.length) {
            rgb[i] = 0;
            rgb[i + 1] = (byte) 255;
            rgb[i + 2] = 0;
        }
    }
}
