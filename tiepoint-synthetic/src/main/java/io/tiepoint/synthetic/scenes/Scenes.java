package io.tiepoint.synthetic.scenes;

import io.tiepoint.core.random.Draws;
import io.tiepoint.core.random.Seed;

/** An endless set of scenes. A scene is a pure function of recipe, seed and index. Safe for use by several threads. */
public final class Scenes {
    private final SceneRecipe recipe;
    private final Seed seed;
    private final Palette palette;

    /** Makes scenes with textures and pictures of the same seed. */
    public Scenes(SceneRecipe recipe, Seed seed) {
        this.recipe = recipe;
        this.seed = seed;
        palette = new Palette(recipe.textures(), recipe.pictures(), seed.child("palette"));
    }

    /** Makes one scene. */
    public Scene scene(long index) {
        Draws draws = seed.child("scene", index).draws();
        SceneKind kind = recipe.kinds().at(draws.nextDouble());
        return switch (kind) {
            case STREET -> new StreetScene(palette, draws).make();
            case INTERIOR -> new InteriorScene(palette, draws).make();
            case LANDMARK -> new LandmarkScene(palette, draws).make();
            case TABLETOP -> new TabletopScene(palette, draws).make();
            case TERRAIN -> new TerrainScene(palette, draws).make();
        };
    }
}
