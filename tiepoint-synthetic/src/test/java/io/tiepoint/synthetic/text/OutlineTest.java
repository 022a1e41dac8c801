package io.tiepoint.synthetic.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tiepoint.core.geometry.Homography;
import io.tiepoint.core.geometry.PixelPoint;
import io.tiepoint.core.random.Draws;
import io.tiepoint.core.random.Seed;
import java.awt.geom.AffineTransform;
import java.awt.geom.GeneralPath;
import java.awt.geom.Path2D;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OutlineTest {
    private static final double MAX_ANGLE_RAD = Math.toRadians(120);
    private static final double UNIT_OF_SANS = 1480;
    private static final double UNIT_OF_SERIF = 1341;

    /** Points as they stand in the font's table of glyphs, y upwards. */
    private static List<PixelPoint> points(double unit, double... xy) {
        return IntStream.range(0, xy.length / 2)
                .mapToObj(i -> new PixelPoint(xy[2 * i] / unit, -xy[2 * i + 1] / unit))
                .toList();
    }

    private static List<PixelPoint> corners(Outline outline) {
        double[] xy = outline.corners(MAX_ANGLE_RAD);
        return IntStream.range(0, xy.length / 2)
                .mapToObj(i -> new PixelPoint(xy[2 * i], xy[2 * i + 1]))
                .toList();
    }

    private static void hasCorners(String text, List<PixelPoint> expected) {
        assertThat(corners(Face.SANS.outline(text)))
                .usingElementComparator((a, b) -> a.distanceTo(b) < 1e-12 ? 0 : 1)
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void cornersAreThePointsOfStraightLetters() {
        hasCorners("L", points(UNIT_OF_SANS, 165, 0, 165, 1480, 375, 1480, 375, 157, 1101, 157, 1101, 0));
        hasCorners(
                "E",
                points(
                        UNIT_OF_SANS,
                        190,
                        0,
                        190,
                        1480,
                        1263,
                        1480,
                        1263,
                        1323,
                        400,
                        1323,
                        400,
                        848,
                        1164,
                        848,
                        1164,
                        693,
                        400,
                        693,
                        400,
                        157,
                        1307,
                        157,
                        1307,
                        0));
        hasCorners(
                "I",
                points(
                        UNIT_OF_SANS,
                        124,
                        0,
                        124,
                        157,
                        304,
                        157,
                        304,
                        1323,
                        124,
                        1323,
                        124,
                        1480,
                        693,
                        1480,
                        693,
                        1323,
                        513,
                        1323,
                        513,
                        157,
                        693,
                        157,
                        693,
                        0));
    }

    @Test
    void smoothJointsAreNoCorners() {
        hasCorners("o", List.of());
        hasCorners("O", List.of());
        // The hook of an l goes smoothly into its stem; the cut ends of both have two corners each.
        hasCorners("l", points(UNIT_OF_SANS, 154, 1579, 351, 1579, 523, 124, 523, -19));
    }

    @Test
    void wordsAreLettersSideBySide() {
        Outline word = Face.SANS.outline("LI");
        double advance = Face.SANS.outline("L").advance();
        assertThat(word.advance()).isCloseTo(advance + Face.SANS.outline("I").advance(), within(1e-12));
        List<PixelPoint> expected = new ArrayList<>(corners(Face.SANS.outline("L")));
        corners(Face.SANS.outline("I"))
                .forEach(corner -> expected.add(new PixelPoint(corner.x() + advance, corner.y())));
        hasCorners("LI", expected);
        assertThat(Face.SANS.outline("L I").advance()).isGreaterThan(word.advance() + 0.2);
        assertThat(Face.SANS.outline(" ").polygons(Homography.IDENTITY, 0.01)).isEmpty();
        assertThat(corners(Face.SANS.outline(" "))).isEmpty();
    }

    @Test
    void outlinesThatOverlapMeetInCorners() {
        // The hook of this letter is a contour of its own, whose upper end lies within the foot of the E, up to y = 16.
        List<PixelPoint> found = corners(Face.SERIF.outline("Ę"));
        double left = crossing(749, -81, 773, -28, 816, 16);
        double right = crossing(925, 16, 902, -17, 887, -69);
        for (PixelPoint point : points(UNIT_OF_SERIF, left, 0, right, 0)) {
            assertThat(found).anyMatch(corner -> corner.distanceTo(point) < 1e-6);
        }
        for (PixelPoint covered : points(UNIT_OF_SERIF, 816, 16, 925, 16)) {
            assertThat(found).noneMatch(corner -> corner.distanceTo(covered) < 1e-3);
        }
    }

    /** Where a quadratic curve crosses y = 0, by bisection. */
    private static double crossing(double... curve) {
        double low = 0;
        double high = 1;
        for (int i = 0; i < 60; i++) {
            double middle = (low + high) / 2;
            boolean isBefore = (at(curve, middle, 1) < 0) == (at(curve, 0, 1) < 0);
            low = isBefore ? middle : low;
            high = isBefore ? high : middle;
        }
        return at(curve, low, 0);
    }

    private static double at(double[] curve, double t, int axis) {
        return (1 - t) * (1 - t) * curve[axis] + 2 * t * (1 - t) * curve[2 + axis] + t * t * curve[4 + axis];
    }

    /** The text's own contours, which may overlap, scaled as an outline is. */
    private static Path2D overlapping(Face face, String text) throws IOException {
        try (InputStream in = Face.class.getResourceAsStream(face.file);
                TrueTypeFont font = new TTFParser(true).parse(new RandomAccessReadBuffer(in))) {
            Path2D all = new Path2D.Double(Path2D.WIND_NON_ZERO);
            int left = 0;
            for (int character : text.codePoints().toArray()) {
                int glyph = font.getUnicodeCmapLookup().getGlyphId(character);
                GeneralPath path = font.getGlyph().getGlyph(glyph).getPath();
                all.append(path.getPathIterator(AffineTransform.getTranslateInstance(left, 0)), false);
                left += font.getAdvanceWidth(glyph);
            }
            double scale = face.outline(text).advance() / left;
            all.transform(AffineTransform.getScaleInstance(scale, -scale));
            return all;
        }
    }

    private static boolean contains(double[] polygon, double x, double y) {
        boolean inside = false;
        int n = polygon.length;
        for (int i = 0, j = n - 2; i < n; j = i, i += 2) {
            double share = (y - polygon[i + 1]) / (polygon[j + 1] - polygon[i + 1]);
            boolean crosses = (polygon[i + 1] > y) != (polygon[j + 1] > y);
            inside ^= crosses && x < polygon[i] + (polygon[j] - polygon[i]) * share;
        }
        return inside;
    }

    @ParameterizedTest
    @EnumSource
    void coversWhatTheFontCovers(Face face) throws IOException {
        Draws draws = new Seed(3).draws();
        for (String text : List.of("Ag8&@%", "Çøß*", "rkfjyW")) {
            Outline outline = face.outline(text);
            Path2D truth = overlapping(face, text);
            List<double[]> polygons = outline.polygons(Homography.IDENTITY, 1e-6);
            double[] box = outline.box();
            int different = 0;
            for (int i = 0; i < 3000; i++) {
                double x = draws.nextDouble(box[0], box[2]);
                double y = draws.nextDouble(box[1], box[3]);
                boolean covers = polygons.stream().anyMatch(polygon -> contains(polygon, x, y));
                different += covers != truth.contains(x, y) ? 1 : 0;
            }
            // Only those within a hair of the outline.
            assertThat(different).as("%s in %s", text, face).isLessThanOrEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void polygonsStayNearTheCurves(Face face) {
        Homography map = Homography.of(90, 12, 30, -8, 110, 200, 0.05, 0.1, 1);
        Outline outline = face.outline("aS8&");
        List<double[]> coarse = outline.polygons(map, 0.008);
        List<double[]> fine = outline.polygons(map, 1e-5);
        assertThat(fine.get(0).length).isGreaterThan(2 * coarse.get(0).length);
        for (int letter = 0; letter < fine.size(); letter++) {
            double[] curve = fine.get(letter);
            for (int i = 0; i < curve.length; i += 2) {
                assertThat(distance(map, curve[i], curve[i + 1], coarse.get(letter)))
                        .isLessThan(0.01);
            }
        }
    }

    private static double distance(Homography map, double x, double y, double[] polygon) {
        PixelPoint point = map.map(x, y);
        double nearest = Double.POSITIVE_INFINITY;
        for (int i = 0, j = polygon.length - 2; i < polygon.length; j = i, i += 2) {
            PixelPoint a = map.map(polygon[j], polygon[j + 1]);
            PixelPoint b = map.map(polygon[i], polygon[i + 1]);
            double squared = Math.pow(b.x() - a.x(), 2) + Math.pow(b.y() - a.y(), 2);
            double along = (point.x() - a.x()) * (b.x() - a.x()) + (point.y() - a.y()) * (b.y() - a.y());
            double t = squared == 0 ? 0 : Math.min(Math.max(along / squared, 0), 1);
            PixelPoint foot = new PixelPoint(a.x() + t * (b.x() - a.x()), a.y() + t * (b.y() - a.y()));
            nearest = Math.min(nearest, point.distanceTo(foot));
        }
        return nearest;
    }

    @Test
    void isTheSameForEveryThread() {
        List<CompletableFuture<double[]>> found = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            Face face = i % 2 == 0 ? Face.SANS : Face.SCRIPT;
            found.add(CompletableFuture.supplyAsync(() -> face.outline("Tiepoint")
                    .polygons(Homography.IDENTITY, 0.001)
                    .get(3)));
        }
        for (int i = 0; i < 16; i++) {
            assertThat(found.get(i).join()).isEqualTo(found.get(i % 2).join());
        }
    }

    @Test
    void saysWhichCharacterAFaceLacks() {
        assertThat(Face.SCRIPT.has('Ж')).isFalse();
        assertThat(Face.SANS.has('Ж')).isTrue();
        assertThatThrownBy(() -> Face.SCRIPT.outline("aЖ").advance())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("text: expected characters that SCRIPT (LeckerliOne-Regular.ttf) has, found U+0416; "
                        + "use another face or leave it out");
        assertThatThrownBy(() -> Face.SANS.outline("\uD83D\uDE00").advance())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("found U+1F600");
    }

    @Test
    void everyFaceHasItsLicenceBesideIt() {
        for (Face face : Face.values()) {
            String family = face.file.substring(0, face.file.indexOf('-'));
            assertThat(Face.class.getResource(family + ".LICENSE.txt"))
                    .as(face.file)
                    .isNotNull();
        }
    }
}
