package io.tiepoint.app.synth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tiepoint.interop.dataset.DataSample;
import io.tiepoint.synthetic.preview.ContactSheet;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Images alone, drawn from nothing or cut out of photographs. */
public final class ImageSet implements SyntheticSet {
    private final SourceImages images;
    private final ImageEncoding encoding;

    /** Takes the images of a source. */
    public ImageSet(SourceImages images, ImageEncoding encoding) {
        this.images = images;
        this.encoding = encoding;
    }

    @Override
    public String kind() {
        return "images";
    }

    @Override
    public JsonNode recipe() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("encoding", encoding.name());
        node.set("images", images.recipe());
        return node;
    }

    @Override
    public Map<String, String> fields() {
        return Map.of(encoding.extension(), "the image, 8 bits of grey", "json", "index");
    }

    @Override
    public DataSample sample(long index) {
        ObjectNode about = JsonNodeFactory.instance.objectNode();
        about.put("index", index);
        return new DataSample(SyntheticSet.key(index))
                .with(encoding.extension(), encoding.encode(images.source().image(index)))
                .with("json", about.toString().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void preview(ContactSheet sheet, long index) {
        sheet.add(images.source().image(index));
    }

    @Override
    public Map<String, String> skipped() {
        return images.skipped();
    }
}
