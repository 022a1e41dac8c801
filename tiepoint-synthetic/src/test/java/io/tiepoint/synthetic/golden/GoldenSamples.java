package io.tiepoint.synthetic.golden;

/**
 * SHA-256 of the first samples of every set, of size 160x120 and seed 1. A machine, a JDK or a change that makes other bits is found
 * out here; who means to change what is made writes the new checksum down and says so in the changelog.
 */
enum GoldenSamples {
    SHAPES_DEFAULT(60, "2f0ffd1e4dd2224d16351d3c760af071cac9ce96f1fb16fc4530ab4927f5ba2c"),
    SHAPES_CLEAN(60, "140f76cbc693e99b145b3c4ef74f8e59c69312a3a6b37fb6117e00e6479d9a3b"),
    SHAPES_RICH(60, "08ae8547729a88bfc53ff799926534ebf8818b12da3c7e63c6a32a3edb8083c6"),
    IMAGES(4, "448a978892444cf092c29ef4bfd2cfce5b37cd7807c6d5d983c3e7e7db9ad082"),
    PAIRS_MILD(6, "d53543c5f40270e0fa0bbfb4fe9970487e9fe386edce74bbe5499a0d5cbe8b0b"),
    PAIRS_MEDIUM(6, "d5dd46e7294c83cad3a91f1f8bcffdfea704b57b151d8d26b360e4b59a7d92e4"),
    PAIRS_STRONG(6, "9b946205b426c2fb0788fd79452420fe51f90cf13b5132c3b80f6f9f032a52f3"),
    PAIRS_TRAINING(6, "7a1407bbdaac2500c9ed52e0766f8d32ef1809ec53cd1dec7d120c188d9cab2c"),
    PAIRS_MIXED(24, "db3a1d5f86e9160d454575468f27e718002872f57b3e80dd689f8273d2fb658e"),
    PAIRS_OF_PHOTOGRAPHS(24, "4c4f35eb8c538eb8973f7e299ca533acfb215db8517cd924b1da028795b2dc14");

    final int count;
    final String sha256;

    GoldenSamples(int count, String sha256) {
        this.count = count;
        this.sha256 = sha256;
    }
}
