package io.tiepoint.app.evaluate;

import io.tiepoint.core.check.Check;
import io.tiepoint.core.geometry.Camera;
import io.tiepoint.core.geometry.CameraModel;
import io.tiepoint.core.image.GrayImage;
import io.tiepoint.core.image.ImageSize;
import io.tiepoint.core.image.Resize;
import io.tiepoint.core.random.Seed;
import io.tiepoint.core.truth.DepthTruth;
import io.tiepoint.core.truth.ResizedTruth;
import io.tiepoint.core.truth.ResizedTruth.Scale;
import io.tiepoint.core.truth.TwoViewTruth;
import io.tiepoint.evaluate.PosePair;
import io.tiepoint.interop.posed.OverlapSampling;
import io.tiepoint.interop.posed.PosedPair;
import io.tiepoint.interop.posed.PosedScenes;
import io.tiepoint.interop.posed.PosedView;
import io.tiepoint.match.geometry.Intrinsics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Pairs of photographs of real scenes with poses and depth. */
public final class RealPairs {
    private final PosedScenes scenes;
    private final List<PosedPair> pairs;
    private final OverlapSampling sampling;
    private final int longSidePx;

    private RealPairs(PosedScenes scenes, List<PosedPair> pairs, OverlapSampling sampling, int longSidePx) {
        this.scenes = scenes;
        this.pairs = pairs;
        this.sampling = sampling;
        this.longSidePx = longSidePx;
    }

    /**
     * Chooses pairs.
     *
     * @param longSidePx larger images are made smaller, so that their longer side has this many px
     * @param limit at most so many pairs in all
     * @throws IOException if there is none
     */
    public static RealPairs open(PosedScenes scenes, OverlapSampling sampling, int longSidePx, int limit, Seed seed)
            throws IOException {
        Check.that(longSidePx > 0, "--resize: expected > 0 px, found %s", longSidePx);
        List<PosedPair> pairs = scenes.pairs(sampling, seed.child("pairs"));
        return new RealPairs(scenes, OverlapSampling.draw(pairs, limit, seed.child("limit")), sampling, longSidePx);
    }

    /** The camera, as the robust estimator takes it. */
    public static Intrinsics intrinsics(Camera camera) {
        return new Intrinsics(camera.focalX(), camera.focalY(), camera.centreX(), camera.centreY());
    }

    /** What the data is, for the report. */
    public Map<String, String> description() {
        Map<String, String> description = new LinkedHashMap<>(scenes.description());
        description.put("longSidePx", String.valueOf(longSidePx));
        description.put("overlap", sampling.minOverlap() + " to " + sampling.maxOverlap());
        description.put("depthTolerance", String.valueOf(DepthTruth.MULTI_VIEW_STEREO));
        return description;
    }

    /** Number of pairs. */
    public int count() {
        return pairs.size();
    }

    /** The pairs, each read when it is asked for; throws {@link UncheckedIOException} where one cannot be. */
    public Iterator<PosePair> pairs() {
        return pairs.stream().map(this::read).iterator();
    }

    private PosePair read(PosedPair pair) {
        try {
            PosedView view0 = pair.image0().read();
            PosedView view1 = pair.image1().read();
            PosePair.View small0 = smaller(view0);
            PosePair.View small1 = smaller(view1);
            TwoViewTruth truth = new ResizedTruth(
                    PosedPair.truth(view0, view1, DepthTruth.MULTI_VIEW_STEREO),
                    Scale.of(view0.image().size(), small0.image().size()),
                    Scale.of(view1.image().size(), small1.image().size()));
            return new PosePair(
                    pair.name(),
                    pair.scene(),
                    small0,
                    small1,
                    view1.camFromWorld().compose(view0.camFromWorld().inverse()),
                    truth);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private PosePair.View smaller(PosedView view) {
        GrayImage image = view.image();
        CameraModel camera = view.camera();
        int side = Math.max(image.width(), image.height());
        if (side <= longSidePx) {
            return new PosePair.View(image, camera);
        }
        double scale = longSidePx / (double) side;
        ImageSize size = new ImageSize(
                Math.max((int) Math.round(image.width() * scale), 1),
                Math.max((int) Math.round(image.height() * scale), 1));
        return new PosePair.View(Resize.resize(image, size), camera.scaled(size));
    }
}
