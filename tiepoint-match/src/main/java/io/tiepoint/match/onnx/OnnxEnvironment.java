package io.tiepoint.match.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;

/** ONNX Runtime's environment, of which there is one in a process. */
public final class OnnxEnvironment {
    private OnnxEnvironment() {}

    /** The environment, which reports nothing to anyone: telemetry is on by default in some of ONNX Runtime's builds. */
    public static OrtEnvironment get() {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try {
            environment.setTelemetry(false);
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime: expected to switch its telemetry off", e);
        }
        return environment;
    }

    /** ONNX Runtime's version; loads its native library. */
    public static String version() {
        return get().getVersion();
    }
}
