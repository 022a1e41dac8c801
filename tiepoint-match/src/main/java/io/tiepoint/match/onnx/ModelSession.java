package io.tiepoint.match.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.tiepoint.core.model.ModelCard;
import io.tiepoint.core.model.ModelFormatException;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** A network in ONNX Runtime whose inputs and outputs are what the contract and the card say. Safe for several threads. */
final class ModelSession implements AutoCloseable {
    private final ModelFile file;
    private final OrtEnvironment environment = OnnxEnvironment.get();
    private final OrtSession session;

    private ModelSession(ModelFile file, int threads) throws ModelFormatException {
        this.file = file;
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
            options.setIntraOpNumThreads(threads);
            options.setInterOpNumThreads(1);
            options.setMemoryPatternOptimization(true);
            // What goes wrong is told once, by our own exception.
            options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
            session = environment.createSession(file.onnx(), options);
        } catch (OrtException e) {
            throw new ModelFormatException(
                    file.source() + ": expected a model that ONNX Runtime can open, found " + oneLine(e), e);
        }
    }

    /** Opens a model strictly; a symbol of the contract such as -1 stands for any size, and the batch may be fixed to 1. */
    static ModelSession open(
            ModelFile file,
            int threads,
            ModelCard.Kind kind,
            List<ModelCard.TensorSpec> inputs,
            List<ModelCard.TensorSpec> outputs)
            throws ModelFormatException {
        if (file.card().kind() != kind) {
            throw new ModelFormatException(file.source() + ": kind: expected " + kind + ", found "
                    + file.card().kind());
        }
        ModelSession opened = new ModelSession(file, threads);
        try {
            opened.check("input", inputs, file.card().inputs(), opened.session.getInputInfo());
            opened.check("output", outputs, file.card().outputs(), opened.session.getOutputInfo());
            return opened;
        } catch (OrtException e) {
            opened.close();
            throw new ModelFormatException(
                    file.source() + ": expected inputs and outputs that can be read, found " + oneLine(e), e);
        } catch (ModelFormatException e) {
            opened.close();
            throw e;
        }
    }

    private void check(
            String side,
            List<ModelCard.TensorSpec> contract,
            List<ModelCard.TensorSpec> card,
            Map<String, NodeInfo> found)
            throws ModelFormatException {
        TreeSet<String> expectedNames = new TreeSet<>();
        contract.forEach(spec -> expectedNames.add(spec.name()));
        if (!expectedNames.equals(new TreeSet<>(found.keySet()))) {
            throw new ModelFormatException(file.source() + ": " + side + "s: expected " + expectedNames + ", found "
                    + new TreeSet<>(found.keySet()));
        }
        Map<String, List<Integer>> shapes = new HashMap<>();
        for (NodeInfo node : found.values()) {
            String name = file.source() + ": " + side + " " + node.getName();
            if (!(node.getInfo() instanceof TensorInfo info) || info.type != OnnxJavaType.FLOAT) {
                throw new ModelFormatException(name + ": expected a float32 tensor, found " + node.getInfo());
            }
            shapes.put(
                    node.getName(),
                    Arrays.stream(info.getShape()).mapToObj(Math::toIntExact).toList());
        }
        for (ModelCard.TensorSpec spec : contract) {
            List<Integer> shape = shapes.get(spec.name());
            String name = file.source() + ": " + side + " " + spec.name();
            if (shape == null || !fits(shape, spec.shape())) {
                throw new ModelFormatException(name + ": expected shape " + spec.shape() + ", found " + shape);
            }
            ModelCard.TensorSpec said = card.stream()
                    .filter(candidate -> candidate.name().equals(spec.name()))
                    .findFirst()
                    .orElse(null);
            if (said == null || !said.shape().equals(shape) || card.size() != contract.size()) {
                throw new ModelFormatException(
                        name + ": expected " + (said == null ? "no such " + side : "shape " + said.shape())
                                + " as the card says, found shape " + shape);
            }
        }
    }

    private static boolean fits(List<Integer> shape, List<Integer> expected) {
        boolean fits = shape.size() == expected.size();
        for (int i = 0; fits && i < shape.size(); i++) {
            fits = shape.get(i).equals(expected.get(i)) || (i == 0 && shape.get(i) == 1);
        }
        return fits;
    }

    ModelCard card() {
        return file.card();
    }

    String source() {
        return file.source();
    }

    /** A tensor over a direct buffer, which must live as long as the tensor. */
    OnnxTensor tensor(FloatBuffer direct, long... shape) throws OrtException {
        return OnnxTensor.createTensor(environment, direct, shape);
    }

    OrtSession.Result run(Map<String, OnnxTensor> inputs) throws OrtException {
        return session.run(inputs);
    }

    /** One output as an array, after its shape was checked; the graph's own claims may be open. */
    float[] output(OrtSession.Result result, String name, long... expectedShape) throws OrtException {
        OnnxTensor tensor = (OnnxTensor) result.get(name)
                .orElseThrow(() -> new IllegalStateException(file.source() + ": output " + name + " was checked"));
        long[] shape = tensor.getInfo().getShape();
        if (!Arrays.equals(shape, expectedShape)) {
            throw new IllegalStateException(file.source() + ": output " + name + ": expected shape "
                    + Arrays.toString(expectedShape) + ", found " + Arrays.toString(shape));
        }
        FloatBuffer values = tensor.getFloatBuffer(); // a copy already
        if (values.hasArray() && values.arrayOffset() == 0 && values.array().length == values.remaining()) {
            return values.array();
        }
        float[] array = new float[values.remaining()];
        values.get(array);
        return array;
    }

    /** One output as rising indices below a number, after they were checked. */
    int[] indices(OrtSession.Result result, String name, int below) throws OrtException {
        OnnxTensor tensor = (OnnxTensor) result.get(name)
                .orElseThrow(() -> new IllegalStateException(file.source() + ": output " + name + " was checked"));
        float[] values = output(result, name, tensor.getInfo().getShape());
        int[] indices = new int[values.length];
        for (int i = 0; i < indices.length; i++) {
            indices[i] = (int) values[i];
            if (indices[i] != values[i] || indices[i] >= below || indices[i] <= (i == 0 ? -1 : indices[i - 1])) {
                throw new IllegalStateException(file.source() + ": output " + name + ": expected rising indices below "
                        + below + ", found " + values[i]);
            }
        }
        return indices;
    }

    /** What went wrong while the network ran, as an exception for the caller. */
    IllegalStateException failure(String task, OrtException e) {
        return new IllegalStateException(file.source() + ": expected to " + task + ", found " + oneLine(e), e);
    }

    private static String oneLine(OrtException e) {
        String message = String.valueOf(e.getMessage()).strip();
        int end = message.indexOf('\n');
        return end < 0 ? message : message.substring(0, end);
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException(file.source() + ": cannot be closed", e);
        }
    }
}
