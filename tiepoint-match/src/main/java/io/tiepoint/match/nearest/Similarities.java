package io.tiepoint.match.nearest;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.tiepoint.core.check.Check;
import io.tiepoint.core.features.Descriptors;
import io.tiepoint.match.onnx.OnnxEnvironment;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.Set;

/**
 * The matrix [M N] of dot products, in blocks of rows that stay in the processor's cache. The product is one operator in ONNX
 * Runtime: as fast as OpenBLAS, whose number of threads is one setting for the whole process and whose threads hinder each other
 * on busy machines (2.4 ms with one thread, 72 ms with two, for 1024x1024x64 beside a training).
 */
final class Similarities {
    private static final int BLOCK_VALUES = 1 << 18;

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
        float[] block = new float[Math.multiplyExact(blockRows, columns)];
        FloatBuffer product = direct(block.length);
        FloatBuffer all = direct(rows * dimension).put(descriptors0.values());
        OrtEnvironment environment = OnnxEnvironment.get();
        try (OnnxTensor right = OnnxTensor.createTensor(
                environment,
                direct(columns * dimension).put(descriptors1.values()).rewind(),
                new long[] {columns, dimension})) {
            for (int first = 0; first < rows; first += blockRows) {
                int count = Math.min(blockRows, rows - first);
                try (OnnxTensor left = OnnxTensor.createTensor(
                                environment,
                                all.slice(first * dimension, count * dimension),
                                new long[] {count, dimension});
                        OnnxTensor target = OnnxTensor.createTensor(
                                environment, product.slice(0, count * columns), new long[] {count, columns});
                        OrtSession.Result ignored = Product.SESSION.run(
                                Map.of("descriptors0", left, "descriptors1", right),
                                Set.of(),
                                Map.of("similarities", target))) {
                    product.get(0, block, 0, count * columns);
                }
                for (int row = 0; row < count; row++) {
                    visitor.visit(first + row, block, row * columns);
                }
            }
        } catch (OrtException e) {
            throw new IllegalStateException(
                    "similarities of " + rows + " and " + columns + " descriptors of size " + dimension, e);
        }
    }

    private static FloatBuffer direct(int size) {
        return ByteBuffer.allocateDirect(Math.multiplyExact(4, size))
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }

    /** {@code similarities} [M N] = {@code descriptors0} [M D] times the transpose of {@code descriptors1} [N D]. */
    private static final class Product {
        private static final OrtSession SESSION = open();

        private static OrtSession open() {
            try (InputStream graph = Similarities.class.getResourceAsStream("similarities.onnx");
                    OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
                if (graph == null) {
                    throw new IllegalStateException("similarities.onnx lies beside this class");
                }
                options.setIntraOpNumThreads(1);
                return OnnxEnvironment.get().createSession(graph.readAllBytes(), options);
            } catch (IOException | OrtException e) {
                throw new IllegalStateException("similarities.onnx: expected to open", e);
            }
        }
    }
}
