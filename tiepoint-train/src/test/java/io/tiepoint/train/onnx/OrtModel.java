package io.tiepoint.train.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.TensorInfo;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.LongStream;

/** An exported file as ONNX Runtime sees it. */
public final class OrtModel implements AutoCloseable {
    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;

    /** Opens a file. */
    public OrtModel(Path file) throws OrtException {
        try (SessionOptions options = new SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            session = environment.createSession(file.toString(), options);
        }
    }

    /** A float32 tensor's shape and values, row-major. */
    @SuppressWarnings("ArrayRecordComponent") // a carrier; never compared
    public record Array(float[] values, long... shape) {}

    /** Shapes of the inputs by name; -1 for any size. */
    public Map<String, List<Long>> inputs() throws OrtException {
        Map<String, List<Long>> shapes = new LinkedHashMap<>();
        session.getInputInfo().forEach((name, node) -> shapes.put(name, shape((TensorInfo) node.getInfo())));
        return shapes;
    }

    /** Shapes of the outputs by name; -1 for any size. */
    public Map<String, List<Long>> outputs() throws OrtException {
        Map<String, List<Long>> shapes = new LinkedHashMap<>();
        session.getOutputInfo().forEach((name, node) -> shapes.put(name, shape((TensorInfo) node.getInfo())));
        return shapes;
    }

    private static List<Long> shape(TensorInfo info) {
        return LongStream.of(info.getShape()).boxed().toList();
    }

    /** Computes all outputs. */
    public Map<String, Array> run(Map<String, Array> inputs) throws OrtException {
        Map<String, OnnxTensor> tensors = new HashMap<>();
        try {
            for (Map.Entry<String, Array> input : inputs.entrySet()) {
                FloatBuffer values = FloatBuffer.wrap(input.getValue().values());
                tensors.put(
                        input.getKey(),
                        OnnxTensor.createTensor(
                                environment, values, input.getValue().shape()));
            }
            Map<String, Array> outputs = new HashMap<>();
            try (OrtSession.Result result = session.run(tensors)) {
                for (Map.Entry<String, ai.onnxruntime.OnnxValue> entry : result) {
                    OnnxTensor tensor = (OnnxTensor) entry.getValue();
                    FloatBuffer buffer = tensor.getFloatBuffer();
                    float[] values = new float[buffer.remaining()];
                    buffer.get(values);
                    outputs.put(
                            entry.getKey(), new Array(values, tensor.getInfo().getShape()));
                }
            }
            return outputs;
        } finally {
            tensors.values().forEach(OnnxTensor::close);
        }
    }

    /** Computes one output. */
    public Array run(Map<String, Array> inputs, String output) throws OrtException {
        return Objects.requireNonNull(run(inputs).get(output), output);
    }

    @Override
    public void close() throws OrtException {
        session.close();
    }
}
