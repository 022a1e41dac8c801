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
    PAIRS_MILD(6, "43cfbcaab9f61d10a6312756c5d944cc6c3d8f80ab28abdd56f0f06289bb628e"),
    PAIRS_MEDIUM(6, "4cda5dfbac6c982c0ec12c44075013869fcda5bed54e8c0b419f0179137896da"),
    PAIRS_STRONG(6, "22e18f2acc0f12d80386a00bbebee6126319045878f037216e8806f37a804c22"),
    PAIRS_TRAINING(6, "f1eee04e98e689c50faff4053dc54702b09b1fcd4e83d3780664ee9aceb63602"),
    PAIRS_MIXED(24, "e69620afc6e3240ac6f49b44c5fca347e49052fce93ac0d86cb2e6dec2e528ca"),
    PAIRS_OF_PHOTOGRAPHS(24, "98483c1de29880e41d6fd2ab33413db0ad4fb218aa1e214d2a5a0a3433fec2a2");

    final int count;
    final String sha256;

    GoldenSamples(int count, String sha256) {
        this.count = count;
        this.sha256 = sha256;
    }
}
