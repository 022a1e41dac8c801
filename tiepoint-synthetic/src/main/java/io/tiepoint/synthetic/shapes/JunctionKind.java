package io.tiepoint.synthetic.shapes;

import java.util.Arrays;

/** What meets at a corner. The order is the number in files. */
public enum JunctionKind {
    /** One line ends. */
    END,
    /** Two edges: a corner of a polygon. */
    L,
    /** Three edges, two of which are one straight line: something ends at an edge. */
    T,
    /** Three edges, no two of them more than 180 degrees apart: the near or far corner of a box. */
    Y,
    /** Four edges: a crossing. */
    X,
    /** Three edges within less than 180 degrees: the side of a box. */
    ARROW,
    /** The middle of something: of a blob, or of a star of five and more lines. */
    CENTRE;

    /** Below this two edges are one straight line. */
    private static final double STRAIGHT_RAD = Math.toRadians(3);

    /**
     * The kind at which lines or edges meet.
     *
     * @param directionsRad of each of them, away from the corner
     */
    static JunctionKind of(double... directionsRad) {
        return switch (directionsRad.length) {
            case 0 -> CENTRE;
            case 1 -> END;
            case 2 -> L;
            case 3 -> ofThree(directionsRad);
            case 4 -> X;
            default -> CENTRE;
        };
    }

    private static JunctionKind ofThree(double... directionsRad) {
        double[] sorted = new double[3];
        for (int i = 0; i < 3; i++) {
            double turns = directionsRad[i] / (2 * Math.PI);
            sorted[i] = (turns - Math.floor(turns)) * 2 * Math.PI;
        }
        Arrays.sort(sorted);
        double gap =
                Math.max(Math.max(sorted[1] - sorted[0], sorted[2] - sorted[1]), sorted[0] + 2 * Math.PI - sorted[2]);
        if (Math.abs(gap - Math.PI) < STRAIGHT_RAD) {
            return T;
        }
        return gap > Math.PI ? ARROW : Y;
    }
}
