package io.tiepoint.interop.posed;

import io.tiepoint.core.check.Check;
import io.tiepoint.core.random.Draws;
import io.tiepoint.core.random.Seed;
import java.util.ArrayList;
import java.util.List;

/**
 * Which pairs of a scene are used, as glue-factory chooses them: those whose overlap lies in (min, max], the same number from each
 * of several bins of overlap. A bin with fewer than twice its number is left out, unless all bins are so small.
 *
 * @param minOverlap pairs that overlap more than this
 * @param maxOverlap but not more than this
 * @param bins of equal width
 * @param pairsPerScene at most so many; {@link #EVERY_PAIR} for all, without bins
 */
public record OverlapSampling(double minOverlap, double maxOverlap, int bins, int pairsPerScene) {
    /** No limit. */
    public static final int EVERY_PAIR = Integer.MAX_VALUE;

    /** What LightGlue was trained with on MegaDepth: overlap from 0.1 to 0.7 in 3 bins, 300 pairs of each scene. */
    public static final OverlapSampling LIGHTGLUE = new OverlapSampling(0.1, 0.7, 3, 300);

    /** Checks the numbers. */
    public OverlapSampling {
        Check.that(
                minOverlap < maxOverlap,
                "overlap: expected a minimum below the maximum, found %s and %s",
                minOverlap,
                maxOverlap);
        Check.that(bins > 0, "bins: expected > 0, found %s", bins);
        Check.that(pairsPerScene > 0, "pairsPerScene: expected > 0, found %s", pairsPerScene);
    }

    /** The same with another number of pairs. */
    public OverlapSampling withPairsPerScene(int pairs) {
        return new OverlapSampling(minOverlap, maxOverlap, bins, pairs);
    }

    /** Chooses; the pairs stay in their order. */
    public List<ImagePair> choose(List<ImagePair> pairs, Seed seed) {
        if (pairsPerScene == EVERY_PAIR) {
            return within(pairs, minOverlap, maxOverlap);
        }
        double width = (maxOverlap - minOverlap) / bins;
        List<List<ImagePair>> full = new ArrayList<>();
        for (int bin = 0; bin < bins; bin++) {
            // The last bin ends exactly where it should.
            double end = bin + 1 == bins ? maxOverlap : minOverlap + (bin + 1) * width;
            List<ImagePair> inBin = within(pairs, minOverlap + bin * width, end);
            if (!inBin.isEmpty() && inBin.size() >= 2L * (pairsPerScene / bins)) {
                full.add(inBin);
            }
        }
        if (full.isEmpty()) {
            full.add(within(pairs, minOverlap, maxOverlap));
        }
        List<ImagePair> chosen = new ArrayList<>();
        for (int bin = 0; bin < full.size(); bin++) {
            chosen.addAll(draw(full.get(bin), pairsPerScene / full.size(), seed.child("bin", bin)));
        }
        return chosen;
    }

    private static List<ImagePair> within(List<ImagePair> pairs, double min, double max) {
        return pairs.stream()
                .filter(pair -> pair.overlap() > min && pair.overlap() <= max)
                .toList();
    }

    /** So many of a list, or all, in their order. */
    public static <T> List<T> draw(List<T> all, int count, Seed seed) {
        List<T> drawn = new ArrayList<>();
        Draws draws = seed.draws();
        int wanted = Math.min(count, all.size());
        for (int i = 0; i < all.size(); i++) {
            // Each of those left is as likely as any other one.
            if (draws.nextDouble() * (all.size() - i) < wanted - drawn.size()) {
                drawn.add(all.get(i));
            }
        }
        return drawn;
    }
}
