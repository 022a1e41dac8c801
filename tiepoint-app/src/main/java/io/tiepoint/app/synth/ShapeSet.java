package io.tiepoint.app.synth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tiepoint.core.geometry.PixelFrame;
import io.tiepoint.core.image.ImageSize;
import io.tiepoint.core.random.Seed;
import io.tiepoint.interop.dataset.DataSample;
import io.tiepoint.interop.npy.NpyArray;
import io.tiepoint.interop.npy.NpzArchive;
import io.tiepoint.synthetic.preview.ContactSheet;
import io.tiepoint.synthetic.shapes.CornerLabel;
import io.tiepoint.synthetic.shapes.JunctionKind;
import io.tiepoint.synthetic.shapes.ShapeSample;
import io.tiepoint.synthetic.shapes.ShapesGenerator;
import io.tiepoint.synthetic.shapes.ShapesRecipe;
import io.tiepoint.train.recipe.Recipes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Images of shapes with all their corners. */
public final class ShapeSet implements SyntheticSet {
    /** The ending of the labels' files. */
    public static final String LABELS = "labels.npz";

    private final ShapesRecipe recipe;
    private final ImageSize size;
    private final ImageEncoding encoding;
    private final ShapesGenerator shapes;

    /** Draws shapes of one size. */
    public ShapeSet(ShapesRecipe recipe, ImageSize size, ImageEncoding encoding, Seed seed) {
        this.recipe = recipe;
        this.size = size;
        this.encoding = encoding;
        shapes = new ShapesGenerator(recipe, size, seed.child("shapes"));
    }

    @Override
    public String kind() {
        return "shapes";
    }

    @Override
    public JsonNode recipe() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("size", size.toString()).put("encoding", encoding.name());
        node.set("shapes", Recipes.toJson(recipe));
        return node;
    }

    @Override
    public Map<String, String> fields() {
        return Map.of(
                encoding.extension(),
                "the image, 8 bits of grey",
                LABELS,
                "corners [N 2] float64: x, y in px; kind [N] uint8: " + numbered(JunctionKind.values())
                        + "; visibility [N] uint8: " + numbered(CornerLabel.Visibility.values()),
                "json",
                "index, primitive, pixel_frame");
    }

    static String numbered(Enum<?>[] constants) {
        return Arrays.stream(constants)
                .map(constant -> Codes.of(constant) + " " + constant.name())
                .collect(Collectors.joining(", "));
    }

    @Override
    public DataSample sample(long index) {
        ShapeSample sample = shapes.sample(index);
        List<CornerLabel> labels = sample.labels();
        int n = labels.size();
        double[] corners = new double[2 * n];
        byte[] kinds = new byte[n];
        byte[] visibilities = new byte[n];
        for (int i = 0; i < n; i++) {
            CornerLabel label = labels.get(i);
            corners[2 * i] = label.x();
            corners[2 * i + 1] = label.y();
            kinds[i] = Codes.of(label.kind());
            visibilities[i] = Codes.of(label.visibility());
        }
        ObjectNode about = JsonNodeFactory.instance.objectNode();
        about.put("index", index);
        about.put("primitive", sample.primitive().name().toLowerCase(Locale.ROOT));
        about.put("pixel_frame", PixelFrame.CORNER.name());
        return new DataSample(SyntheticSet.key(index))
                .with(encoding.extension(), encoding.encode(sample.image()))
                .with(
                        LABELS,
                        NpzArchive.write(Map.of(
                                "corners", NpyArray.ofDoubles(corners, n, 2),
                                "kind", NpyArray.ofBytes(kinds, n),
                                "visibility", NpyArray.ofBytes(visibilities, n))))
                .with("json", about.toString().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void preview(ContactSheet sheet, long index) {
        sheet.add(shapes.sample(index));
    }
}
