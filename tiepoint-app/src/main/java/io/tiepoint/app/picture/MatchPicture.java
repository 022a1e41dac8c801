package io.tiepoint.app.picture;

import io.tiepoint.core.check.Check;
import io.tiepoint.core.features.Keypoints;
import io.tiepoint.core.features.Matches;
import io.tiepoint.core.image.ColorImage;
import java.awt.AlphaComposite;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Draws two views side by side, with their keypoints, a line for each match, and a legend with numbers. A view that is too
 * large is shown smaller.
 */
public final class MatchPicture {
    private static final Logger LOG = LoggerFactory.getLogger(MatchPicture.class);

    private static final int MAX_VIEW_WIDTH_PX = 796;
    private static final int MAX_VIEW_HEIGHT_PX = 1000;
    private static final int MIN_WIDTH_PX = 720;
    private static final int GAP_PX = 8;
    private static final int LEGEND_HEIGHT_PX = 40;
    private static final int FONT_SIZE = 18;
    private static final Color BACKGROUND = new Color(0x25, 0x29, 0x31);
    private static final Color TEXT = new Color(0xf1, 0xf3, 0xf5);
    private static final Color UNMATCHED = new Color(0xad, 0xb5, 0xbd);

    private final MatchedViews views;
    private final MatchGroups groups;
    private final Placed placed0;
    private final Placed placed1;
    private final BufferedImage canvas;
    private final Graphics2D graphics;

    /** A view on the canvas: its left edge, and how many px of the canvas one px of the view is. */
    private record Placed(BufferedImage image, double left, double scaleX, double scaleY) {
        double x(Keypoints keypoints, int index) {
            return left + keypoints.x(index) * scaleX;
        }

        double y(Keypoints keypoints, int index) {
            return keypoints.y(index) * scaleY;
        }
    }

    private MatchPicture(MatchedViews views, MatchGroups groups) {
        this.views = views;
        this.groups = groups;
        BufferedImage shown0 = shrunk(views.image0());
        BufferedImage shown1 = shrunk(views.image1());
        int width = shown0.getWidth() + GAP_PX + shown1.getWidth();
        double left = Math.max((MIN_WIDTH_PX - width) / 2, 0);
        this.placed0 = place(shown0, left, views.image0());
        this.placed1 = place(shown1, left + shown0.getWidth() + GAP_PX, views.image1());
        this.canvas = new BufferedImage(
                Math.max(width, MIN_WIDTH_PX),
                Math.max(shown0.getHeight(), shown1.getHeight()) + LEGEND_HEIGHT_PX,
                BufferedImage.TYPE_INT_RGB);
        this.graphics = canvas.createGraphics();
    }

    /**
     * Draws.
     *
     * @param groups of the views' matches, which decide their colours and what the legend counts
     * @param caption at the left of the legend
     */
    public static ColorImage draw(MatchedViews views, MatchGroups groups, String caption) {
        Check.that(
                groups.matchCount() == views.matches().size(),
                "groups: expected those of %s matches, found %s",
                views.matches().size(),
                groups.matchCount());
        MatchPicture picture = new MatchPicture(views, groups);
        try {
            picture.drawViews();
            picture.drawUnmatched();
            picture.drawMatches();
            picture.drawLegend(caption);
        } finally {
            picture.graphics.dispose();
        }
        return toColorImage(picture.canvas);
    }

    private static Placed place(BufferedImage shown, double left, ColorImage original) {
        return new Placed(
                shown,
                left,
                shown.getWidth() / (double) original.width(),
                shown.getHeight() / (double) original.height());
    }

    private void drawViews() {
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setColor(BACKGROUND);
        graphics.fillRect(0, 0, canvas.getWidth(), canvas.getHeight());
        graphics.drawImage(placed0.image, (int) placed0.left, 0, null);
        graphics.drawImage(placed1.image, (int) placed1.left, 0, null);
        // A little darker, so that the lines stand out.
        graphics.setColor(new Color(0, 0, 0, 50));
        graphics.fillRect((int) placed0.left, 0, placed0.image.getWidth(), placed0.image.getHeight());
        graphics.fillRect((int) placed1.left, 0, placed1.image.getWidth(), placed1.image.getHeight());
    }

    private void drawUnmatched() {
        Matches matches = views.matches();
        boolean[] matched0 = new boolean[views.keypoints0().size()];
        boolean[] matched1 = new boolean[views.keypoints1().size()];
        for (int match = 0; match < matches.size(); match++) {
            matched0[matches.index0(match)] = true;
            matched1[matches.index1(match)] = true;
        }
        graphics.setColor(UNMATCHED);
        graphics.setComposite(AlphaComposite.SrcOver.derive(0.7f));
        drawUnmatched(placed0, views.keypoints0(), matched0);
        drawUnmatched(placed1, views.keypoints1(), matched1);
        graphics.setComposite(AlphaComposite.SrcOver);
    }

    private void drawUnmatched(Placed placed, Keypoints keypoints, boolean[] matched) {
        for (int i = 0; i < matched.length; i++) {
            if (!matched[i]) {
                dot(placed.x(keypoints, i), placed.y(keypoints, i), 1.3);
            }
        }
    }

    /** Draws group after group, the largest first, so that the few are seen above the many. */
    private void drawMatches() {
        boolean[] drawn = new boolean[groups.size()];
        for (int turn = 0; turn < groups.size(); turn++) {
            int largest = -1;
            for (int group = 0; group < groups.size(); group++) {
                if (!drawn[group] && (largest < 0 || groups.count(group) > groups.count(largest))) {
                    largest = group;
                }
            }
            drawn[largest] = true;
            drawGroup(largest);
        }
    }

