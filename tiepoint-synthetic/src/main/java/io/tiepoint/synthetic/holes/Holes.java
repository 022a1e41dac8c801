package io.tiepoint.synthetic.holes;

import io.tiepoint.core.image.DepthMap;
import io.tiepoint.core.image.GrayImage;
import io.tiepoint.core.image.ImageSize;
import io.tiepoint.core.random.Draws;
import io.tiepoint.core.random.Seed;
import io.tiepoint.synthetic.raster.Blur;
import io.tiepoint.synthetic.raster.Grid;
import io.tiepoint.synthetic.render.SceneView;
import io.tiepoint.synthetic.scenes.Finish;
import java.util.Arrays;

/**
 * Takes depth away from a complete map, as multi-view stereo does, so that what incomplete depth does to labels and to training
 * can be measured against the complete truth. What remains is not changed. Each policy draws from a stream of its own, so that
 * one more moves no other.
 */
public final class Holes {
    private static final double EDGE = 0.03;
    private static final double WIDEST_SILHOUETTE_PX = 5;
    private static final double MOST_CONTRAST = 0.06;
    private static final double WIDEST_THIN_PX = 9;
    private static final double MOST_SCATTERED = 0.5;

    private final SceneView view;
    private final Seed seed;
    private final int width;
    private final int height;
    private final float[] complete;
    private final float[] holed;

    private Holes(SceneView view, Seed seed) {
        this.view = view;
        this.seed = seed;
        width = view.image().width();
        height = view.image().height();
        complete = view.depth().depths();
        holed = complete.clone();
    }

    /**
     * Punches holes into the depth of a view; a pure function of view, recipe and seed.
     *
     * @return the view's depth, with {@link DepthMap#HOLE} where it was lost
     */
    public static DepthMap punch(SceneView view, HoleRecipe recipe, Seed seed) {
        Holes holes = new Holes(view, seed);
        for (HolePolicy policy : HolePolicy.values()) {
            double strength = recipe.strength(policy);
            if (strength > 0) {
                holes.punch(policy, strength);
            }
        }
        return DepthMap.wrap(holes.width, holes.height, holes.holed);
    }

    private void punch(HolePolicy policy, double strength) {
        Draws draws = seed.child(policy.name()).draws();
        switch (policy) {
            case SKY -> {
                if (draws.chance(strength)) {
                    sky();
                }
            }
            case SILHOUETTES -> silhouettes(strength * WIDEST_SILHOUETTE_PX);
            case LOW_TEXTURE -> lowTexture(strength * MOST_CONTRAST);
            case GLASS -> glass(strength);
            case THIN -> thin(1 + (int) (strength * (WIDEST_THIN_PX - 1)));
            case SCATTERED -> scattered(strength * MOST_SCATTERED, draws);
            case ORDINAL -> ordinal(strength, draws);
        }
    }

    private void sky() {
        for (int i = 0; i < holed.length; i++) {
            if (complete[i] == DepthMap.SKY) {
                holed[i] = DepthMap.HOLE;
            }
        }
    }

    /** Whether two pixels see things of different depth; the sky is farther than everything. */
    private boolean isFarther(int pixel, int than) {
        return complete[pixel] > complete[than] * (1 + EDGE);
    }

