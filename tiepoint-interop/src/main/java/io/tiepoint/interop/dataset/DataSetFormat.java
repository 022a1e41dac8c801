package io.tiepoint.interop.dataset;

/** How the shards of a data set lie on the disk. */
public enum DataSetFormat {
    /** Each shard is a folder of plain files. */
    FOLDER(""),
    /** Each shard is a tar file in the order that Python's {@code webdataset} expects. */
    WEBDATASET(".tar"),
    /** Each shard is a table with a row for each sample and a column for each of its files, as pandas and pyarrow read it. */
    PARQUET(".parquet");

    private final String ending;

    DataSetFormat(String ending) {
        this.ending = ending;
    }

    /** The name of a shard. */
    String shardName(int shard) {
        return String.format(java.util.Locale.ROOT, "shard-%06d%s", shard, ending);
    }

    /** Whether a file, or a folder, has the name of such a shard. */
    boolean isNameOf(String file) {
        return !ending.isEmpty() && file.endsWith(ending);
    }
}
