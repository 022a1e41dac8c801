package io.tiepoint.synthetic.images;

import io.tiepoint.core.image.GrayImage;
import io.tiepoint.core.image.ImageSize;
import io.tiepoint.core.random.Seed;

/**
 * Images with the statistics of photographs, made from nothing: cluttered scenes of textured objects that hide each other (dead
 * leaves; Lee, Mumford and Huang, 2001), of planes in perspective, under uneven light.
 */
public final class ProceduralImages implements ImageSource {
    private final ProceduralRecipe recipe;
    private final Seed seed;
    private final ImageSize size;
    private final TextureBank textures;

    /** Makes images of one size. */
    public ProceduralImages(ProceduralRecipe recipe, Seed seed, ImageSize size) {
        this.recipe = recipe;
        this.seed = seed;
        this.size = size;
        textures = new TextureBank(recipe.textures(), seed.child("textures"));
    }

    @Override
    public GrayImage image(long index) {
        return new Scene(recipe, textures, size, seed.child("scene", index).draws()).render();
    }

    @Override
    public String describe() {
        return "procedural images " + size + ", seed " + seed.value();
    }
}
