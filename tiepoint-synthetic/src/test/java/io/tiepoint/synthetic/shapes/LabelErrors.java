package io.tiepoint.synthetic.shapes;

import static org.assertj.core.api.Assertions.assertThat;

import io.tiepoint.core.geometry.PixelPoint;
import io.tiepoint.core.image.ImageSize;
import io.tiepoint.synthetic.shapes.CornerLabel.Visibility;
import java.util.ArrayList;
import java.util.List;

/** How far from their labels corners were found again, px. */
final class LabelErrors {
    private static final double MARGIN_PX = 28;

    private final List<Double> errors = new ArrayList<>();
    private double sumX;
    private double sumY;

    /** Whether nothing else, and no border, disturbs the finding of a corner. */
    static boolean isAlone(List<CornerLabel> labels, CornerLabel label, ImageSize size) {
        boolean alone = label.visibility() == Visibility.VISIBLE
                && label.x() > MARGIN_PX
                && label.y() > MARGIN_PX
                && label.x() < size.width() - MARGIN_PX
                && label.y() < size.height() - MARGIN_PX;
        for (CornerLabel other : labels) {
            alone &= other.equals(label) || Math.hypot(other.x() - label.x(), other.y() - label.y()) > MARGIN_PX;
        }
        return alone;
    }

    void add(CornerLabel label, PixelPoint found) {
        errors.add(found.distanceTo(new PixelPoint(label.x(), label.y())));
        sumX += found.x() - label.x();
        sumY += found.y() - label.y();
    }

    /** Asserts that there are enough, their median, their 99th percentile, and no shift of all, as a wrong pixel frame would make. */
    void assertBelow(Object what, int corners, double median, double percentile99, double shift) {
        errors.sort(null);
        assertThat(errors).as("%s", what).hasSizeGreaterThan(corners);
        double foundMedian = errors.get(errors.size() / 2);
        double found99 = errors.get(errors.size() * 99 / 100);
        String told = what + ": " + errors.size() + " corners, median " + foundMedian + ", p99 " + found99;
        assertThat(foundMedian).as(told).isLessThan(median);
        assertThat(found99).as(told).isLessThan(percentile99);
        assertThat(sumX / errors.size()).as(told).isBetween(-shift, shift);
        assertThat(sumY / errors.size()).as(told).isBetween(-shift, shift);
    }
}