    private void drawGroup(int group) {
        Matches matches = views.matches();
        graphics.setColor(groups.group(group).color());
        // Many lines hide what they cross.
        float opacity = (float) Math.max(0.9 - groups.count(group) / 800.0, 0.3);
        graphics.setStroke(stroke(groups.group(group).dashed()));
        for (int match = 0; match < matches.size(); match++) {
            if (groups.groupOf(match) != group) {
                continue;
            }
            double x0 = placed0.x(views.keypoints0(), matches.index0(match));
            double y0 = placed0.y(views.keypoints0(), matches.index0(match));
            double x1 = placed1.x(views.keypoints1(), matches.index1(match));
            double y1 = placed1.y(views.keypoints1(), matches.index1(match));
            graphics.setComposite(AlphaComposite.SrcOver.derive(opacity));
            graphics.draw(new Line2D.Double(x0, y0, x1, y1));
            graphics.setComposite(AlphaComposite.SrcOver);
            dot(x0, y0, 2.2);
            dot(x1, y1, 2.2);
        }
    }

    private static BasicStroke stroke(boolean dashed) {
        float[] dashes = {7, 4};
        return dashed
                ? new BasicStroke(1.3f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, dashes, 0)
                : new BasicStroke(1f);
    }

    private void dot(double x, double y, double radius) {
        graphics.fill(new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius));
    }

    private void drawLegend(String caption) {
        try {
            int width = legend(caption, FONT_SIZE, false);
            double fits = Math.min(1, canvas.getWidth() / (double) width);
            int unused = legend(caption, (float) (FONT_SIZE * fits), true);
        } catch (RuntimeException | LinkageError | InternalError e) { // what Java2D throws depends on what is missing
            LOG.warn("This machine has no fonts for Java, so the picture has no legend; install fontconfig and a font");
            LOG.debug("Cannot draw text", e);
        }
    }

    /**
     * Lays out the legend, from left to right.
     *
     * @param size of the letters, px
     * @param drawn false to measure only
     * @return its width, px
     */
    private int legend(String caption, float size, boolean drawn) {
        graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, FONT_SIZE).deriveFont(size));
        FontMetrics metrics = graphics.getFontMetrics();
        int middle = canvas.getHeight() - LEGEND_HEIGHT_PX / 2;
        int baseline = middle + Math.round(size / 3);
        int line = Math.round(2 * size);
        int space = Math.round(0.8f * size);
        int x = space + text(caption, space, baseline, drawn) + space;
        for (int group = 0; group < groups.size(); group++) {
            x += space;
            if (drawn) {
                graphics.setColor(groups.group(group).color());
                graphics.setStroke(stroke(groups.group(group).dashed()));
                graphics.draw(new Line2D.Double(x, middle, x + line, middle));
                dot(x, middle, 3.5);
                dot(x + line, middle, 3.5);
            }
            x += line + space / 2 + metrics.charWidth(' ');
            x += text(groups.count(group) + " " + groups.group(group).name(), x, baseline, drawn) + space;
        }
        return x;
    }

    private int text(String text, int x, int baseline, boolean drawn) {
        if (drawn) {
            graphics.setColor(TEXT);
            graphics.drawString(text, x, baseline);
        }
        return graphics.getFontMetrics().stringWidth(text);
    }

    /** Fits a view into its half, halving it first so that no detail turns into noise; never enlarges. */
    private static BufferedImage shrunk(ColorImage image) {
        double scale =
                Math.min(MAX_VIEW_WIDTH_PX / (double) image.width(), MAX_VIEW_HEIGHT_PX / (double) image.height());
        BufferedImage shown = toBufferedImage(image);
        if (scale >= 1) {
            return shown;
        }
        int width = (int) Math.max(Math.round(image.width() * scale), 1);
        int height = (int) Math.max(Math.round(image.height() * scale), 1);
        while (shown.getWidth() > width || shown.getHeight() > height) {
            shown = resized(
                    shown, Math.max((shown.getWidth() + 1) / 2, width), Math.max((shown.getHeight() + 1) / 2, height));
        }
        return shown;
    }

    private static BufferedImage resized(BufferedImage image, int width, int height) {
        BufferedImage result = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = result.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.drawImage(image, 0, 0, width, height, null);
        graphics.dispose();
        return result;
    }

    private static BufferedImage toBufferedImage(ColorImage image) {
        BufferedImage result = new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_INT_RGB);
        int[] pixels = ((DataBufferInt) result.getRaster().getDataBuffer()).getData();
        byte[] rgb = image.rgb();
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (rgb[3 * i] & 0xff) << 16 | (rgb[3 * i + 1] & 0xff) << 8 | (rgb[3 * i + 2] & 0xff);
        }
        return result;
    }

    private static ColorImage toColorImage(BufferedImage image) {
        int[] pixels = ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
        byte[] rgb = new byte[3 * pixels.length];
        for (int i = 0; i < pixels.length; i++) {
            rgb[3 * i] = (byte) (pixels[i] >> 16);
            rgb[3 * i + 1] = (byte) (pixels[i] >> 8);
            rgb[3 * i + 2] = (byte) pixels[i];
        }
        return ColorImage.wrap(image.getWidth(), image.getHeight(), rgb);
    }
}
