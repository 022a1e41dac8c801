package io.tiepoint.app.evaluate;

import io.tiepoint.core.check.Check;
import io.tiepoint.core.image.ImageSize;
import io.tiepoint.core.random.Seed;
import io.tiepoint.evaluate.DetectorSample;
import io.tiepoint.synthetic.shapes.Primitive;
import io.tiepoint.synthetic.shapes.ShapeSample;
import io.tiepoint.synthetic.shapes.ShapesGenerator;
import io.tiepoint.synthetic.shapes.ShapesRecipe;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Synthetic shapes that no training has seen: of every primitive the same number, each once as drawn ({@code clean}) and once
 * with the published photometric changes ({@code noisy}).
 */
public final class ShapeSamples {
    private final int imagesPerPrimitive;
    private final ImageSize size;
    private final ShapesGenerator clean;
    private final ShapesGenerator noisy;

    /**
     * Prepares the samples.
     *
     * @param imagesPerPrimitive of each kind
     * @param size of the images
     * @param seed of the shapes; a part of it that training does not use is taken
     */
    public ShapeSamples(int imagesPerPrimitive, ImageSize size, Seed seed) {
        Check.that(imagesPerPrimitive > 0, "--shapes: expected > 0 images, found %s", imagesPerPrimitive);
        this.imagesPerPrimitive = imagesPerPrimitive;
        this.size = size;
        Seed fresh = seed.child("evaluation shapes");
        this.clean = new ShapesGenerator(ShapesRecipe.CLEAN, size, fresh);
        this.noisy = new ShapesGenerator(ShapesRecipe.DEFAULT, size, fresh);
    }

    /** What they are, for the report. */
    public Map<String, String> description() {
        return Map.of("shapes", imagesPerPrimitive + " of each primitive, clean and noisy, " + size + " px");
    }

    /** Number of images of both kinds. */
    public int count() {
        return 2 * imagesPerPrimitive * Primitive.PUBLISHED.size();
    }

    /** Draws the samples one by one; kinds and primitives take turns. */
    public Iterator<DetectorSample> samples() {
        return IntStream.range(0, imagesPerPrimitive)
                .boxed()
                .flatMap(index -> Primitive.PUBLISHED.stream()
                        .flatMap(primitive -> Stream.of(
                                sample("clean", clean.sample(primitive, index)),
                                sample("noisy", noisy.sample(primitive, index)))))
                .iterator();
    }

    private static DetectorSample sample(String data, ShapeSample shape) {
        String name = shape.primitive().name().toLowerCase(Locale.ROOT).replace('_', '-');
        return new DetectorSample(data, name, shape.image(), shape.corners());
    }
}
