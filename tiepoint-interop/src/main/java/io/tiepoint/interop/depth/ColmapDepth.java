package io.tiepoint.interop.depth;

import io.tiepoint.core.image.DepthMap;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A depth map of COLMAP's dense stereo: {@code WIDTH&HEIGHT&CHANNELS&} in letters, then float32, little-endian, row by row.
 *
 * @see <a href="https://colmap.github.io/format.html#dense-reconstruction">COLMAP, output format</a>
 */
final class ColmapDepth {
    private static final int LONGEST_HEADER = 64;
    private static final Pattern HEADER = Pattern.compile("([0-9]{1,9})&([0-9]{1,9})&([0-9]{1,9})&.*", Pattern.DOTALL);

    private ColmapDepth() {}

    static DepthMap read(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer head = ByteBuffer.allocate((int) Math.min(LONGEST_HEADER, channel.size()));
            fill(file, channel, head, 0);
            Matcher header = HEADER.matcher(new String(head.array(), StandardCharsets.ISO_8859_1));
            if (!header.matches()) {
                throw new IOException(
                        file + ": expected a depth map of COLMAP, WIDTH&HEIGHT&1& and float32, found other" + " bytes");
            }
            long width = Long.parseLong(header.group(1));
            long height = Long.parseLong(header.group(2));
            if (Long.parseLong(header.group(3)) != 1) {
                throw new IOException(file + ": expected a depth map with 1 channel, found " + header.group(3)
                        + "; normal maps have 3, depth maps lie in stereo/depth_maps");
            }
            DepthFiles.checkSize(file, width, height);
            int start = header.end(3) + 1;
            long expected = 4 * width * height;
            if (channel.size() - start != expected) {
                throw new IOException(file + ": expected " + expected + " bytes of depth for " + width + "x" + height
                        + " px, found " + (channel.size() - start));
            }
            float[] depths = new float[(int) (width * height)];
            ByteBuffer row = ByteBuffer.allocate((int) (4 * width)).order(ByteOrder.LITTLE_ENDIAN);
            for (int y = 0; y < height; y++) {
                fill(file, channel, row.clear(), start + 4L * y * width);
                row.flip().asFloatBuffer().get(depths, (int) (y * width), (int) width);
            }
            return DepthMap.wrap((int) width, (int) height, depths);
        }
    }

    private static void fill(Path file, FileChannel channel, ByteBuffer buffer, long position) throws IOException {
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, position + buffer.position()) < 0) {
                throw new IOException(file + ": expected " + buffer.remaining() + " more bytes, found its end");
            }
        }
    }
}
