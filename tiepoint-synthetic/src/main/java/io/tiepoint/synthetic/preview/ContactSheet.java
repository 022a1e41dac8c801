package io.tiepoint.synthetic.preview;

import io.tiepoint.core.check.Check;
import io.tiepoint.core.features.Keypoints;
import io.tiepoint.core.image.ColorImage;
import io.tiepoint.core.image.GrayImage;
import io.tiepoint.core.image.ImageSize;
import io.tiepoint.core.truth.MatchLabel;
import io.tiepoint.core.truth.PointTruth;
import io.tiepoint.core.truth.TwoViewTruth;
import io.tiepoint.synthetic.shapes.CornerLabel;
import io.tiepoint.synthetic.shapes.JunctionKind;
import io.tiepoint.synthetic.shapes.ShapeSample;
import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Many images of one size side by side, enlarged, with their labels drawn on them as crosses. Keypoints without a kind are green.
 * Corners of shapes: ends green, L yellow, T orange, Y magenta, X cyan, arrows blue, centres white, hidden ones dark red. In a pair of
 * views the same point has the same colour in both.
 */
public final class ContactSheet {
    private static final int GAP_PX = 4;
    private static final int ARM_PX = 3;
    private static final int GREEN = 0x00ff00;
    private static final int HIDDEN = 0x900000;
    private static final int POINTS_ACROSS = 6;
    private static final Map<JunctionKind, Integer> KINDS = Map.of(
            JunctionKind.END, GREEN,
            JunctionKind.L, 0xffe000,
            JunctionKind.T, 0xff8000,
            JunctionKind.Y, 0xff00ff,
            JunctionKind.X, 0x00ffff,
            JunctionKind.ARROW, 0x4060ff,
            JunctionKind.CENTRE, 0xffffff);

    private final int columns;
    private final int enlargement;
    private final List<GrayImage> images = new ArrayList<>();
    private final List<List<Mark>> marks = new ArrayList<>();

    private record Mark(double x, double y, int rgb) {}

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

    /** Adds a shape with its corners, also the hidden ones. */
    public void add(ShapeSample sample) {
        List<Mark> corners = new ArrayList<>();
        for (CornerLabel label : sample.labels()) {
            if (label.visibility() == CornerLabel.Visibility.VISIBLE) {
                corners.add(new Mark(label.x(), label.y(), KINDS.getOrDefault(label.kind(), GREEN)));
            } else if (label.visibility() == CornerLabel.Visibility.HIDDEN) {
                corners.add(new Mark(label.x(), label.y(), HIDDEN));
            }
        }
        put(sample.image(), corners);
    }

    /** Adds an image with keypoints. */
    public void add(GrayImage image, Keypoints keypoints) {
        List<Mark> drawn = new ArrayList<>();
        for (int i = 0; i < keypoints.size(); i++) {
            drawn.add(new Mark(keypoints.x(i), keypoints.y(i), GREEN));
        }
        put(image, drawn);
    }

    /** Adds two views, with the points of a grid in view 0 that are visible in both. */
    public void add(GrayImage image0, GrayImage image1, TwoViewTruth truth) {
        List<Mark> marks0 = new ArrayList<>();
        List<Mark> marks1 = new ArrayList<>();
        for (int i = 0; i < POINTS_ACROSS * POINTS_ACROSS; i++) {
            int row = i / POINTS_ACROSS;
            int column = i % POINTS_ACROSS;
            double x = (column + 0.5) / POINTS_ACROSS * image0.width();
            double y = (row + 0.5) / POINTS_ACROSS * image0.height();
            PointTruth located = truth.locate(x, y);
            if (located.label() == MatchLabel.MATCHED) {
                // Neighbours get hues that are far apart.
                int rgb = Color.HSBtoRGB((float) (i * 0.381966 % 1), 1f, 1f);
                marks0.add(new Mark(x, y, rgb));
                marks1.add(new Mark(located.x(), located.y(), rgb));
            }
        }
        put(image0, marks0);
        put(image1, marks1);
    }

    private void put(GrayImage image, List<Mark> drawn) {
        Check.that(
                images.isEmpty() || images.get(0).size().equals(image.size()),
                "image: expected the size of the first one, found %s",
                image.size());
        images.add(image);
        marks.add(drawn);
    }

    /** Draws the sheet. */
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
            for (Mark mark : marks.get(i)) {
                int x = left + (int) (mark.x * enlargement);
                int y = top + (int) (mark.y * enlargement);
                for (int arm = -ARM_PX; arm <= ARM_PX; arm++) {
                    put(rgb, width, new int[] {x + arm, y}, mark.rgb);
                    put(rgb, width, new int[] {x, y + arm}, mark.rgb);
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

    private static void put(byte[] rgb, int width, int[] position, int color) {
        int x = position[0];
        int i = 3 * (position[1] * width + x);
        if (x >= 0 && x < width && position[1] >= 0 && i + 2 < rgb.length) {
            rgb[i] = (byte) (color >> 16);
            rgb[i + 1] = (byte) (color >> 8);
            rgb[i + 2] = (byte) color;
        }
    }
}
