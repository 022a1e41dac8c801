package io.tiepoint.match.nearest;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sgemm;

import io.tiepoint.core.check.Check;
import io.tiepoint.core.features.Descriptors;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;

/** The matrix [M N] of dot products, computed by OpenBLAS in blocks of rows that stay in the processor's cache. */
final class Similarities {
    private static final int BLOCK_VALUES = 1 << 17;

    private final Descriptors descriptors0;
    private final Descriptors descriptors1;

    Similarities(Descriptors descriptors0, Descriptors descriptors1) {
        Check.that(
                descriptors0.dimension() == descriptors1.dimension(),
                "descriptors1: expected dimension %s as in descriptors0, found %s",
                descriptors0.dimension(),
                descriptors1.dimension());
        this.descriptors0 = descriptors0;
        this.descriptors1 = descriptors1;
    }

    /** Takes one row; it begins at {@code at} of {@code values}. */
    @FunctionalInterface
    interface RowVisitor {
        void visit(int row, float[] values, int at);
    }

    void forEachRow(RowVisitor visitor) {
        int rows = descriptors0.size();
        int columns = descriptors1.size();
        int dimension = descriptors0.dimension();
        int blockRows = Math.min(rows, Math.max(1, BLOCK_VALUES / columns));
        float[] block = new float[blockRows * columns];
        try (PointerScope scope = new PointerScope()) {
            FloatPointer left = new FloatPointer(descriptors0.values());
            FloatPointer right = new FloatPointer(descriptors1.values());
            FloatPointer product = new FloatPointer((long) block.length);
            for (int first = 0; first < rows; first += blockRows) {
                int count = Math.min(blockRows, rows - first);
                cblas_sgemm(
                        CblasRowMajor,
                        CblasNoTrans,
                        CblasTrans,
                        count,
                        columns,
                        dimension,
                        1f,
                        left.getPointer((long) first * dimension),
                        dimension,
                        right,
                        dimension,
                        0f,
                        product,
                        columns);
                product.get(block, 0, count * columns);
                for (int row = 0; row < count; row++) {
                    visitor.visit(first + row, block, row * columns);
                }
            }
        }
    }
}
