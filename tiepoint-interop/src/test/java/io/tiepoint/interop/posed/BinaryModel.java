package io.tiepoint.interop.posed;

import io.tiepoint.core.geometry.PixelPoint;
import io.tiepoint.core.geometry.Vector3;
import io.tiepoint.synthetic.render.SceneView;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The binary files of a COLMAP model. */
final class BinaryModel {
    private static final List<String> MODELS = List.of(
            "SIMPLE_PINHOLE", "PINHOLE", "SIMPLE_RADIAL", "RADIAL", "OPENCV", "OPENCV_FISHEYE", "FULL_OPENCV", "FOV");

    private BinaryModel() {}

    static void write(
            Path folder, List<SceneView> views, List<PixelPoint[]> tracks, String model, List<double[]> params)
            throws IOException {
        ByteBuffer cameras = buffer();
        cameras.putLong(views.size());
        for (int v = 0; v < views.size(); v++) {
            cameras.putInt(v + 1).putInt(MODELS.indexOf(model));
            cameras.putLong(SceneFolders.SIZE.width()).putLong(SceneFolders.SIZE.height());
            for (double param : params.get(v)) {
                cameras.putDouble(param);
            }
        }
        write(folder.resolve("cameras.bin"), cameras);
        ByteBuffer images = buffer();
        images.putLong(views.size());
        for (int v = 0; v < views.size(); v++) {
            images.putInt(v + 1);
            for (double number : SceneFolders.quaternion(views.get(v).camFromWorld())) {
                images.putDouble(number);
            }
            Vector3 t = views.get(v).camFromWorld().translation();
            images.putDouble(t.x()).putDouble(t.y()).putDouble(t.z()).putInt(v + 1);
            images.put(SceneFolders.name(v).getBytes(StandardCharsets.UTF_8)).put((byte) 0);
            int at = images.position();
            long count = 0;
            images.putLong(0);
            for (int p = 0; p < tracks.size(); p++) {
                PixelPoint seen = tracks.get(p)[v];
                if (!Double.isNaN(seen.x())) {
                    images.putDouble(seen.x()).putDouble(seen.y()).putLong(p);
                    count++;
                }
            }
            if (v % 2 == 0) {
                images.putDouble(3.5).putDouble(4.5).putLong(-1);
                count++;
            }
            images.putLong(at, count);
        }
        write(folder.resolve("images.bin"), images);
        ByteBuffer points = buffer();
        points.putLong(tracks.size());
        for (int p = 0; p < tracks.size(); p++) {
            points.putLong(p).putDouble(1.5).putDouble(2.5).putDouble(3.5);
            points.put((byte) 10).put((byte) 20).put((byte) 30).putDouble(0.5);
            points.putLong(1).putInt(1).putInt(0);
        }
        write(folder.resolve("points3D.bin"), points);
    }

    private static ByteBuffer buffer() {
        return ByteBuffer.allocate(1 << 18).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static void write(Path file, ByteBuffer buffer) throws IOException {
        byte[] bytes = new byte[buffer.position()];
        buffer.get(0, bytes);
        Files.write(file, bytes);
    }
}
