package io.tiepoint.synthetic.golden;

/**
 * SHA-256 of the first samples of every set, of size 160x120 and seed 1. A machine, a JDK or a change that makes other bits is found
 * out here; who means to change what is made writes the new checksum down and says so in the changelog.
 */
enum GoldenSamples {
    SHAPES_DEFAULT(60, "2f0ffd1e4dd2224d16351d3c760af071cac9ce96f1fb16fc4530ab4927f5ba2c"),
    SHAPES_CLEAN(60, "140f76cbc693e99b145b3c4ef74f8e59c69312a3a6b37fb6117e00e6479d9a3b"),
    SHAPES_RICH(60, "73013a447827b86d70dd6101ec4cbca8cbf7b8032921edd3cb4d94db667e704f"),
    IMAGES(4, "6173e289f5e9d7c2dcbd1bd2ab98537b436f287ebff8eb43b0795bcc198e7066"),
    PAIRS_MILD(6, "fe2d6ebb24e147d5413fb8a900d5206b6e7bd96d33dffc9fe03082bbb7abb213"),
    PAIRS_MEDIUM(6, "c2407c2559ec88b9b208f1f6f58d4c1d9440ba6a90b9611e840bb6c8aef6a602"),
    PAIRS_STRONG(6, "4ad7f1578ba30816c456f4cb16e6ccfc8090acee986f245ce139000373330753"),
    PAIRS_TRAINING(6, "6196717428fa65dea655c47c5f8db16a0d21d54ad481328f26b9187f03cd792d"),
    PAIRS_MIXED(24, "98cacdddef27714d6c2ce24dc92aa986a320e567fd749f0c90217bee9a8c6332"),
    PAIRS_OF_PHOTOGRAPHS(24, "b4f5ea5a9bd14189cb7b975c6f686aa69a18e65f797df7d8ea2ebb84693edd9a");

    final int count;
    final String sha256;

    GoldenSamples(int count, String sha256) {
        this.count = count;
        this.sha256 = sha256;
    }
}
