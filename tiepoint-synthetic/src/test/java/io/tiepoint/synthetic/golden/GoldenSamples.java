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
    PAIRS_MILD(6, "d8e2cc7685a0719dda7110e8c5c505cef3ba435c09ecf700a514959757919138"),
    PAIRS_MEDIUM(6, "55152c7d6f927621b695f2b570fc4ce1d6118e16de43073d0ff8287817c1af08"),
    PAIRS_STRONG(6, "83f668ad83f2975674a5ae81cd767ec122794f949e06c2ae5719a6136eed1efc"),
    PAIRS_TRAINING(6, "007bf84b1654c8f0e7b765ac63a4dc0d1c0cc893ab2e4dd465124c1cf3491902"),
    PAIRS_MIXED(24, "f36b08937aca91d1bd3647dddf78d7bd542c21eb44f0a04be13f4ba700b3044a"),
    PAIRS_OF_PHOTOGRAPHS(24, "8fd8ff488b619c9d3580ea186e2b07f45c4a67937eaae6e743deee9d3bfa03d8");

    final int count;
    final String sha256;

    GoldenSamples(int count, String sha256) {
        this.count = count;
        this.sha256 = sha256;
    }
}
