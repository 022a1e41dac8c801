package io.tiepoint.train.architecture;

import io.tiepoint.core.check.Check;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The shapes of a file's tensors, asked for the sizes of a network. */
final class Shapes {
    private static final int MAX_SIZE = 1 << 16;
    private static final int MAX_LAYERS = 256;

    private final Map<String, List<Long>> shapes;

    Shapes(Map<String, List<Long>> shapes) {
        this.shapes = shapes;
    }

    boolean has(String name) {
        return shapes.containsKey(name);
    }

    /** The size of one dimension. */
    int size(String name, int dimension) {
        Check.that(has(name), "%s: expected this tensor, found none", name);
        List<Long> shape = shapes.getOrDefault(name, List.of());
        long size = dimension >= shape.size() ? 0 : shape.get(dimension);
        Check.that(
                size > 0 && size <= MAX_SIZE,
                "%s: expected a size from 1 to %s in dimension %s, found shape %s",
                name,
                MAX_SIZE,
                dimension,
                shape);
        return (int) size;
    }

    /** The sizes of the first dimension of numbered tensors: {@code before + 0 + after} and so on. */
    List<Integer> sizes(String before, String after) {
        List<Integer> sizes = new ArrayList<>();
        while (has(before + sizes.size() + after) && sizes.size() < MAX_LAYERS) {
            sizes.add(size(before + sizes.size() + after, 0));
        }
        return sizes;
    }
}
