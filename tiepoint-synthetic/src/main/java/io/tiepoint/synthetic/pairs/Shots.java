package io.tiepoint.synthetic.pairs;

import io.tiepoint.core.geometry.Camera;
import io.tiepoint.core.geometry.Pose;
import io.tiepoint.core.geometry.Vector3;
import io.tiepoint.core.image.ImageSize;
import io.tiepoint.core.random.Draws;
import io.tiepoint.core.truth.Reason;
import io.tiepoint.core.truth.TwoViewTruth;
import io.tiepoint.synthetic.render.SceneTruth;
import io.tiepoint.synthetic.render.Visibility;
import io.tiepoint.synthetic.scenes.Scene;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Chooses places for two cameras. Candidates are looked at in small pictures. */
final class Shots {
    private static final int SMALL_PX = 64;
    private static final int FIRST_VIEWS = 12;
    private static final int SECOND_VIEWS = 8;
    private static final int PLACES = 40;
    private static final double MOST_SKY = 0.5;
    private static final double MOST_NEAR = 0.02;

    private final Scene scene;
    private final ViewChange change;
    private final ImageSize size;
    private final Draws draws;
    private Camera camera0;
    private Vector3 eye0 = Vector3.ZERO;
    private Vector3 target = Vector3.ZERO;

    Shots(Scene scene, ViewChange change, ImageSize size, Draws draws) {
        this.scene = scene;
        this.change = change;
        this.size = size;
        this.draws = draws;
        camera0 = Camera.ofViewAngle(size, change.viewAngleRad().draw(draws));
    }

    /** A camera in its place. */
    record Shot(Camera camera, Pose camFromWorld) {}

    /** Two shots, and the share that both show. */
    record Two(Shot shot0, Shot shot1, double overlap) {}

    Two choose() {
        Shot first = goodFirst();
        return next(first, small(first));
    }

    /** One after the other, each chosen by the one before. */
    List<Shot> path(int length) {
        List<Shot> shots = new ArrayList<>();
        shots.add(goodFirst());
        while (shots.size() < length) {
            Shot last = shots.get(shots.size() - 1);
            Shot following = next(last, small(last)).shot1();
            shots.add(following);
            eye0 = following.camFromWorld().eye();
            camera0 = following.camera();
        }
        return shots;
    }

    private Shot goodFirst() {
        Shot shot = first();
        for (int i = 1; i < FIRST_VIEWS && !isGood(small(shot)); i++) {
            shot = first();
        }
        return shot;
    }

    private Two next(Shot best0, Visibility small0) {
        Shot best1 = best0;
        double bestMiss = Double.POSITIVE_INFINITY;
        double bestOverlap = 1;
        for (int i = 0; i < SECOND_VIEWS && bestMiss > 0; i++) {
            Shot shot1 = second(i / (double) SECOND_VIEWS);
            if (shot1 == null) {
                continue;
            }
            Visibility small1 = small(shot1);
            double overlap = overlap(small0, small1);
            double miss = Math.max(
                    change.overlap().min() - overlap, overlap - change.overlap().max());
            miss = Math.max(miss, 0) + (isGood(small1) ? 0 : 0.5);
            if (miss < bestMiss) {
                bestMiss = miss;
                best1 = shot1;
                bestOverlap = overlap;
            }
        }
        return new Two(best0, best1, bestOverlap);
    }

    private Shot first() {
        camera0 = Camera.ofViewAngle(size, change.viewAngleRad().draw(draws));
        Vector3 low = scene.stage().eyeMin();
        Vector3 high = scene.stage().eyeMax();
        for (int i = 0; i < PLACES; i++) {
            eye0 = new Vector3(
                    draws.nextDouble(low.x(), high.x()),
                    draws.nextDouble(low.y(), high.y()),
                    draws.nextDouble(low.z(), high.z()));
            target = scene.stage()
                    .targets()
                    .get(draws.nextInt(scene.stage().targets().size()));
            if (eye0.distanceTo(target) > 2 * scene.stage().nearest() && scene.isFree(eye0)) {
                break;
            }
        }
        return new Shot(camera0, Pose.lookAt(eye0, target, 0.04 * draws.nextGaussian()));
    }

    /**
     * Goes about the target, and to or from it; zooms; looks aside; turns.
     *
     * @param caution from 0 to 1: by how much less
     */
    private @Nullable Shot second(double caution) {
        for (int i = 0; i < PLACES; i++) {
            double courage = (1 - 0.6 * caution) * (1 - 0.7 * i / PLACES);
            double parallax = change.parallaxRad().draw(draws) * (draws.nextBoolean() ? 1 : -1) * courage;
            double scale = StrictMath.pow(change.scale().drawLogarithmically(draws), courage);
            double byLens = draws.nextDouble();
            Vector3 offset = eye0.minus(target).times(StrictMath.pow(scale, byLens - 1));
            double cos = StrictMath.cos(parallax);
            double sin = StrictMath.sin(parallax);
            double climb = 0.3 * parallax * draws.nextGaussian() * offset.norm();
            Vector3 eye1 = target.plus(new Vector3(
                    cos * offset.x() - sin * offset.y(), sin * offset.x() + cos * offset.y(), offset.z() + climb));
            double aim = Math.max(change.maxAimRad(), 0);
            Vector3 aside = new Vector3(draws.nextDouble(-1, 1), draws.nextDouble(-1, 1), draws.nextDouble(-0.6, 0.6))
                    .times(StrictMath.tan(aim) * offset.norm());
            double roll = change.maxRollRad() * draws.nextDouble(-1, 1);
            if (scene.isFree(eye1) || eye1.equals(eye0)) {
                double lens = StrictMath.pow(scale, byLens);
                Camera camera1 = new Camera(
                        size, camera0.focalX() * lens, camera0.focalY() * lens, camera0.centreX(), camera0.centreY());
                return new Shot(camera1, Pose.lookAt(eye1, target.plus(aside), roll));
            }
        }
        return null;
    }

    private Visibility small(Shot shot) {
        int height = Math.max(1, SMALL_PX * size.height() / size.width());
        Camera small = shot.camera().scaled(new ImageSize(SMALL_PX, height));
        return Visibility.of(scene, small, shot.camFromWorld());
    }

    /** Neither mostly sky nor with something before the lens. */
    private boolean isGood(Visibility view) {
        return view.skyShare() < MOST_SKY && view.nearShare(scene.stage().nearest()) < MOST_NEAR;
    }

    /** The smaller one of the two shares of points, without the sky, that the other view shows. */
    static double overlap(Visibility view0, Visibility view1) {
        SceneTruth truth = new SceneTruth(view0, view1);
        return Math.min(seen(view0, truth), seen(view1, truth.reversed()));
    }

    private static double seen(Visibility view, TwoViewTruth truth) {
        int all = 0;
        int seen = 0;
        int width = view.camera().size().width();
        int height = view.camera().size().height();
        for (int row = 2; row < height; row += 4) {
            for (int column = 2; column < width; column += 4) {
                if (!view.isSky(column, row)) {
                    Reason reason = truth.locate(column + 0.5, row + 0.5).reason();
                    // In a small picture much is near a boundary; of that nothing is known.
                    all += reason == Reason.NEAR_BOUNDARY ? 0 : 1;
                    seen += reason == Reason.VISIBLE ? 1 : 0;
                }
            }
        }
        return all == 0 ? 0 : seen / (double) all;
    }
}
