package io.tiepoint.synthetic.scenes;

import io.tiepoint.core.image.ImageSize;
import io.tiepoint.core.random.Draws;
import io.tiepoint.core.random.Seed;
import io.tiepoint.synthetic.images.ImageSource;
import io.tiepoint.synthetic.images.ProceduralImages;
import io.tiepoint.synthetic.images.ProceduralRecipe;
import io.tiepoint.synthetic.images.TextureBank;
import io.tiepoint.synthetic.images.TextureKind;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** What scenes are made of. Textures and pictures are made once, when first needed. */
final class Palette {
    private static final int PICTURE_SIDE = 256;

    private final TextureBank bank;
    private final ImageSource images;
    private final AtomicReferenceArray<@Nullable Texture> pictures;
    private final Map<float[][], Texture> textures = Collections.synchronizedMap(new IdentityHashMap<>());

    Palette(int textures, int pictures, Seed seed) {
        bank = new TextureBank(textures, seed.child("textures"));
        images = new ProceduralImages(
                ProceduralRecipe.DEFAULT, seed.child("pictures"), new ImageSize(PICTURE_SIDE, PICTURE_SIDE));
        this.pictures = new AtomicReferenceArray<>(pictures);
    }

    Texture texture(Draws draws, TextureKind... kinds) {
        return textures.computeIfAbsent(bank.draw(kinds, draws), Texture::of);
    }

    /**
     * A material whose texture repeats.
     *
     * @param tileMetres side of the texture, m
     */
    Material material(String name, double tileMetres, double tone, double contrast, Texture texture, Draws draws) {
        Texture detail = texture(draws, TextureKind.FRACTAL);
        double detailMetres = tileMetres * draws.nextDouble(2.3, 5.7);
        return new Material(
                name,
                texture,
                texture.side() / tileMetres,
                Math.min(Math.max(tone, 0.03), 0.95),
                contrast,
                detail,
                detail.side() / detailMetres,
                draws.nextDouble(0.05, 0.16),
                Finish.MATTE,
                false);
    }

    Material wall(Draws draws) {
        Texture texture = texture(
                draws,
                TextureKind.BRICKS,
                TextureKind.FRACTAL,
                TextureKind.BAND,
                TextureKind.BRICKS,
                TextureKind.TILES);
        return material(
                "wall",
                draws.nextDouble(1, 2.4),
                draws.nextDouble(0.22, 0.8),
                draws.nextDouble(0.08, 0.3),
                texture,
                draws);
    }

    Material plaster(Draws draws) {
        Texture texture = texture(draws, TextureKind.FRACTAL, TextureKind.BAND);
        return material(
                "plaster",
                draws.nextDouble(0.6, 2),
                draws.nextDouble(0.35, 0.85),
                draws.nextDouble(0.04, 0.15),
                texture,
                draws);
    }

    Material stone(Draws draws) {
        Texture texture =
                texture(draws, TextureKind.BRICKS, TextureKind.FRACTAL, TextureKind.VORONOI, TextureKind.BAND);
        return material(
                "stone",
                draws.nextDouble(1.2, 3),
                draws.nextDouble(0.3, 0.75),
                draws.nextDouble(0.1, 0.28),
                texture,
                draws);
    }

    Material roof(Draws draws) {
        Texture texture = texture(draws, TextureKind.BRICKS, TextureKind.TILES, TextureKind.STRIPES);
        return material(
                "roof",
                draws.nextDouble(1.5, 4),
                draws.nextDouble(0.1, 0.45),
                draws.nextDouble(0.15, 0.4),
                texture,
                draws);
    }

    Material paving(Draws draws) {
        Texture texture = texture(draws, TextureKind.TILES, TextureKind.BRICKS, TextureKind.VORONOI);
        return material(
                "paving",
                draws.nextDouble(1.5, 4),
                draws.nextDouble(0.25, 0.6),
                draws.nextDouble(0.1, 0.3),
                texture,
                draws);
    }

