package io.tiepoint.evaluate;

import io.tiepoint.core.check.Check;
import io.tiepoint.core.features.Keypoints;
import io.tiepoint.core.features.MatchRefiner;
import io.tiepoint.core.features.Matches;
import io.tiepoint.core.features.RobustEstimator;
import io.tiepoint.core.geometry.TwoViewGeometry;
import io.tiepoint.core.random.Seed;
import io.tiepoint.core.truth.HomographyTruth;
import io.tiepoint.core.truth.MatchTruth;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * Runs methods side by side over pairs of views that a homography relates: extract, match, estimate the homography with one
 * and the same robust estimator, and measure each step against the truth.
 */
public final class PairEvaluation {
    /** A keypoint is repeated, and two keypoints truly match, within this distance; px. */
    static final double REPEATED_PX = 3;

    private final List<Method> methods;
    private final RobustEstimator estimator;
    private final int warmUpRuns;
    private final Seed seed;

    /**
     * Takes what is evaluated; everything stays open.
     *
     * @param methods with different names
     * @param estimator of homographies, the same for every method
     * @param warmUpRuns how often each method sees the first pair before its times count
     * @param seed of the estimator's draws
     */
    public PairEvaluation(List<Method> methods, RobustEstimator estimator, int warmUpRuns, Seed seed) {
        Check.that(!methods.isEmpty(), "methods: expected at least one, found none");
        HashSet<String> names = new HashSet<>();
        for (Method method : methods) {
            Check.that(names.add(method.name()), "methods: expected each once, found %s twice", method.name());
        }
        Check.that(warmUpRuns >= 0, "warmUpRuns: expected >= 0, found %s", warmUpRuns);
        this.methods = List.copyOf(methods);
        this.estimator = estimator;
        this.warmUpRuns = warmUpRuns;
        this.seed = seed;
    }

    /** Evaluates until the iterator ends; it may end early to stop in good order. */
    public List<MethodResults> run(Iterator<EvaluationPair> pairs) {
        List<List<PairResult>> results = new ArrayList<>();
        for (int m = 0; m < methods.size(); m++) {
            results.add(new ArrayList<>());
        }
        try (ViewExtraction extraction = new ViewExtraction()) {
            boolean warm = false;
            while (pairs.hasNext()) {
                EvaluationPair pair = pairs.next();
                for (int m = 0; m < methods.size(); m++) {
                    for (int run = 0; !warm && run < warmUpRuns; run++) {
                        PairResult unused = evaluate(methods.get(m), pair, extraction);
                    }
                    results.get(m).add(evaluate(methods.get(m), pair, extraction));
                }
                warm = true;
            }
        }
        List<MethodResults> all = new ArrayList<>();
        for (int m = 0; m < methods.size(); m++) {
            all.add(new MethodResults(methods.get(m).name(), results.get(m)));
        }
        return all;
    }

    private PairResult evaluate(Method method, EvaluationPair pair, ViewExtraction extraction) {
        long start = System.nanoTime();
        ViewExtraction.Views views = extraction.extract(method, pair.name(), pair.image0(), pair.image1());
        long extracted = System.nanoTime();
        MatchRefiner.Refined refined = method.refiner()
                .refine(
                        new MatchRefiner.Images(pair.image0(), pair.image1()),
                        views.features0(),
                        views.features1(),
                        method.matcher().match(views.features0(), views.features1()));
        long matched = System.nanoTime();
        Optional<TwoViewGeometry> geometry = estimator.estimate(
                views.features0().keypoints(), refined.keypoints1(), refined.matches(), seed.child(pair.name()));
        long verified = System.nanoTime();
        StageTimes times = StageTimes.of(ms(start, extracted), ms(extracted, matched), ms(matched, verified));
        return measure(pair, views, refined, geometry, times);
    }

    private static double ms(long fromNanos, long toNanos) {
        return (toNanos - fromNanos) / 1e6;
    }

    private static PairResult measure(
            EvaluationPair pair,
            ViewExtraction.Views views,
            MatchRefiner.Refined refined,
            Optional<TwoViewGeometry> geometry,
            StageTimes times) {
        HomographyTruth truth = pair.truth();
        Keypoints keypoints0 = views.features0().keypoints();
        Keypoints keypoints1 = views.features1().keypoints();
        Repeatability repeatability = HomographyMetrics.repeatability(keypoints0, keypoints1, truth, REPEATED_PX);
        Matches matches = refined.matches();
        double[] errors = HomographyMetrics.transferErrors(keypoints0, refined.keypoints1(), matches, truth);
        MatchTruth matchTruth = MatchTruth.of(keypoints0, keypoints1, truth, REPEATED_PX, REPEATED_PX);
        return new PairResult(
                pair.name(),
                pair.scene(),
                pair.band(),
                keypoints0.size(),
                keypoints1.size(),
                matches.size(),
                geometry.map(TwoViewGeometry::inlierCount).orElse(0),
                repeatability.oneToOne(),
                repeatability.manyToOne(),
                PerThreshold.of(px -> HomographyMetrics.precision(errors, px)),
                HomographyMetrics.recall(matches, matchTruth),
                geometry.map(g -> HomographyMetrics.cornerError(g.h1From0(), truth))
                        .orElse(Double.POSITIVE_INFINITY),
                times);
    }
}
