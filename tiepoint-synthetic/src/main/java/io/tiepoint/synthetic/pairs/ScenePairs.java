package io.tiepoint.synthetic.pairs;

import io.tiepoint.core.check.Check;
import io.tiepoint.core.image.ImageSize;
import io.tiepoint.core.random.Draws;
import io.tiepoint.core.random.Seed;
import io.tiepoint.synthetic.photometric.PhotometricChange;
import io.tiepoint.synthetic.photometric.PhotometricRecipe;
import io.tiepoint.synthetic.pipeline.Recent;
import io.tiepoint.synthetic.render.AmbientLight;
import io.tiepoint.synthetic.render.EmbeddedRenderer;
import io.tiepoint.synthetic.render.Lighting;
import io.tiepoint.synthetic.render.Renderer;
import io.tiepoint.synthetic.render.SceneTruth;
import io.tiepoint.synthetic.render.SceneView;
import io.tiepoint.synthetic.render.Sun;
import io.tiepoint.synthetic.render.Visibility;
import io.tiepoint.synthetic.scenes.Scene;
import io.tiepoint.synthetic.scenes.Scenes;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes pairs of views of three-dimensional scenes, with depth and exact truth. A pair is a pure function of recipe, size, seed,
 * index and renderer. Safe for use by several threads.
 */
public final class ScenePairs {
    /** Each takes some ten megabytes. */
    private static final int REMEMBERED = 3;

    private final ScenePairRecipe recipe;
    private final ImageSize size;
    private final Seed seed;
    private final Renderer renderer;
    private final Scenes scenes;
    private final Recent<Place> places = new Recent<>(this::place, REMEMBERED);

    /** A scene with its light at two hours. */
    private record Place(Scene scene, Lighting lighting0, Lighting lighting1) {}

    /** Makes pairs of views of one size with the embedded renderer. */
    public ScenePairs(ScenePairRecipe recipe, ImageSize size, Seed seed) {
        this(recipe, size, seed, new EmbeddedRenderer(0.3));
    }

    /** Makes pairs of views of one size. */
    public ScenePairs(ScenePairRecipe recipe, ImageSize size, Seed seed, Renderer renderer) {
        Check.that(
                size.width() >= 16 && size.height() >= 16,
                "size: expected at least 16x16 px for a scene, found %s",
                size);
        this.recipe = recipe;
        this.size = size;
        this.seed = seed;
        this.renderer = renderer;
        scenes = new Scenes(recipe.scenes(), seed.child("scenes"));
    }

    /** Number of the scene that a pair, or a walk, shows. */
    public long scene(long index) {
        return index / recipe.pairsPerScene();
    }

    /** How many pairs, or walks, in a row show the same scene. */
    public int pairsPerScene() {
        return recipe.pairsPerScene();
    }

    /** Makes one pair. */
    public ScenePair pair(long index) {
        return make(recipe, index);
    }

    /**
     * Makes one pair of a curriculum.
     *
     * @param difficulty from 0 (no change at all) to 1 (the recipe)
     */
    public ScenePair pair(long index, double difficulty) {
        return make(recipe.withDifficulty(difficulty), index);
    }

    private ScenePair make(ScenePairRecipe pairRecipe, long index) {
        Seed pair = seed.child("pair", index);
        Place place = places.get(scene(index));
        Draws light = pair.child("light").draws();
        boolean otherSun = light.chance(pairRecipe.otherSunShare());
        boolean swapped = light.nextBoolean();
        Lighting lighting0 = swapped ? place.lighting1 : place.lighting0;
        Lighting lighting1 = swapped == otherSun ? place.lighting0 : place.lighting1;
        Shots.Two shots = new Shots(
                        place.scene,
                        pairRecipe.change(),
                        size,
                        pair.child("cameras").draws())
                .choose();
        List<SceneView> views = renderer.render(List.of(
                new Renderer.Take(look(place, shots.shot0()), lighting0),
                new Renderer.Take(look(place, shots.shot1()), lighting1)));
        SceneView view0 = views.get(0);
        SceneView view1 = views.get(1);
        SceneTruth truth = new SceneTruth(view0.visibility(), view1.visibility());
        return new ScenePair(
                changed(view0, pairRecipe.photometric0(), pair.child("light 0")),
                changed(view1, pairRecipe.photometric1(), pair.child("light 1")),
                truth,
                shots.overlap());
    }

    private static Visibility look(Place place, Shots.Shot shot) {
        return Visibility.of(place.scene, shot.camera(), shot.camFromWorld());
    }

    private static SceneView changed(SceneView view, PhotometricRecipe photometric, Seed seed) {
        return view.withImage(PhotometricChange.apply(view.image(), photometric, seed.draws()));
    }

    /**
     * Walks through one scene: each view overlaps with the one before as the recipe says.
     *
     * @param index which walk; as a pair, walk {@code i} shows scene {@code i / pairsPerScene}
     * @param length number of views
     */
    public List<SceneView> path(long index, int length) {
        Check.that(length > 0, "length: expected > 0, found %s", length);
        Place place = places.get(scene(index));
        Seed path = seed.child("path", index);
        Shots shots = new Shots(
                place.scene, recipe.change(), size, path.child("cameras").draws());
        List<Renderer.Take> takes = shots.path(length).stream()
                .map(shot -> new Renderer.Take(look(place, shot), place.lighting0))
                .toList();
        List<SceneView> views = new ArrayList<>();
        for (SceneView view : renderer.render(takes)) {
            views.add(changed(view, recipe.photometric0(), path.child("light", views.size())));
        }
        return List.copyOf(views);
    }

    /** The sun of a scene at the first of its two hours. */
    public Sun sun(long scene) {
        return Sun.draw(seed.child("suns", scene).child("0").draws());
    }

    private Place place(long index) {
        Scene scene = scenes.scene(index);
        AmbientLight ambient = AmbientLight.of(scene);
        Seed suns = seed.child("suns", index);
        Lighting lighting0 = new Lighting(scene, ambient, sun(index));
        Lighting lighting1 = recipe.otherSunShare() > 0
                ? new Lighting(scene, ambient, Sun.draw(suns.child("1").draws()))
                : lighting0;
        return new Place(scene, lighting0, lighting1);
    }

    /** What the pairs are, in words for a manifest. */
    public String describe() {
        return "scene pairs " + size + ", seed " + seed.value() + ", renderer " + renderer.describe();
    }
}
