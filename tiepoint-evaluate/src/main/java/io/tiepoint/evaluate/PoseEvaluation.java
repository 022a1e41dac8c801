package io.tiepoint.evaluate;

import io.tiepoint.core.check.Check;
import io.tiepoint.core.features.Keypoints;
import io.tiepoint.core.features.MatchRefiner;
import io.tiepoint.core.features.Matches;
import io.tiepoint.core.geometry.Camera;
import io.tiepoint.core.geometry.CameraModel;
import io.tiepoint.core.geometry.PixelPoint;
import io.tiepoint.core.geometry.RelativePose;
import io.tiepoint.core.geometry.TwoViewGeometry;
import io.tiepoint.core.geometry.Vector3;
import io.tiepoint.core.random.Seed;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * Runs methods side by side over pairs of views of scenes: extract, match, estimate the essential matrix with one and the same
 * robust estimator, and compare matches with the truth and the pose with the true one.
 */
public final class PoseEvaluation {
    private final List<Method> methods;
    private final PoseEstimator estimator;
    private final int warmUpRuns;
    private final Seed seed;

    /**
     * Takes what is evaluated; everything stays open.
     *
     * @param methods with different names
     * @param estimator the same for every method
     * @param warmUpRuns how often each method sees the first pair before its times count
     * @param seed of the estimator's draws
     */
    public PoseEvaluation(List<Method> methods, PoseEstimator estimator, int warmUpRuns, Seed seed) {
        Check.that(!methods.isEmpty(), "methods: expected at least one, found none");
        Check.that(
                methods.stream().map(Method::name).distinct().count() == methods.size(),
                "methods: expected each once, found %s",
                methods.stream().map(Method::name).toList());
        Check.that(warmUpRuns >= 0, "warmUpRuns: expected >= 0, found %s", warmUpRuns);
        this.methods = List.copyOf(methods);
        this.estimator = estimator;
        this.warmUpRuns = warmUpRuns;
        this.seed = seed;
    }

    /** Evaluates until the iterator ends; it may end early to stop in good order. */
    public List<PoseSummary> run(Iterator<PosePair> pairs) {
        List<List<PoseResult>> results = new ArrayList<>();
        methods.forEach(method -> results.add(new ArrayList<>()));
        try (ViewExtraction extraction = new ViewExtraction()) {
            boolean warm = false;
            while (pairs.hasNext()) {
                PosePair pair = pairs.next();
                for (int m = 0; m < methods.size(); m++) {
                    for (int run = 0; !warm && run < warmUpRuns; run++) {
                        PoseResult unused = evaluate(methods.get(m), pair, extraction);
                    }
                    results.get(m).add(evaluate(methods.get(m), pair, extraction));
                }
                warm = true;
            }
        }
        List<PoseSummary> summaries = new ArrayList<>();
        for (int m = 0; m < methods.size(); m++) {
            summaries.add(PoseSummary.of(methods.get(m).name(), results.get(m), seed.child("bootstrap")));
        }
        return summaries;
    }

    private PoseResult evaluate(Method method, PosePair pair, ViewExtraction extraction) {
        MatchRefiner.Images images =
                new MatchRefiner.Images(pair.view0().image(), pair.view1().image());
        long start = System.nanoTime();
        ViewExtraction.Views views = extraction.extract(
                method, pair.name(), pair.view0().image(), pair.view1().image());
        long extracted = System.nanoTime();
        MatchRefiner.Refined refined = method.refiner()
                .refine(
                        images,
                        views.features0(),
                        views.features1(),
                        method.matcher().match(views.features0(), views.features1()));
        long matched = System.nanoTime();
        Keypoints keypoints0 = views.features0().keypoints();
        Camera pinhole0 = pair.view0().camera().pinhole();
        Camera pinhole1 = pair.view1().camera().pinhole();
        Optional<TwoViewGeometry> geometry = estimator
                .of(pinhole0, pinhole1)
                .estimate(
                        undistorted(keypoints0, pair.view0().camera()),
                        undistorted(refined.keypoints1(), pair.view1().camera()),
                        refined.matches(),
                        seed.child(pair.name()));
        PoseError error = geometry.map(g -> error(g, keypoints0, refined, pair)).orElse(PoseError.NONE);
        long verified = System.nanoTime();
        Matches matches = refined.matches();
        double[] errors = HomographyMetrics.transferErrors(keypoints0, refined.keypoints1(), matches, pair.truth());
        return new PoseResult(
                pair.name(),
                pair.scene(),
                keypoints0.size(),
                views.features1().keypoints().size(),
                matches.size(),
                errors.length,
                geometry.map(TwoViewGeometry::inlierCount).orElse(0),
                PerThreshold.of(px -> HomographyMetrics.precision(errors, px)),
                error.rotationDeg(),
                error.translationDeg(),
                StageTimes.of(ms(start, extracted), ms(extracted, matched), ms(matched, verified)));
    }

    private static double ms(long fromNanos, long toNanos) {
        return (toNanos - fromNanos) / 1e6;
    }

    /** Where the keypoints would be without the lens's distortion; one that the lens cannot show stays. */
    private static Keypoints undistorted(Keypoints keypoints, CameraModel camera) {
        if (camera instanceof Camera) {
            return keypoints;
        }
        float[] positions = keypoints.positions();
        for (int i = 0; i < keypoints.size(); i++) {
            Vector3 ray = camera.ray(keypoints.x(i), keypoints.y(i));
            if (!Double.isNaN(ray.x())) {
                PixelPoint ideal = camera.pinhole().project(ray);
                positions[2 * i] = (float) ideal.x();
                positions[2 * i + 1] = (float) ideal.y();
            }
        }
        return keypoints.movedTo(positions);
    }

    private static PoseError error(
            TwoViewGeometry geometry, Keypoints keypoints0, MatchRefiner.Refined refined, PosePair pair) {
        List<Vector3> rays0 = new ArrayList<>();
        List<Vector3> rays1 = new ArrayList<>();
        Matches matches = refined.matches();
        for (int m = 0; m < matches.size(); m++) {
            if (geometry.isInlier(m)) {
                int i = matches.index0(m);
                int j = matches.index1(m);
                Vector3 ray0 = pair.view0().camera().ray(keypoints0.x(i), keypoints0.y(i));
                Vector3 ray1 = pair.view1()
                        .camera()
                        .ray(refined.keypoints1().x(j), refined.keypoints1().y(j));
                if (!Double.isNaN(ray0.x() + ray1.x())) {
                    rays0.add(ray0);
                    rays1.add(ray1);
                }
            }
        }
        return RelativePose.of(geometry.matrix(), rays0.toArray(new Vector3[0]), rays1.toArray(new Vector3[0]))
                .map(pose -> PoseError.of(pose, pair.cam1FromCam0()))
                .orElse(PoseError.NONE);
    }
}
