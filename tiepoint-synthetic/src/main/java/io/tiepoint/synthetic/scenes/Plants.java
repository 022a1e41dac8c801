package io.tiepoint.synthetic.scenes;

import io.tiepoint.core.geometry.Vector3;
import io.tiepoint.core.random.Draws;

/** Trees and bushes. */
final class Plants {
    private final SceneBuilder builder;
    private final Palette palette;
    private final Draws draws;

    Plants(SceneBuilder builder, Palette palette, Draws draws) {
        this.builder = builder;
        this.palette = palette;
        this.draws = draws;
    }

    /** A tree with a round crown, or a conifer. */
    void tree(Vector3 foot, double height) {
        builder.object();
        if (draws.chance(0.25)) {
            conifer(foot, height);
            return;
        }
        builder.paint(palette.bark(draws));
        double radius = height * draws.nextDouble(0.018, 0.035);
        double fork = height * draws.nextDouble(0.3, 0.45);
        Vector3 top = foot.plus(
                new Vector3(0.05 * height * draws.nextGaussian(), 0.05 * height * draws.nextGaussian(), fork));
        Vector3 knee = foot.plus(top).times(0.5).plus(new Vector3(0.02 * height * draws.nextGaussian(), 0, 0));
        Solids.tube(builder, new Vector3[] {foot, knee, top}, new double[] {1.3 * radius, radius, 0.8 * radius}, 7);
        int branches = draws.nextInt(3, 6);
        Material leaves = palette.leaves(draws);
        boolean bare = draws.chance(0.12);
        for (int i = 0; i < branches; i++) {
            double angle = 2 * Math.PI * (i + 0.5 * draws.nextDouble()) / branches;
            double reach = height * draws.nextDouble(0.1, 0.22);
            Vector3 end = top.plus(new Vector3(
                    reach * StrictMath.cos(angle),
                    reach * StrictMath.sin(angle),
                    height * draws.nextDouble(0.2, 0.45)));
            builder.paint(palette.bark(draws));
            Vector3 elbow = top.plus(end).times(0.5).plus(new Vector3(0, 0, -0.04 * height));
            Solids.tube(
                    builder,
                    new Vector3[] {top, elbow, end},
                    new double[] {0.6 * radius, 0.45 * radius, 0.15 * radius},
                    5);
            if (!bare) {
                builder.paint(leaves.withTone(leaves.tone() * draws.nextDouble(0.8, 1.2)));
                double size = height * draws.nextDouble(0.12, 0.2);
                Solids.leaves(builder, end, new Vector3(size, size, 0.8 * size), 110, draws);
            }
        }
    }

    private void conifer(Vector3 foot, double height) {
        builder.paint(palette.bark(draws));
        Solids.pole(builder, foot, foot.plus(new Vector3(0, 0, 0.9 * height)), 0.015 * height);
        builder.paint(palette.leaves(draws));
        double width = height * draws.nextDouble(0.16, 0.24);
        int layers = 9;
        for (int i = 0; i < layers; i++) {
            double share = (i + 0.5) / layers;
            double radius = width * (1 - share) + 0.02 * height;
            Vector3 centre = foot.plus(new Vector3(0, 0, height * (0.15 + 0.85 * share)));
            Solids.leaves(
                    builder, centre, new Vector3(radius, radius, 0.07 * height), 20 + (int) (90 * (1 - share)), draws);
        }
    }

    /** A round bush. */
    void bush(Vector3 foot, double size) {
        builder.object();
        builder.paint(palette.leaves(draws));
        Vector3 centre = foot.plus(new Vector3(0, 0, 0.45 * size));
        Solids.leaves(builder, centre, new Vector3(0.6 * size, 0.6 * size, 0.45 * size), 140, draws);
    }
}
