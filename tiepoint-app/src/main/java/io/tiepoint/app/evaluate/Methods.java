package io.tiepoint.app.evaluate;

import io.tiepoint.core.check.Check;
import io.tiepoint.core.features.FeatureExtractor;
import io.tiepoint.core.features.FeatureMatcher;
import io.tiepoint.core.features.MatchRefiner;
import io.tiepoint.evaluate.Method;
import io.tiepoint.match.classical.OpenCvThreads;
import io.tiepoint.match.classical.OrbExtractor;
import io.tiepoint.match.classical.SiftExtractor;
import io.tiepoint.match.nearest.MutualNearestMatcher;
import io.tiepoint.match.nearest.NearestOptions;
import io.tiepoint.match.onnx.ExtractorOptions;
import io.tiepoint.match.onnx.OnnxExtractor;
import io.tiepoint.match.onnx.OnnxMatcher;
import io.tiepoint.match.refine.PatchAlignment;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The methods to compare, open. Each may use all threads: the learned extractor works on both views at once with half of them
 * each, OpenCV's with its own pool.
 */
public final class Methods implements AutoCloseable {
    /** The names that are compared unless others are asked for. */
    public static final List<String> DEFAULT_NAMES =
            List.of("tiepoint-s", "tiepoint-s-lightglue", "rootsift", "rootsift-refined", "sift", "orb");

    private static final String REFINED = "-refined";
    private static final String UNREFINED = "-unrefined";

    /** Every name: the learned methods are refined unless their name says otherwise, the classical ones only if it does. */
    public static final List<String> NAMES = List.of(
            "tiepoint-s",
            "tiepoint-s-lightglue",
            "tiepoint-s-ratio",
            "tiepoint-s-dual-softmax",
            "tiepoint-s" + UNREFINED,
            "tiepoint-s-lightglue" + UNREFINED,
            "tiepoint-s-ratio" + UNREFINED,
            "tiepoint-s-dual-softmax" + UNREFINED,
            "rootsift",
            "sift",
            "orb",
            "rootsift" + REFINED,
            "sift" + REFINED,
            "orb" + REFINED);

    private final ModelFiles models;
    private final int maxKeypoints;
    private final int threads;
    private final List<Method> methods = new ArrayList<>();
    private final List<FeatureExtractor> extractors = new ArrayList<>();
    private final List<FeatureMatcher> matchers = new ArrayList<>();
    private @Nullable OnnxExtractor learned;

    private Methods(ModelFiles models, int maxKeypoints, int threads) {
        this.models = models;
        this.maxKeypoints = maxKeypoints;
        this.threads = threads;
    }

    /** The same, without the learned matcher if there is none for the extractor. */
    public static List<String> defaultNames(ModelFiles models) {
        boolean hasMatcher = models.extractor() == null || models.matcher() != null;
        return hasMatcher
                ? DEFAULT_NAMES
                : DEFAULT_NAMES.stream()
                        .filter(name -> !name.equals("tiepoint-s-lightglue"))
                        .toList();
    }

    /**
     * Opens methods.
     *
     * @param names of {@link #NAMES}
     * @param models behind the names that begin with tiepoint; one from a file is reported by its own name
     * @param maxKeypoints in each view
     * @param threads at most so many at once
     * @throws IOException naming the model file that cannot be used
     */
    public static Methods open(List<String> names, ModelFiles models, int maxKeypoints, int threads)
            throws IOException {
        Check.that(maxKeypoints > 0, "--max-keypoints: expected > 0, found %s", maxKeypoints);
        Check.that(threads > 0, "--threads: expected > 0, found %s", threads);
        for (String name : names) {
            Check.that(NAMES.contains(name), "--methods: expected %s, found %s", String.join(", ", NAMES), name);
        }
        OpenCvThreads.limit(threads);
        Methods opened = new Methods(models, maxKeypoints, threads);
        try {
            for (String name : names) {
                opened.add(name);
            }
            return opened;
        } catch (IOException | RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    private void add(String name) throws IOException {
        String ending = name.endsWith(UNREFINED) ? UNREFINED : name.endsWith(REFINED) ? REFINED : "";
        String plain = name.substring(0, name.length() - ending.length());
        switch (plain) {
            case "sift" -> add(name, kept(SiftExtractor.sift(maxKeypoints)), SiftExtractor.matcher());
            case "rootsift" -> add(name, kept(SiftExtractor.rootSift(maxKeypoints)), SiftExtractor.matcher());
            case "orb" -> add(name, kept(new OrbExtractor(maxKeypoints)), OrbExtractor.matcher());
            case "tiepoint-s" ->
                add(learned().name() + ending, learned(), new MutualNearestMatcher(NearestOptions.MUTUAL));
            case "tiepoint-s-lightglue" -> {
                OnnxMatcher matcher = models.openMatcher(learned(), threads);
                String own = models.matcher() == null ? "-lightglue" : "+" + matcher.name();
                add(learned().name() + own + ending, learned(), matcher);
            }
            case "tiepoint-s-ratio" ->
                add(learned().name() + "-ratio" + ending, learned(), new MutualNearestMatcher(NearestOptions.RATIO));
            case "tiepoint-s-dual-softmax" ->
                add(
                        learned().name() + "-dual-softmax" + ending,
                        learned(),
                        new MutualNearestMatcher(NearestOptions.DUAL_SOFTMAX));
            default -> throw new IllegalStateException("checked before: " + name);
        }
    }

    private void add(String name, FeatureExtractor extractor, FeatureMatcher matcher) {
        matchers.add(matcher);
        boolean learnedOne = extractor == learned;
        boolean refined = learnedOne ? !name.endsWith(UNREFINED) : name.endsWith(REFINED);
        MatchRefiner refiner = refined ? new PatchAlignment(threads) : MatchRefiner.NONE;
        methods.add(new Method(name, extractor, matcher, refiner, threads > 1));
    }

    private OnnxExtractor learned() throws IOException {
        if (learned == null) {
            learned = models.openExtractor(new ExtractorOptions(maxKeypoints, Math.max(threads / 2, 1)));
            extractors.add(learned);
        }
        return learned;
    }

    private FeatureExtractor kept(FeatureExtractor extractor) {
        extractors.add(extractor);
        return extractor;
    }

    /** The methods in the order of their names. */
    public List<Method> list() {
        return List.copyOf(methods);
    }

    @Override
    public void close() {
        matchers.forEach(FeatureMatcher::close);
        extractors.forEach(FeatureExtractor::close);
    }
}
