package io.tiepoint.app.synth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tiepoint.core.geometry.PixelFrame;
import io.tiepoint.core.image.ImageSize;
import io.tiepoint.core.random.Draws;
import io.tiepoint.core.random.Seed;
import io.tiepoint.core.truth.HomographyTruth;
import io.tiepoint.core.truth.PointTruth;
import io.tiepoint.core.truth.Reason;
import io.tiepoint.core.truth.TwoViewTruth;
import io.tiepoint.interop.dataset.DataSample;
import io.tiepoint.interop.npy.NpyArray;
import io.tiepoint.interop.npy.NpzArchive;
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
    /** The ending of the dense fields' files. */
    public static final String FIELD = "field.npz";

    private static final int POINTS_PER_PAIR = 512;

    private final LongFunction<ViewPair> pairs;
    private final ObjectNode recipe;
    private final SourceImages images;
    private final ImageEncoding encoding;
    private final boolean dense;
    private final Seed seed;

    /**
     * Takes pairs.
     *
     * @param recipe how they are made, without what is known of the images
     * @param dense whether the truth of every pixel is written, too
     */
    public PairSet(
            LongFunction<ViewPair> pairs,
            JsonNode recipe,
            SourceImages images,
            ImageEncoding encoding,
            boolean dense,
            Seed seed) {
        this.pairs = pairs;
        this.images = images;
        this.encoding = encoding;
        this.dense = dense;
        this.seed = seed;
        this.recipe = JsonNodeFactory.instance.objectNode();
        this.recipe.put("encoding", encoding.name()).put("dense", dense);
        this.recipe.set("pairs", recipe);
        this.recipe.set("images", images.recipe());
    }

    /** What is to be written down of pairs of one size. */
    public static JsonNode recipe(ImageSize size, JsonNode pairs) {
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
        fields.put(
                POINTS,
                "random points of view 0: points0 [N 2] float64, points1 [N 2] float64 (NaN where there is none), reason [N]"
                        + " uint8: " + ShapeSet.numbered(Reason.values()));
        if (dense) {
            fields.put(
                    FIELD,
                    "for every pixel of view 0: points1 [H W 2] float32 (NaN where there is none), reason [H W] uint8");
        }
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
                .with(POINTS, points(pair, seed.child("points", index).draws()))
                .with("json", about.toString().getBytes(StandardCharsets.UTF_8));
        if (pair.truth() instanceof HomographyTruth truth) {
            sample = sample.with(
                    HOMOGRAPHY,
                    NpyArray.ofDoubles(truth.h1From0().toArray(), 3, 3).toFile());
        }
        return dense ? sample.with(FIELD, field(pair)) : sample;
    }

    private static byte[] points(ViewPair pair, Draws draws) {
        ImageSize size = pair.image0().size();
        double[] points0 = new double[2 * POINTS_PER_PAIR];
        double[] points1 = new double[2 * POINTS_PER_PAIR];
        byte[] reasons = new byte[POINTS_PER_PAIR];
        for (int i = 0; i < POINTS_PER_PAIR; i++) {
            double x = draws.nextDouble(0, size.width());
            double y = draws.nextDouble(0, size.height());
            PointTruth located = pair.truth().locate(x, y);
            points0[2 * i] = x;
            points0[2 * i + 1] = y;
            points1[2 * i] = located.x();
            points1[2 * i + 1] = located.y();
            reasons[i] = Codes.of(located.reason());
        }
        return NpzArchive.write(Map.of(
                "points0", NpyArray.ofDoubles(points0, POINTS_PER_PAIR, 2),
                "points1", NpyArray.ofDoubles(points1, POINTS_PER_PAIR, 2),
                "reason", NpyArray.ofBytes(reasons, POINTS_PER_PAIR)));
    }

    private static byte[] field(ViewPair pair) {
        ImageSize size = pair.image0().size();
        TwoViewTruth truth = pair.truth();
        float[] points1 = new float[2 * size.width() * size.height()];
        byte[] reasons = new byte[size.width() * size.height()];
        for (int row = 0; row < size.height(); row++) {
            for (int column = 0; column < size.width(); column++) {
                int i = row * size.width() + column;
                PointTruth located = truth.locate(column + 0.5, row + 0.5);
                points1[2 * i] = (float) located.x();
                points1[2 * i + 1] = (float) located.y();
                reasons[i] = Codes.of(located.reason());
            }
        }
        return NpzArchive.write(Map.of(
                "points1", NpyArray.ofFloats(points1, size.height(), size.width(), 2),
                "reason", NpyArray.ofBytes(reasons, size.height(), size.width())));
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
