package io.tiepoint.match.nearest;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

/** The source of {@code similarities.onnx}. */
class SimilaritiesGraphTest {
    @Test
    void theResourceIsThisGraph() throws IOException {
        byte[] expected = ModelProto.newBuilder()
                .setIrVersion(8)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(17))
                .setGraph(GraphProto.newBuilder()
                        .setName("similarities")
                        .addInput(matrix("descriptors0", "M", "D"))
                        .addInput(matrix("descriptors1", "N", "D"))
                        .addNode(NodeProto.newBuilder()
                                .setOpType("Gemm")
                                .addInput("descriptors0")
                                .addInput("descriptors1")
                                .addOutput("similarities")
                                .addAttribute(AttributeProto.newBuilder()
                                        .setName("transB")
                                        .setType(AttributeProto.AttributeType.INT)
                                        .setI(1)))
                        .addOutput(matrix("similarities", "M", "N")))
                .build()
                .toByteArray();

        try (InputStream resource = Similarities.class.getResourceAsStream("similarities.onnx")) {
            assertThat(resource).isNotNull();
            assertThat(resource.readAllBytes()).isEqualTo(expected);
        }
    }

    private static ValueInfoProto matrix(String name, String rows, String columns) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder()
                .addDim(TensorShapeProto.Dimension.newBuilder().setDimParam(rows))
                .addDim(TensorShapeProto.Dimension.newBuilder().setDimParam(columns));
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(TensorProto.DataType.FLOAT.getNumber())
                                .setShape(shape)))
                .build();
    }
}
