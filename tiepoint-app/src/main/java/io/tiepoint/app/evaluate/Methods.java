package io.tiepoint.app.evaluate;

import io.tiepoint.core.check.Check;
import io.tiepoint.core.features.FeatureExtractor;
import io.tiepoint.core.features.FeatureMatcher;
import io.tiepoint.evaluate.Method;
import io.tiepoint.match.classical.OrbExtractor;
import io.tiepoint.match.classical.SiftExtractor;
import java.util.ArrayList;
import java.util.List;

/** The methods to compare, open. */
public final class Methods implements AutoCloseable {
    /** Every name, in the order of the report. */
    public static final List<String> NAMES = List.of("rootsift", "sift", "orb");

    private final List<Method> methods = new ArrayList<>();

    private Methods() {}

    /**
     * Opens methods.
     *
     * @param names of {@link #NAMES}
     * @param maxKeypoints in each view
     */
    public static Methods open(List<String> names, int maxKeypoints) {
        Check.that(maxKeypoints > 0, "--max-keypoints: expected > 0, found %s", maxKeypoints);
        Methods opened = new Methods();
        for (String name : names) {
            opened.add(name, maxKeypoints);
        }
        return opened;
    }

    private void add(String name, int maxKeypoints) {
        switch (name) {
            case "sift" -> add(name, SiftExtractor.sift(maxKeypoints), SiftExtractor.matcher());
            case "rootsift" -> add(name, SiftExtractor.rootSift(maxKeypoints), SiftExtractor.matcher());
            case "orb" -> add(name, new OrbExtractor(maxKeypoints), OrbExtractor.matcher());
            default ->
                throw new IllegalArgumentException(
                        "--methods: expected " + String.join(", ", NAMES) + ", found " + name);
        }
    }

    private void add(String name, FeatureExtractor extractor, FeatureMatcher matcher) {
        methods.add(new Method(name, extractor, matcher, true));
    }

    /** The methods in the order of their names. */
    public List<Method> list() {
        return List.copyOf(methods);
    }

    @Override
    public void close() {
        for (Method method : methods) {
            method.matcher().close();
            method.extractor().close();
        }
    }
}
