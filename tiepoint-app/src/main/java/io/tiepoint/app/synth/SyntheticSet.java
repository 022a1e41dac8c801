package io.tiepoint.app.synth;

import com.fasterxml.jackson.databind.JsonNode;
import io.tiepoint.interop.dataset.DataSample;
import io.tiepoint.synthetic.preview.ContactSheet;
import java.util.Map;

/**
 * An endless set of samples of one kind, each a pure function of its index. A new kind of data is a new implementation. Safe for use
 * by several threads.
 */
public interface SyntheticSet {
    /** Its name: {@code shapes}, {@code images}, {@code pairs}, {@code scenes}. */
    String kind();

    /** All that a sample depends on beside the seed and the index. */
    JsonNode recipe();

    /** What each file of a sample is, by its ending. */
    Map<String, String> fields();

    /** Makes one sample as files. */
    DataSample sample(long index);

    /** Adds one sample to a sheet, with its labels. */
    void preview(ContactSheet sheet, long index);

    /** How many samples in a row show the same thing from other sides. */
    default int samplesAlike() {
        return 1;
    }

    /** How many images of a sheet one sample takes. */
    default int imagesInPreview() {
        return 1;
    }

    /** Sources met so far that could not be used: each file's name with the reason. */
    default Map<String, String> skipped() {
        return Map.of();
    }

    /** The key of a sample. */
    static String key(long index) {
        return String.format(java.util.Locale.ROOT, "%09d", index);
    }
}
