package io.tiepoint.interop.dataset;

/** How the shards of a data set lie on the disk. */
public enum DataSetFormat {
    /** Each shard is a folder of plain files. */
    FOLDER(""),
    /** Each shard is a tar file in the order that Python's {@code webdataset} expects. */
    WEBDATASET(".tar");

    private final String ending;

    DataSetFormat(String ending) {
        this.ending = ending;
    }

    /** The name of a shard. */
    String shardName(int shard) {
        return String.format(java.util.Locale.ROOT, "shard-%06d%s", shard, ending);
    }
}
