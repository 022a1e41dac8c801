package io.tiepoint.evaluate;

import io.tiepoint.core.check.Check;
import io.tiepoint.core.random.Draws;
import io.tiepoint.core.random.Seed;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * 95 % percentile intervals by resampling (Efron, 1979). Scenes are drawn with replacement, each with all its items: pairs that
 * show the same photo are not independent, and drawing them one by one would promise too narrow an interval.
 */
final class Bootstrap {
    private final int[][] itemsOfScene;
    private final int itemCount;
    private final int resamples;
    private final Seed seed;

    /**
     * Groups items.
     *
     * @param scenes the scene of each item
     * @param resamples how often to draw
     * @param seed the same seed draws the same scenes, so that methods are compared on equal draws
     */
    Bootstrap(List<String> scenes, int resamples, Seed seed) {
        Check.that(resamples > 0, "resamples: expected > 0, found %s", resamples);
        Map<String, int[]> groups = new LinkedHashMap<>();
        for (int i = 0; i < scenes.size(); i++) {
            int[] before = groups.getOrDefault(scenes.get(i), new int[0]);
            int[] after = Arrays.copyOf(before, before.length + 1);
            after[before.length] = i;
            groups.put(scenes.get(i), after);
        }
        this.itemsOfScene = groups.values().toArray(new int[0][]);
        this.itemCount = scenes.size();
        this.resamples = resamples;
        this.seed = seed;
    }

    /**
     * Estimates a statistic.
     *
     * @param statistic of items, given by index; one that was drawn twice is in the array twice
     */
    Estimate estimate(ToDoubleFunction<int[]> statistic) {
        int[] all = new int[itemCount];
        Arrays.setAll(all, i -> i);
        double value = statistic.applyAsDouble(all);
        if (itemCount == 0) {
            return new Estimate(value, value, value);
        }
        double[] values = new double[resamples];
        Draws draws = seed.draws();
        for (int r = 0; r < resamples; r++) {
            values[r] = statistic.applyAsDouble(draw(draws));
        }
        Arrays.sort(values);
        return new Estimate(value, quantile(values, 0.025), quantile(values, 0.975));
    }

    private int[] draw(Draws draws) {
        int[] drawn = new int[2 * itemCount];
        int count = 0;
        for (int s = 0; s < itemsOfScene.length; s++) {
            int[] items = itemsOfScene[draws.nextInt(itemsOfScene.length)];
            if (count + items.length > drawn.length) {
                drawn = Arrays.copyOf(drawn, 2 * (count + items.length));
            }
            System.arraycopy(items, 0, drawn, count, items.length);
            count += items.length;
        }
        return Arrays.copyOf(drawn, count);
    }

    /** Linear between the two values around (the usual definition, R's type 7). */
    private static double quantile(double[] sorted, double share) {
        double position = share * (sorted.length - 1);
        int below = (int) position;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }
}
