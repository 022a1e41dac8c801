package io.tiepoint.synthetic.raster;

/** Paints one row of a layer. */
@FunctionalInterface
public interface RowPainter {
    /**
     * Paints the pixels of one row that the layer may cover.
     *
     * @param row which row
     * @param from first column
     * @param to column after the last one
     * @param coverage share of each pixel that is covered, [0, 1], by column
     * @param pixels the whole canvas, [H W]; written to
     */
    void paint(int row, int from, int to, float[] coverage, float[] pixels);
}
