package io.tiepoint.interop.colmap;

import io.tiepoint.core.geometry.Vector3;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The text files of a model: words separated by spaces, lines that begin with # say nothing. */
final class ColmapText {
    private static final int IMAGE_WORDS = 10;

    private ColmapText() {}

    /** The words of one line. */
    static final class Words {
        private final String[] words;
        private final String source;
        private int next;

        /**
         * Splits a line.
         *
         * @param most at most so many words; the last one takes the rest
         */
        Words(String line, int most, String source) {
            words = line.strip().isEmpty() ? new String[0] : line.strip().split("\\s+", most);
            this.source = source;
        }

        boolean hasNext() {
            return next < words.length;
        }

        int left() {
            return words.length - next;
        }

        String text(String what) throws IOException {
            if (!hasNext()) {
                throw new IOException(source + ": expected " + what + ", found the end of the line");
            }
            return words[next++];
        }

        double number(String what) throws IOException {
            String word = text(what);
            try {
                return Double.parseDouble(word);
            } catch (NumberFormatException e) {
                throw new IOException(source + ": expected " + what + ", found " + shown(word), e);
            }
        }

        long whole(String what) throws IOException {
            String word = text(what);
            try {
                return Long.parseLong(word);
            } catch (NumberFormatException e) {
                throw new IOException(source + ": expected " + what + ", found " + shown(word), e);
            }
        }

        private static String shown(String word) {
            String line = word.replaceAll("\\p{Cntrl}", "?");
            return line.length() <= 60 ? line : line.substring(0, 60) + "...";
        }

        List<Double> numbers(String what) throws IOException {
            List<Double> numbers = new ArrayList<>();
            while (hasNext()) {
                numbers.add(number(what));
            }
            return numbers;
        }
    }

    /** The lines of a file, numbered. */
    private static final class Lines implements AutoCloseable {
        private final Path file;
        private final BufferedReader reader;
        private int number;

        Lines(Path file) throws IOException {
            this.file = file;
            reader = Files.newBufferedReader(file);
        }

        @Nullable
        String next() throws IOException {
            number++;
            try {
                return reader.readLine();
            } catch (CharacterCodingException e) {
                throw new IOException(file + ": expected text in UTF-8, found other bytes", e);
            }
        }

        /** The next line that says something. */
        @Nullable
        String nextData() throws IOException {
            String line = next();
            while (line != null && (line.isBlank() || line.stripLeading().startsWith("#"))) {
                line = next();
            }
            return line;
        }

        String source() {
            return file + ": line " + number;
        }

        @Override
        public void close() throws IOException {
            reader.close();
        }
    }

    static Map<Long, ColmapCamera> cameras(Path file) throws IOException {
        Map<Long, ColmapCamera> cameras = new HashMap<>();
        try (Lines lines = new Lines(file)) {
            for (String line = lines.nextData(); line != null; line = lines.nextData()) {
                Words words = new Words(line, 0, lines.source());
                long id = words.whole("the number of a camera");
                ColmapBinary.put(cameras, id, camera(words, lines.source()), lines.source());
            }
        }
        return cameras;
    }

    /** Model, width, height and the model's numbers. */
    static ColmapCamera camera(Words words, String source) throws IOException {
        String model = words.text("a camera model");
        long width = words.whole("a width in px");
        long height = words.whole("a height in px");
        return ColmapCamera.of(model, width, height, words.numbers("a number of the camera model"), source);
    }

    static Map<Long, ColmapImage> images(Path file) throws IOException {
        Map<Long, ColmapImage> images = new HashMap<>();
        try (Lines lines = new Lines(file)) {
            for (String line = lines.nextData(); line != null; line = lines.nextData()) {
                String source = lines.source();
                Words words = new Words(line, IMAGE_WORDS, source);
                long id = words.whole("the number of an image");
                double[] quaternion = new double[4];
                for (int i = 0; i < 4; i++) {
                    quaternion[i] = words.number("a rotation as QW QX QY QZ");
                }
                Vector3 translation = vector(words, "a translation");
                long cameraId = words.whole("the number of a camera");
                String name = words.text("the name of an image");
                // An image without points has an empty line; the last one perhaps none at all.
                String found = lines.next();
                Words points = new Words(found == null ? "" : found, 0, lines.source());
                if (points.left() % 3 != 0) {
                    throw new IOException(lines.source() + ": expected X Y POINT3D_ID of each point of image "
                            + Words.shown(name) + ", found " + points.left() + " words");
                }
                double[] positions = new double[points.left() / 3 * 2];
                long[] pointIds = new long[points.left() / 3];
                for (int p = 0; p < pointIds.length; p++) {
                    positions[2 * p] = points.number("X of a point");
                    positions[2 * p + 1] = points.number("Y of a point");
                    pointIds[p] = points.whole("POINT3D_ID of a point");
                }
                ColmapBinary.put(
                        images,
                        id,
                        new ColmapImage(
                                name,
                                cameraId,
                                ColmapBinary.pose(quaternion, translation, source),
                                positions,
                                pointIds),
                        source);
            }
        }
        return images;
    }

    private static Vector3 vector(Words words, String what) throws IOException {
        return new Vector3(words.number(what), words.number(what), words.number(what));
    }

    static Map<Long, Vector3> points(Path file) throws IOException {
        Map<Long, Vector3> points = new HashMap<>();
        try (Lines lines = new Lines(file)) {
            for (String line = lines.nextData(); line != null; line = lines.nextData()) {
                Words words = new Words(line, 0, lines.source());
                long id = words.whole("the number of a point");
                ColmapBinary.put(points, id, vector(words, "the position of a point"), lines.source());
            }
        }
        return points;
    }
}
