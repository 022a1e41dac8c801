package io.tiepoint.interop.colmap;

import io.tiepoint.core.geometry.Pose;
import io.tiepoint.core.geometry.Vector3;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The binary files of a model. */
final class ColmapBinary {
    private static final int CAMERA_BYTES = 24;
    private static final int IMAGE_BYTES = 73;
    private static final int OBSERVATION_BYTES = 24;
    private static final int POINT_BYTES = 51;
    private static final int TRACK_BYTES = 8;

    private ColmapBinary() {}

    static Map<Long, ColmapCamera> cameras(Path file) throws IOException {
        Map<Long, ColmapCamera> cameras = new HashMap<>();
        try (LittleEndianInput in = new LittleEndianInput(file)) {
            int count = in.count(CAMERA_BYTES, "cameras");
            for (int i = 0; i < count; i++) {
                long id = in.unsigned32();
                int number = in.int32();
                long width = in.int64();
                long height = in.int64();
                String source = file + ": camera " + id;
                Optional<ColmapCamera.Kind> kind = ColmapCamera.Kind.ofNumber(number);
                if (kind.isEmpty()) {
                    throw ColmapCamera.unknown("number " + number, source);
                }
                List<Double> params = new ArrayList<>();
                for (int p = 0; p < kind.get().params(); p++) {
                    params.add(in.float64());
                }
                put(cameras, id, ColmapCamera.of(kind.get(), width, height, params, source), source);
            }
            in.expectEnd();
        }
        return cameras;
    }

    static <T> void put(Map<Long, T> things, long id, T thing, String source) throws IOException {
        if (things.put(id, thing) != null) {
            throw new IOException(source + ": expected each number once, found it twice");
        }
    }

    static Map<Long, ColmapImage> images(Path file) throws IOException {
        Map<Long, ColmapImage> images = new HashMap<>();
        try (LittleEndianInput in = new LittleEndianInput(file)) {
            int count = in.count(IMAGE_BYTES, "images");
            for (int i = 0; i < count; i++) {
                long id = in.unsigned32();
                double[] quaternion = {in.float64(), in.float64(), in.float64(), in.float64()};
                Vector3 translation = new Vector3(in.float64(), in.float64(), in.float64());
                long cameraId = in.unsigned32();
                String name = in.text();
                int found = in.count(OBSERVATION_BYTES, "points of an image");
                double[] positions = new double[2 * found];
                long[] pointIds = new long[found];
                for (int p = 0; p < found; p++) {
                    positions[2 * p] = in.float64();
                    positions[2 * p + 1] = in.float64();
                    pointIds[p] = in.int64();
                }
                String source = file + ": image " + id;
                Pose pose = pose(quaternion, translation, source);
                put(images, id, new ColmapImage(name, cameraId, pose, positions, pointIds), source);
            }
            in.expectEnd();
        }
        return images;
    }

    static Pose pose(double[] quaternion, Vector3 translation, String source) throws IOException {
        if (!Double.isFinite(translation.norm())) {
            throw new IOException(source + ": expected a finite translation, found " + translation);
        }
        try {
            return Pose.ofQuaternion(quaternion, translation);
        } catch (IllegalArgumentException e) {
            throw new IOException(source + ": " + e.getMessage(), e);
        }
    }

    /** Colours, errors and tracks are passed over; images say which points they show. */
    static Map<Long, Vector3> points(Path file) throws IOException {
        Map<Long, Vector3> points = new HashMap<>();
        try (LittleEndianInput in = new LittleEndianInput(file)) {
            int count = in.count(POINT_BYTES, "points");
            for (int i = 0; i < count; i++) {
                long id = in.int64();
                put(points, id, new Vector3(in.float64(), in.float64(), in.float64()), file + ": point " + id);
                in.skip(3 + 8);
                int track = in.count(TRACK_BYTES, "images of a point");
                in.skip((long) TRACK_BYTES * track);
            }
            in.expectEnd();
        }
        return points;
    }
}
