package io.tiepoint.app.synth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tiepoint.core.image.ImageSize;
import io.tiepoint.core.random.Seed;
import io.tiepoint.synthetic.images.ImageSource;
import io.tiepoint.synthetic.images.PhotoFolder;
import io.tiepoint.synthetic.images.ProceduralImages;
import io.tiepoint.synthetic.images.ProceduralRecipe;
import io.tiepoint.synthetic.images.RepeatedImages;
import io.tiepoint.train.recipe.Recipes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * What images are made of, with what is to be written down of it.
 *
 * @param source gives the images
 * @param recipe all that an image depends on beside the seed and its index
 * @param problems photographs that could not be used so far, each with the reason
 */
public record SourceImages(ImageSource source, JsonNode recipe, Supplier<Map<String, String>> problems) {
    /** Images drawn from nothing. */
    public static SourceImages procedural(ProceduralRecipe recipe, ImageSize size, Seed seed) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("size", size.toString());
        node.set("procedural", Recipes.toJson(recipe));
        return new SourceImages(new ProceduralImages(recipe, seed.child("images"), size), node, Map::of);
    }

    /** Parts of the photographs of a folder. */
    public static SourceImages photos(Path folder, ImageSize size) throws IOException {
        PhotoFolder photos = new PhotoFolder(folder, size);
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("size", size.toString());
        node.put("photos", photos.count()).put("photosSha256", photos.listing());
        return new SourceImages(photos, node, () -> {
            Map<String, String> skipped = new TreeMap<>();
            photos.skipped()
                    .forEach((file, why) ->
                            skipped.put(String.valueOf(file.getFileName()), why.problem() + ": " + why.sentence()));
            return skipped;
        });
    }

    /** The same images, each several times in a row. */
    public SourceImages repeated(int times) {
        ObjectNode node = recipe.deepCopy();
        node.put("timesEach", times);
        return new SourceImages(new RepeatedImages(source, times), node, problems);
    }

    Map<String, String> skipped() {
        return problems.get();
    }
}
