package io.tiepoint.match.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Native memory that is used again and again, since the garbage collector is slow to give it back. Safe for several threads. */
public final class DirectBuffers {
    private final ConcurrentLinkedQueue<FloatBuffer> free = new ConcurrentLinkedQueue<>();

    /** A buffer with exactly so many values between position and limit; what they are is not known. */
    public FloatBuffer take(int size) {
        FloatBuffer buffer = free.poll();
        if (buffer == null || buffer.capacity() < size) {
            buffer = ByteBuffer.allocateDirect(Math.multiplyExact(4, size))
                    .order(ByteOrder.nativeOrder())
                    .asFloatBuffer();
        }
        return buffer.clear().limit(size);
    }

    /** Takes a buffer back that nobody uses any more. */
    public void giveBack(FloatBuffer buffer) {
        boolean added = free.add(buffer);
        assert added;
    }
}
