package io.tiepoint.synthetic.preview;

import io.tiepoint.core.check.Check;
import io.tiepoint.core.features.Keypoints;
import io.tiepoint.core.image.ColorImage;
import io.tiepoint.core.image.DepthMap;
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
 * views the same point has the same colour in both. Depth is light where it is near; the sky is black, holes are green.
 */
public final class ContactSheet {
    private static final int GAP_PX = 4;
    private static final int ARM_PX = 3;
    /** On the sheet; a point of several views is drawn larger where they are. */
    private static final int PX_PER_ARM_PX = 110;
    /** Images up to this width are enlarged where nothing else is wanted. */
    private static final int SMALL_PX = 320;

    private static final int GREEN = 0x00ff00;
    private static final int HIDDEN = 0x900000;
    private static final int BLACK = 0;
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
    /** 0: to be chosen by the size of the images. */
    private final int enlargement;

    private final List<ColorImage> images = new ArrayList<>();
    private final List<List<Mark>> marks = new ArrayList<>();

    /** Of a point that is to be followed from view to view there is more to be seen. */
    private record Mark(double x, double y, int rgb, boolean followed) {
        Mark(double x, double y, int rgb) {
            this(x, y, rgb, false);
        }
    }

    /**
     * Starts an empty sheet, on which small images are twice as large.
     *
     * @param columns images in a row
     */
    public ContactSheet(int columns) {
        Check.that(columns > 0, "columns: expected > 0, found %s", columns);
        this.columns = columns;
        enlargement = 0;
    }

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
        add(List.of(image0, image1), List.of(truth));
    }

    /**
     * Adds several views, with the points of a grid in view 0 that are visible in another one.
     *
     * @param truths from view 0 to view 1, 2 and so on
     */
    public void add(List<GrayImage> views, List<? extends TwoViewTruth> truths) {
        Check.that(
                truths.size() == views.size() - 1,
                "truths: expected one for each view but the first, found %s for %s",
                truths.size(),
                views.size());
        List<List<Mark>> drawn = new ArrayList<>();
        views.forEach(view -> drawn.add(new ArrayList<>()));
        for (int i = 0; i < POINTS_ACROSS * POINTS_ACROSS; i++) {
            int row = i / POINTS_ACROSS;
            int column = i % POINTS_ACROSS;
            double x = (column + 0.5) / POINTS_ACROSS * views.get(0).width();
            double y = (row + 0.5) / POINTS_ACROSS * views.get(0).height();
            // Neighbours get hues that are far apart.
            int rgb = Color.HSBtoRGB((float) (i * 0.381966 % 1), 1f, 1f);
            boolean matched = false;
            for (int view = 1; view < views.size(); view++) {
                PointTruth located = truths.get(view - 1).locate(x, y);
                if (located.label() == MatchLabel.MATCHED) {
                    matched = true;
                    drawn.get(view).add(new Mark(located.x(), located.y(), rgb, true));
                }
            }
            if (matched) {
                drawn.get(0).add(new Mark(x, y, rgb, true));
            }
        }
        for (int view = 0; view < views.size(); view++) {
            put(views.get(view), drawn.get(view));
        }
    }

    /** Adds the depth of a view. */
    public void add(DepthMap depth) {
        put(FalseColors.of(depth), List.of());
    }

    /**
     * Adds the objects that a view shows, each in a colour of its own.
     *
     * @param objects [H W] number of the object at each pixel; 0 for none
     */
    public void add(GrayImage image, int[] objects) {
        put(FalseColors.of(image, objects), List.of());
    }

    private void put(GrayImage image, List<Mark> drawn) {
        put(ColorImage.of(image), drawn);
    }

    private void put(ColorImage image, List<Mark> drawn) {
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
        int scale = enlargement > 0 ? enlargement : cell.width() <= SMALL_PX ? 2 : 1;
        int rows = (images.size() + columns - 1) / columns;
        int cellWidth = cell.width() * scale + GAP_PX;
        int cellHeight = cell.height() * scale + GAP_PX;
        long bytes = 3L * columns * cellWidth * rows * cellHeight;
        Check.that(
                bytes < Integer.MAX_VALUE - 8,
                "sheet: expected a picture of less than 2 GiB, found %s MiB; draw fewer or smaller images",
                bytes >> 20);
        Sheet sheet = new Sheet(columns * cellWidth, rows * cellHeight, new byte[(int) bytes]);
        int followedArm = Math.max(ARM_PX, cell.width() * scale / PX_PER_ARM_PX);
        for (int i = 0; i < images.size(); i++) {
            int left = i % columns * cellWidth;
            int top = i / columns * cellHeight;
            sheet.copy(images.get(i), scale, left, top);
            for (Mark mark : marks.get(i)) {
                int x = left + (int) (mark.x * scale);
                int y = top + (int) (mark.y * scale);
                if (mark.followed) {
                    sheet.cross(x, y, followedArm, BLACK, 2);
                    sheet.cross(x, y, followedArm, mark.rgb, 1);
                } else {
                    sheet.cross(x, y, ARM_PX, mark.rgb, 0);
                }
            }
        }
        return ColorImage.wrap(sheet.width, sheet.height, sheet.rgb);
    }

    /** What is drawn on. */
    private static final class Sheet {
        private final int width;
        private final int height;
        private final byte[] rgb;

        Sheet(int width, int height, byte[] rgb) {
            this.width = width;
            this.height = height;
            this.rgb = rgb;
        }

        void copy(ColorImage image, int scale, int left, int top) {
            for (int y = 0; y < image.height() * scale; y++) {
                for (int x = 0; x < image.width() * scale; x++) {
                    int from = 3 * (y / scale * image.width() + x / scale);
                    System.arraycopy(image.rgb(), from, rgb, 3 * ((top + y) * width + left + x), 3);
                }
            }
        }

        /** Bars that reach beyond their middle line by so many px on every side. */
        void cross(int x, int y, int arm, int color, int beyond) {
            for (int along = -arm - beyond; along <= arm + beyond; along++) {
                for (int across = -beyond; across <= beyond; across++) {
                    put(x + along, y + across, color);
                    put(x + across, y + along, color);
                }
            }
        }

        private void put(int x, int y, int color) {
            if (x >= 0 && x < width && y >= 0 && y < height) {
                int i = 3 * (y * width + x);
                rgb[i] = (byte) (color >> 16);
                rgb[i + 1] = (byte) (color >> 8);
                rgb[i + 2] = (byte) color;
            }
        }
    }
}