    private void silhouettes(double reach) {
        boolean[] edge = new boolean[holed.length];
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
                int i = row * width + column;
                if (column + 1 < width && (isFarther(i, i + 1) || isFarther(i + 1, i))) {
                    edge[i] = true;
                    edge[i + 1] = true;
                }
                if (row + 1 < height && (isFarther(i, i + width) || isFarther(i + width, i))) {
                    edge[i] = true;
                    edge[i + width] = true;
                }
            }
        }
        int whole = (int) reach;
        for (int i = 0; i < edge.length; i++) {
            if (edge[i]) {
                disc(i % width, i / width, whole, reach * reach);
            }
        }
    }

    private void disc(int column, int row, int reach, double squared) {
        for (int y = Math.max(row - reach, 0); y <= Math.min(row + reach, height - 1); y++) {
            for (int x = Math.max(column - reach, 0); x <= Math.min(column + reach, width - 1); x++) {
                boolean within = (x - column) * (x - column) + (y - row) * (y - row) <= squared;
                if (within && complete[y * width + x] != DepthMap.SKY) {
                    holed[y * width + x] = DepthMap.HOLE;
                }
            }
        }
    }

    /** The standard deviation in a window of 7x7 px. */
    private void lowTexture(double needed) {
        GrayImage image = view.image();
        float[] mean = image.pixels().clone();
        float[] squares = image.pixels().clone();
        for (int i = 0; i < squares.length; i++) {
            squares[i] *= squares[i];
        }
        Blur.box(mean, width, height, 3);
        Blur.box(squares, width, height, 3);
        for (int i = 0; i < holed.length; i++) {
            if (squares[i] - mean[i] * mean[i] < needed * needed && complete[i] != DepthMap.SKY) {
                holed[i] = DepthMap.HOLE;
            }
        }
    }

    private void glass(double chance) {
        int[] objects = view.objectIds();
        for (int i = 0; i < holed.length; i++) {
            if (complete[i] != DepthMap.SKY && isGlass(i)) {
                Seed object = seed.child("GLASS", objects[i]);
                if (object.draws().chance(chance)) {
                    holed[i] = DepthMap.HOLE;
                }
            }
        }
    }

    private boolean isGlass(int pixel) {
        int triangle = view.visibility().triangle(2 * (pixel % width) + 1, 2 * (pixel / width) + 1);
        Finish finish = view.visibility().scene().materialOf(triangle).finish();
        return finish == Finish.GLASS || finish == Finish.LAMP;
    }

    /** What has something farther on both sides, across or along. */
    private void thin(int widest) {
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
                int i = row * width + column;
                if (complete[i] != DepthMap.SKY
                        && (isThin(i, column, width, 1, widest) || isThin(i, row, height, width, widest))) {
                    holed[i] = DepthMap.HOLE;
                }
            }
        }
    }

    private boolean isThin(int pixel, int position, int length, int stride, int widest) {
        int before = 1;
        while (before <= widest && position - before >= 0 && !isFarther(pixel - before * stride, pixel)) {
            before++;
        }
        int after = 1;
        while (after <= widest && position + after < length && !isFarther(pixel + after * stride, pixel)) {
            after++;
        }
        boolean ends = position - before >= 0 && position + after < length;
        return ends && before + after - 1 <= widest;
    }

    /** Patches where smooth noise is high, and one tenth of them as single pixels. */
    private void scattered(double share, Draws draws) {
        Grid grid = new Grid(new ImageSize(width, height), Math.max(2, Math.min(width, height) / 40.0));
        float[] values = grid.values();
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) draws.nextGaussian();
        }
        Blur.gaussian(values, grid.columns(), grid.rows(), 0.8);
        float[] noise = new float[holed.length];
        float[] line = new float[width];
        for (int row = 0; row < height; row++) {
            grid.interpolateRow(row, line);
            System.arraycopy(line, 0, noise, row * width, width);
        }
        float[] sorted = noise.clone();
        Arrays.sort(sorted);
        float limit = sorted[Math.min((int) ((1 - 0.9 * share) * sorted.length), sorted.length - 1)];
        for (int i = 0; i < holed.length; i++) {
            boolean lost = draws.chance(0.1 * share) || noise[i] >= limit;
            if (lost && complete[i] != DepthMap.SKY) {
                holed[i] = DepthMap.HOLE;
            }
        }
    }

    /** Objects in random order, until enough is gone. */
    private void ordinal(double share, Draws draws) {
        int[] objects = view.objectIds();
        int most = 0;
        for (int object : objects) {
            most = Math.max(most, object);
        }
        int[] area = new int[most + 1];
        for (int object : objects) {
            area[object]++;
        }
        boolean[] lost = new boolean[most + 1];
        int wanted = (int) Math.ceil(share * (objects.length - area[0]));
        int gone = 0;
        int[] order = new int[most];
        for (int i = 0; i < most; i++) {
            int other = draws.nextInt(i + 1);
            order[i] = order[other];
            order[other] = i + 1;
        }
        for (int i = 0; i < most && gone < wanted; i++) {
            lost[order[i]] = true;
            gone += area[order[i]];
        }
        for (int i = 0; i < holed.length; i++) {
            if (lost[objects[i]]) {
                holed[i] = DepthMap.HOLE;
            }
        }
    }
}
