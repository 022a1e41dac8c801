package io.tiepoint.train.loss;

import io.tiepoint.core.check.Check;
import io.tiepoint.core.features.Keypoints;
import io.tiepoint.core.image.ImageSize;
import io.tiepoint.train.network.ExtractorNetwork;

/** Writes the detector's target for the keypoints of an image. */
public final class CellTargets {
    private CellTargets() {}

    /**
     * Shares each keypoint out among the four pixels around it; what a cell's keypoints leave of 1 goes to the dustbin, and a
     * cell with more than one keypoint is scaled to 1.
     *
     * @param keypoints px, corner frame
     * @param size of the image; a multiple of 8
     * @param target [65 H/8 W/8] of the batch's array, from {@code offset}; must be zero there
     */
    public static void write(Keypoints keypoints, ImageSize size, float[] target, int offset) {
        int cell = ExtractorNetwork.CELL;
        Check.that(
                size.width() % cell == 0 && size.height() % cell == 0,
                "image size: expected multiples of %s px, found %s",
                cell,
                size);
        int columns = size.width() / cell;
        int area = columns * (size.height() / cell);
        for (int k = 0; k < keypoints.size(); k++) {
            double u = keypoints.x(k) - 0.5;
            double v = keypoints.y(k) - 0.5;
            int column = (int) Math.floor(u);
            int row = (int) Math.floor(v);
            float fx = (float) (u - column);
            float fy = (float) (v - row);
            for (int dy = 0; dy <= 1; dy++) {
                for (int dx = 0; dx <= 1; dx++) {
                    int x = column + dx;
                    int y = row + dy;
                    if (x < 0 || y < 0 || x >= size.width() || y >= size.height()) {
                        continue;
                    }
                    float share = (dx == 0 ? 1 - fx : fx) * (dy == 0 ? 1 - fy : fy);
                    int channel = (y % cell) * cell + x % cell;
                    target[offset + channel * area + (y / cell) * columns + x / cell] += share;
                }
            }
        }
        for (int i = 0; i < area; i++) {
            float sum = 0;
            for (int channel = 0; channel < ExtractorNetwork.DUSTBIN; channel++) {
                sum += target[offset + channel * area + i];
            }
            if (sum > 1) {
                for (int channel = 0; channel < ExtractorNetwork.DUSTBIN; channel++) {
                    target[offset + channel * area + i] /= sum;
                }
            }
            target[offset + ExtractorNetwork.DUSTBIN * area + i] = Math.max(0, 1 - sum);
        }
    }
}
