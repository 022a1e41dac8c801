package io.tiepoint.train.torch;

import static org.bytedeco.pytorch.global.torch.globalContext;
import static org.bytedeco.pytorch.global.torch.set_num_threads;

import org.bytedeco.javacpp.Loader;
import org.bytedeco.pytorch.global.torch;

/** Sets libtorch up, once, before anything else of it is used. */
public final class Torch {
    private static boolean loaded;

    private Torch() {}

    /**
     * Loads the native library and fixes what makes training fast and steady on a CPU.
     *
     * @param threads for the operations of one step
     */
    public static synchronized void load(int threads) {
        if (!loaded) {
            Loader.load(torch.class);
            // OpenBLAS has threads of its own, which would fight with those of OpenMP.
            org.bytedeco.openblas.global.openblas.blas_set_num_threads(1);
            // Lets oneDNN rather than OpenBLAS multiply matrices; on a CPU without AMX they stay true float32.
            globalContext()
                    .setFloat32Precision(torch.Float32Backend.MKLDNN, torch.Float32Op.ALL, torch.Float32Precision.BF16);
            loaded = true;
        }
        set_num_threads(threads);
    }

    /** The version of libtorch's binding; loads the native library. */
    public static String version() {
        load(1);
        String version = torch.class.getPackage().getImplementationVersion();
        return version == null ? "of an unknown version" : version;
    }
}
