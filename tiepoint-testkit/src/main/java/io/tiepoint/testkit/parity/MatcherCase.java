package io.tiepoint.testkit.parity;

import io.tiepoint.core.features.Adaptivity;
import io.tiepoint.core.features.Descriptors;
import io.tiepoint.core.features.Keypoints;
import io.tiepoint.core.features.LocalFeatures;
import io.tiepoint.core.geometry.PixelFrame;
import io.tiepoint.core.image.ImageSize;
import io.tiepoint.testkit.SharedFiles;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/** Inputs of a reference matcher and what it made of them: one folder of the shared folder {@code parity}. */
public final class MatcherCase {
    private final String name;
    private final Path folder;
    private final Path inputs;
    private final Properties properties = new Properties();

    private MatcherCase(String name, Path folder) throws IOException {
        this.name = name;
        this.folder = folder;
        try (Reader reader = Files.newBufferedReader(folder.resolve("case.properties"))) {
            properties.load(reader);
        }
        this.inputs = SharedFiles.get("parity/" + properties.getProperty("inputs", ""));
    }

    /** Opens a case; the test is skipped where the folder is missing. */
    public static MatcherCase open(String network, String name) throws IOException {
        return new MatcherCase(network + "/" + name, SharedFiles.get("parity/" + network + "/" + name));
    }

    /** All cases of a network, such as {@code superglue}; the test is skipped where the folder is missing. */
    public static List<MatcherCase> all(String network) {
        try (Stream<Path> folders = Files.list(SharedFiles.get("parity/" + network))) {
            return folders.filter(folder -> Files.exists(folder.resolve("case.properties")))
                    .sorted()
                    .map(folder -> {
                        try {
                            return open(network, folder.getFileName().toString());
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    })
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Network and case. */
    public String name() {
        return name;
    }

    /** The network's part of the name. */
    public String network() {
        return name.substring(0, name.indexOf('/'));
    }

    /** A whole number among the case's parameters. */
    public int number(String key) {
        return Integer.parseInt(properties.getProperty(key, ""));
    }

    /** Another number among the case's parameters. */
    public double real(String key) {
        return Double.parseDouble(properties.getProperty(key, ""));
    }

    /** Whether the keypoints have scales and orientations. */
    public boolean hasScalesAndOrientations() {
        return Boolean.parseBoolean(properties.getProperty("add_scale_ori", "false"));
    }

    /** Whether the reference knew the images' sizes. */
    public boolean knowsImageSizes() {
        return Boolean.parseBoolean(properties.getProperty("image_size_given", "true"));
    }

    /** When the reference was to stop early or to drop keypoints. */
    public Adaptivity adaptivity() {
        return new Adaptivity(real("depth_confidence"), real("width_confidence"));
    }

    /** Number of keypoints of a view. */
    public int count(int view) {
        return number("n" + view);
    }

    /** An input array of a view, such as {@code keypoints}. */
    public NpyFile input(String what, int view) throws IOException {
        return NpyFile.read(inputs.resolve("in_" + what + view + ".npy"));
    }

    /** Whether the reference gave this output. */
    public boolean has(String output) {
        return Files.exists(folder.resolve(output + ".npy"));
    }

    /** An output of the reference. */
    public NpyFile output(String output) throws IOException {
        return NpyFile.read(folder.resolve(output + ".npy"));
    }

    /** A view's keypoints and descriptors as Tiepoint holds them. */
    public LocalFeatures features(int view) throws IOException {
        int count = count(view);
        float[] positions = input("keypoints", view).values();
        for (int i = 0; i < positions.length; i++) {
            positions[i] = (float) PixelFrame.CENTRE.toCorner(positions[i]);
        }
        boolean scored = Files.exists(inputs.resolve("in_scores" + view + ".npy"));
        Keypoints keypoints =
                Keypoints.of(positions, scored ? input("scores", view).values() : new float[count]);
        if (hasScalesAndOrientations()) {
            keypoints = keypoints.with(
                    input("scales", view).values(), input("oris", view).values());
        }
        NpyFile descriptors = input("descriptors", view);
        return new LocalFeatures(
                keypoints,
                Descriptors.wrap(count, descriptors.size(1), descriptors.values()),
                new ImageSize(number("width" + view), number("height" + view)));
    }

    /** Keypoints as the reference normalises them: [M 2], with scales and orientations [M 4]. */
    public float[] normalised(int view) throws IOException {
        float[] positions = input("keypoints", view).values();
        float width = number("width" + view);
        float height = number("height" + view);
        if (!knowsImageSizes()) {
            // The reference takes the keypoints' extent for the size, and does not move it to where they begin.
            width = extent(positions, 0);
            height = extent(positions, 1);
        }
        float half = Math.max(width, height) / 2;
        int channels = hasScalesAndOrientations() ? 4 : 2;
        float[] scales = channels > 2 ? input("scales", view).values() : new float[0];
        float[] orientations = channels > 2 ? input("oris", view).values() : new float[0];
        float[] values = new float[count(view) * channels];
        for (int i = 0; i < count(view); i++) {
            values[i * channels] = (positions[2 * i] - width / 2) / half;
            values[i * channels + 1] = (positions[2 * i + 1] - height / 2) / half;
            if (channels > 2) {
                values[i * channels + 2] = scales[i];
                values[i * channels + 3] = orientations[i];
            }
        }
        return values;
    }

    private static float extent(float[] positions, int axis) {
        float smallest = Float.POSITIVE_INFINITY;
        float largest = Float.NEGATIVE_INFINITY;
        for (int i = axis; i < positions.length; i += 2) {
            smallest = Math.min(smallest, positions[i]);
            largest = Math.max(largest, positions[i]);
        }
        return 1 + largest - smallest;
    }

    @Override
    public String toString() {
        return name;
    }
}
