package io.tiepoint.train.weights;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/** What a tensor's values are, with the words of each format for it. */
public enum ElementType {
    /** IEEE 754 binary64. */
    FLOAT64("F64", "DoubleStorage", 11, 8),
    /** IEEE 754 binary32. */
    FLOAT32("F32", "FloatStorage", 1, 4),
    /** IEEE 754 binary16. */
    FLOAT16("F16", "HalfStorage", 10, 2),
    /** The upper half of a binary32. */
    BFLOAT16("BF16", "BFloat16Storage", 16, 2),
    /** 64 bits with sign. */
    INT64("I64", "LongStorage", 7, 8),
    /** 32 bits with sign. */
    INT32("I32", "IntStorage", 6, 4),
    /** 16 bits with sign. */
    INT16("I16", "ShortStorage", 5, 2),
    /** 8 bits with sign. */
    INT8("I8", "CharStorage", 3, 1),
    /** 8 bits without sign. */
    UINT8("U8", "ByteStorage", 2, 1),
    /** 0 or 1, in 8 bits. */
    BOOL("BOOL", "BoolStorage", 9, 1);

    private final String safetensorsName;
    private final String storageName;
    private final int onnxNumber;
    private final int byteCount;

    ElementType(String safetensorsName, String storageName, int onnxNumber, int byteCount) {
        this.safetensorsName = safetensorsName;
        this.storageName = storageName;
        this.onnxNumber = onnxNumber;
        this.byteCount = byteCount;
    }

    /** Bytes of one value. */
    public int byteCount() {
        return byteCount;
    }

    /** Whether the values are floating-point numbers. */
    public boolean isReal() {
        return this == FLOAT64 || this == FLOAT32 || this == FLOAT16 || this == BFLOAT16;
    }

    /** As PyTorch and NumPy write it, such as {@code float32}. */
    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    /** As a safetensors header writes it, such as {@code F32}. */
    public String safetensorsName() {
        return safetensorsName;
    }

    static Optional<ElementType> ofSafetensors(String name) {
        return Arrays.stream(values())
                .filter(type -> type.safetensorsName.equals(name))
                .findFirst();
    }

    /** The class of PyTorch's storages, such as {@code FloatStorage}. */
    String storageName() {
        return storageName;
    }

    /** By the class of PyTorch's storages, such as {@code FloatStorage}. */
    static Optional<ElementType> ofStorage(String name) {
        return Arrays.stream(values())
                .filter(type -> type.storageName.equals(name))
                .findFirst();
    }

    /** By the data types of ONNX. */
    static Optional<ElementType> ofOnnx(int number) {
        return Arrays.stream(values()).filter(type -> type.onnxNumber == number).findFirst();
    }

    /** One value, exactly but for an int64 beyond 53 bits. */
    double value(ByteBuffer bytes, int offset) {
        return switch (this) {
            case FLOAT64 -> bytes.getDouble(offset);
            case FLOAT32 -> bytes.getFloat(offset);
            case FLOAT16 -> half(bytes.getShort(offset));
            case BFLOAT16 -> Float.intBitsToFloat(bytes.getShort(offset) << 16);
            case INT64 -> bytes.getLong(offset);
            case INT32 -> bytes.getInt(offset);
            case INT16 -> bytes.getShort(offset);
            case INT8 -> bytes.get(offset);
            case UINT8 -> bytes.get(offset) & 0xff;
            case BOOL -> bytes.get(offset) == 0 ? 0 : 1;
        };
    }

    /** Java 17 has no conversion of its own. */
    private static float half(short bits) {
        int sign = (bits & 0x8000) << 16;
        int exponent = bits >> 10 & 0x1f;
        int fraction = bits & 0x3ff;
        if (exponent == 0) {
            float value = fraction * 0x1p-24f;
            return sign == 0 ? value : -value;
        }
        int wide = exponent == 0x1f ? 0xff : exponent + 112;
        return Float.intBitsToFloat(sign | wide << 23 | fraction << 13);
    }
}
