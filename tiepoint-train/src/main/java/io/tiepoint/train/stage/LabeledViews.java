package io.tiepoint.train.stage;

import io.tiepoint.core.features.Keypoints;
import io.tiepoint.core.geometry.Homography;
import io.tiepoint.core.image.GrayImage;
import io.tiepoint.core.image.ImageSize;
import io.tiepoint.core.random.Draws;
import io.tiepoint.core.random.Seed;
import io.tiepoint.core.truth.HomographyTruth;
import io.tiepoint.synthetic.homography.HomographyRecipe;
import io.tiepoint.synthetic.homography.HomographySampler;
import io.tiepoint.synthetic.homography.Warp;
import io.tiepoint.synthetic.pairs.PairRecipe;
import io.tiepoint.synthetic.photometric.PhotometricChange;
import java.util.List;

/** Pairs of views of labelled images: view 0 is the image itself, view 1 a warp of it, both under changed light. */
final class LabeledViews {
    private final List<LabeledImages.Labeled> images;
    private final PairRecipe recipe;
    private final Seed seed;

    LabeledViews(List<LabeledImages.Labeled> images, double maxRotationDeg, Seed seed) {
        this.images = images;
        this.recipe = TrainingPairs.recipe(maxRotationDeg);
        this.seed = seed;
    }

    /**
     * Two views.
     *
     * @param keypoints0 labels of view 0
     * @param draws for whatever else is drawn for this pair
     */
    record Views(GrayImage image0, GrayImage image1, HomographyTruth truth, Keypoints keypoints0, Draws draws) {}

    /** Makes the views of one index, as strong as {@link TrainingPairs#difficulty} says. */
    Views make(long index, long step, double rampSteps) {
        Seed pair = seed.child("pair", index);
        Draws draws = pair.draws();
        LabeledImages.Labeled labeled = images.get(draws.nextInt(images.size()));
        GrayImage fill = images.get(draws.nextInt(images.size())).image();
        double difficulty = TrainingPairs.difficulty(step, rampSteps, draws);
        boolean flip = draws.nextBoolean();
        GrayImage image = flip ? flipped(labeled.image()) : labeled.image();
        Keypoints keypoints = flip ? flipped(labeled.keypoints(), labeled.width()) : labeled.keypoints();
        ImageSize size = image.size();
        HomographyRecipe homography = recipe.homography().withDifficulty(difficulty);
        Homography h1From0 = new HomographySampler(homography)
                .sample(size, size, pair.child("warp").draws());
        GrayImage warped = Warp.warp(image, h1From0, size, fill);
        return new Views(
                PhotometricChange.apply(
                        image, recipe.photometric0(), pair.child("light 0").draws()),
                PhotometricChange.apply(
                        warped, recipe.photometric1(), pair.child("light 1").draws()),
                new HomographyTruth(h1From0, size, size),
                keypoints,
                draws);
    }

    private static GrayImage flipped(GrayImage image) {
        int width = image.width();
        float[] pixels = image.pixels().clone();
        for (int row = 0; row < image.height(); row++) {
            for (int left = row * width, right = left + width - 1; left < right; left++, right--) {
                float value = pixels[left];
                pixels[left] = pixels[right];
                pixels[right] = value;
            }
        }
        return GrayImage.wrap(width, image.height(), pixels);
    }

    private static Keypoints flipped(Keypoints keypoints, int width) {
        float[] positions = keypoints.positions();
        for (int i = 0; i < positions.length; i += 2) {
            positions[i] = width - positions[i];
        }
        return Keypoints.of(positions, keypoints.scores());
    }
}
