package io.tiepoint.app.synth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tiepoint.core.geometry.PixelFrame;
import io.tiepoint.core.image.ImageSize;
import io.tiepoint.core.truth.HomographyTruth;
import io.tiepoint.interop.dataset.DataSample;
import io.tiepoint.interop.npy.NpyArray;
import io.tiepoint.synthetic.pairs.ViewPair;
import io.tiepoint.synthetic.preview.ContactSheet;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongFunction;

/** Two views of one image with their truth. */
public final class PairSet implements SyntheticSet {
    /** The ending of the points' files. */
    public static final String POINTS = "points.npz";
    /** The ending of the homographies' files. */
    public static final String HOMOGRAPHY = "h.npy";

    private final LongFunction<ViewPair> pairs;
    private final ObjectNode recipe;
    private final SourceImages images;
    private final ImageEncoding encoding;
    private final TruthFiles truth;

    /**
     * Takes pairs.
     *
     * @param recipe how they are made, without what is known of the images
     * @param truth what is written of the truth
     */
    public PairSet(
            LongFunction<ViewPair> pairs,
            JsonNode recipe,
            SourceImages images,
            ImageEncoding encoding,
            TruthFiles truth) {
        this.pairs = pairs;
        this.images = images;
        this.encoding = encoding;
        this.truth = truth;
        this.recipe = JsonNodeFactory.instance.objectNode();
        this.recipe.put("encoding", encoding.name());
        truth.addTo(this.recipe);
        this.recipe.set("pairs", recipe);
        this.recipe.set("images", images.recipe());
    }

    /** What is to be written down of pairs of one size. */
    public static ObjectNode recipe(ImageSize size, JsonNode pairs) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("size", size.toString());
        node.set("views", pairs);
        return node;
    }

    @Override
    public String kind() {
        return "pairs";
    }

    @Override
    public JsonNode recipe() {
        return recipe;
    }

    @Override
    public Map<String, String> fields() {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("view0." + encoding.extension(), "view 0, 8 bits of grey");
        fields.put("view1." + encoding.extension(), "view 1, 8 bits of grey");
        fields.put(HOMOGRAPHY, "[3 3] float64, x1 ~ H x0; only where the pair is a homography");
        fields.putAll(truth.fields(2, TruthFiles.EXACT));
        fields.put("json", "index, geometry, pixel_frame");
        return fields;
    }

    @Override
    public DataSample sample(long index) {
        ViewPair pair = pairs.apply(index);
        ObjectNode about = JsonNodeFactory.instance.objectNode();
        about.put("index", index);
        about.put("geometry", pair.geometry());
        about.put("pixel_frame", PixelFrame.CORNER.name());
        DataSample sample = new DataSample(SyntheticSet.key(index))
                .with("view0." + encoding.extension(), encoding.encode(pair.image0()))
                .with("view1." + encoding.extension(), encoding.encode(pair.image1()))
                .with("json", about.toString().getBytes(StandardCharsets.UTF_8));
        if (pair.truth() instanceof HomographyTruth homography) {
            sample = sample.with(
                    HOMOGRAPHY,
                    NpyArray.ofDoubles(homography.h1From0().toArray(), 3, 3).toFile());
        }
        TruthFiles.Views views = new TruthFiles.Views(0, pair.image0(), pair.image1());
        return truth.addTo(sample, index, views, Map.of(TruthFiles.EXACT, pair.truth()));
    }

    @Override
    public int imagesInPreview() {
        return 2;
    }

    @Override
    public void preview(ContactSheet sheet, long index) {
        ViewPair pair = pairs.apply(index);
        sheet.add(pair.image0(), pair.image1(), pair.truth());
    }

    @Override
    public Map<String, String> skipped() {
        return images.skipped();
    }
}
