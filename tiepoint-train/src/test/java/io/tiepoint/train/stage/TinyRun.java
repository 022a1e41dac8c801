package io.tiepoint.train.stage;

import io.tiepoint.core.image.GrayImage;
import io.tiepoint.core.image.ImageSize;
import io.tiepoint.core.random.Draws;
import io.tiepoint.core.random.Seed;
import io.tiepoint.synthetic.images.ImageSource;
import io.tiepoint.train.loss.DescriptorLoss;
import io.tiepoint.train.recipe.Recipe;
import io.tiepoint.train.run.TrainingListener;
import io.tiepoint.train.run.TrainingOptions;
import io.tiepoint.train.torch.Precision;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;

/** A whole training in seconds; what it learns is nothing. */
final class TinyRun {
    static final Recipe RECIPE = new Recipe(
            "tiny",
            "tiny-model",
            5,
            Precision.FLOAT32,
            new Recipe.Extractor(Recipe.ExtractorType.COMPACT, List.of(4), List.of(8), 8, 8),
            new Recipe.Matcher(8, 2, 1),
            new Recipe.Corners(64, 64, 2, options(6)),
            new Recipe.Adapt(4, 64, 64, 3, 0.001, 4, 40),
            new Recipe.Features(2, 16, DescriptorLoss.DUAL_SOFTMAX, 1, 0.5, 30, options(4)),
            new Recipe.Matching(64, 64, 2, 24, 3, 5, 0.5, 30, options(4)));

    private TinyRun() {}

    private static TrainingOptions options(long steps) {
        return new TrainingOptions(steps, 0.005, 2, 1e-4, 5, 100, 1e9);
    }

    static Learn learn(Path folder, BooleanSupplier stopRequested) {
        return learn(RECIPE, folder, stopRequested);
    }

    static Learn learn(Recipe recipe, Path folder, BooleanSupplier stopRequested) {
        return new Learn(recipe, folder, Boxes::new, 1, TrainingListener.SILENT, stopRequested);
    }

    static Learn learn(Path folder) {
        return learn(folder, () -> false);
    }

    /** Grey boxes before a grey ground. */
    private record Boxes(Seed seed, ImageSize size) implements ImageSource {
        @Override
        public GrayImage image(long index) {
            Draws draws = seed.child("boxes", index).draws();
            float[] pixels = new float[size.width() * size.height()];
            java.util.Arrays.fill(pixels, draws.nextFloat());
            for (int box = 0; box < 12; box++) {
                int left = draws.nextInt(size.width());
                int top = draws.nextInt(size.height());
                float value = draws.nextFloat();
                for (int y = top; y < Math.min(size.height(), top + 20); y++) {
                    for (int x = left; x < Math.min(size.width(), left + 15); x++) {
                        pixels[y * size.width() + x] = value;
                    }
                }
            }
            return GrayImage.wrap(size.width(), size.height(), pixels);
        }

        @Override
        public String describe() {
            return "boxes";
        }
    }
}