    Material asphalt(Draws draws) {
        Texture texture = texture(draws, TextureKind.BAND, TextureKind.FRACTAL, TextureKind.PEBBLES);
        return material(
                "asphalt",
                draws.nextDouble(0.7, 2),
                draws.nextDouble(0.1, 0.3),
                draws.nextDouble(0.12, 0.3),
                texture,
                draws);
    }

    Material grass(Draws draws) {
        Texture texture =
                texture(draws, TextureKind.STROKES, TextureKind.FOLIAGE, TextureKind.FRACTAL, TextureKind.BAND);
        return material(
                "grass",
                draws.nextDouble(1, 3),
                draws.nextDouble(0.12, 0.4),
                draws.nextDouble(0.2, 0.45),
                texture,
                draws);
    }

    Material wood(Draws draws) {
        Texture texture = texture(draws, TextureKind.GRAIN, TextureKind.STRIPES, TextureKind.GRAIN);
        return material(
                "wood",
                draws.nextDouble(0.5, 1.5),
                draws.nextDouble(0.12, 0.6),
                draws.nextDouble(0.08, 0.3),
                texture,
                draws);
    }

    Material cloth(Draws draws) {
        Texture texture = texture(
                draws,
                TextureKind.BAND,
                TextureKind.STRIPES,
                TextureKind.TILES,
                TextureKind.STROKES,
                TextureKind.VORONOI);
        return material(
                "cloth",
                draws.nextDouble(0.3, 1),
                draws.nextDouble(0.1, 0.8),
                draws.nextDouble(0.1, 0.5),
                texture,
                draws);
    }

    Material bark(Draws draws) {
        Texture texture = texture(draws, TextureKind.GRAIN, TextureKind.STROKES);
        return material("bark", 0.8, draws.nextDouble(0.1, 0.3), 0.35, texture, draws);
    }

    Material leaves(Draws draws) {
        Texture texture = texture(draws, TextureKind.FOLIAGE, TextureKind.STROKES, TextureKind.FRACTAL);
        return new Material(
                "leaves",
                texture,
                texture.side() / 1.5,
                draws.nextDouble(0.15, 0.42),
                0.4,
                texture,
                1,
                0,
                Finish.FOLIAGE,
                true);
    }

    /** Nearly one tone: paint, metal, plastic. */
    Material plain(String name, double tone, Draws draws) {
        Texture texture = texture(draws, TextureKind.FRACTAL);
        Material material = material(name, 1.5, tone, 0.03, texture, draws);
        return material.withDetailContrast(0.3 * material.detailContrast());
    }

    Material glass(Draws draws) {
        Texture texture = texture(draws, TextureKind.FRACTAL);
        return new Material(
                "glass",
                texture,
                texture.side() / 3.0,
                draws.nextDouble(0.04, 0.12),
                0.3,
                texture,
                1,
                0,
                Finish.GLASS,
                false);
    }

    Material lamp(Draws draws) {
        Texture texture = texture(draws, TextureKind.FRACTAL);
        return new Material("lamp", texture, 100, 0.7, 0.02, texture, 1, 0, Finish.LAMP, true);
    }

    /** One of the pictures, spread over texture coordinates from 0 to 1. */
    Material picture(Draws draws) {
        int index = draws.nextInt(pictures.length());
        Texture texture = pictures.get(index);
        if (texture == null) {
            // Two threads may both make it; they make the same, and both use the first.
            Texture made = Texture.ofPicture(images.image(index));
            Texture earlier = pictures.compareAndExchange(index, null, made);
            texture = earlier == null ? made : earlier;
        }
        return new Material("picture " + index, texture, texture.side(), 0.4, 1, texture, 1, 0, Finish.MATTE, false);
    }

    Texture clouds(Draws draws) {
        return texture(draws, TextureKind.FRACTAL);
    }
}
