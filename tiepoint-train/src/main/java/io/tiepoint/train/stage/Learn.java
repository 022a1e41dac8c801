package io.tiepoint.train.stage;

import io.tiepoint.core.features.CornerRefinement;
import io.tiepoint.core.features.KeypointSelection;
import io.tiepoint.core.features.Keypoints;
import io.tiepoint.core.image.GrayImage;
import io.tiepoint.core.image.ImageSize;
import io.tiepoint.core.random.Seed;
import io.tiepoint.synthetic.images.ImageSource;
import io.tiepoint.train.network.ExtractorNetwork;
import io.tiepoint.train.network.MatcherNetwork;
import io.tiepoint.train.network.Network;
import io.tiepoint.train.recipe.Recipe;
import io.tiepoint.train.recipe.Recipes;
import io.tiepoint.train.run.StageFolder;
import io.tiepoint.train.run.TrainingListener;
import io.tiepoint.train.run.TrainingLoop;
import io.tiepoint.train.run.TrainingOptions;
import io.tiepoint.train.torch.Precision;
import io.tiepoint.train.torch.Torch;
import io.tiepoint.train.torch.TorchExtractor;
import io.tiepoint.train.torch.TorchOps;
import io.tiepoint.train.torch.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Learns everything from a seed, stage by stage: {@link Stage#CORNERS} from synthetic shapes, labels for other images by
 * {@link Stage#ADAPT}, {@link Stage#FEATURES} from those, {@link Stage#MATCHING} on top. Each stage reads what the one before
 * it left in the run's folder, so each can be run, stopped, resumed and replaced alone.
 */
public final class Learn {
    private final Recipe recipe;
    private final Path folder;
    private final ImageSources images;
    private final int threads;
    private final TrainingListener listener;
    private final BooleanSupplier stopRequested;
    private final Seed seed;

    /** Makes the source of the images of a stage. */
    public interface ImageSources {
        /** Images of one size, as a pure function of the seed. */
        ImageSource open(Seed seed, ImageSize size) throws IOException;
    }

    /**
     * Prepares a run.
     *
     * @param recipe resolved, see {@link Recipe#resolved}
     * @param folder of the run; must exist
     * @param images from which features and matches are learned
     * @param threads for everything
     * @param listener is told how the stages go on
     * @param stopRequested asked again and again; true leaves a state that can be resumed
     */
    public Learn(
            Recipe recipe,
            Path folder,
            ImageSources images,
            int threads,
            TrainingListener listener,
            BooleanSupplier stopRequested) {
        this.recipe = recipe;
        this.folder = folder;
        this.images = images;
        this.threads = threads;
        this.listener = listener;
        this.stopRequested = stopRequested;
        this.seed = new Seed(recipe.seed());
    }

    /** Folder of a stage. */
    public Path folder(Stage stage) {
        return folder.resolve(stage.word());
    }

    /** Whether a stage has left its result. */
    public boolean isFinished(Stage stage) throws IOException {
        return stage == Stage.ADAPT
                ? new LabeledImages(folder(stage)).count() >= recipe.adapt().images()
                : new StageFolder(folder(stage)).isFinished();
    }

    /**
     * Runs one stage to its end, from where it was left; nothing is done if it is finished.
     *
     * @return false if it was stopped
     * @throws IOException if an earlier stage is missing, or a file cannot be read or written
     */
    public boolean run(Stage stage) throws IOException {
        Torch.load(threads);
        if (isFinished(stage)) {
            return true;
        }
        return switch (stage) {
            case CORNERS -> corners();
            case ADAPT -> adapt();
            case FEATURES -> features();
            case MATCHING -> matching();
        };
    }

    private TrainingLoop loop(Stage stage, TrainingOptions options) throws IOException {
        return new TrainingLoop(
                stage.word(), new StageFolder(folder(stage)), options, threads, listener, stopRequested);
    }

    private boolean corners() throws IOException {
        ExtractorNetwork network = recipe.extractor().network();
        Weights initial = Weights.initial(network, seed.child("extractor"));
        return loop(Stage.CORNERS, recipe.corners().training())
                .run(
                        network,
                        initial,
                        weights -> new CornersTask(
                                network, weights, recipe.precision(), recipe.corners(), seed.child("corners")));
    }

    private boolean adapt() throws IOException {
        Recipe.Adapt adapt = recipe.adapt();
        ExtractorNetwork network = recipe.extractor().network();
        LabeledImages labeled = new LabeledImages(folder(Stage.ADAPT));
        ImageSource source = images.open(seed.child("images"), new ImageSize(adapt.width(), adapt.height()));
        KeypointSelection selection =
                new KeypointSelection(adapt.maxLabels(), (float) adapt.threshold(), adapt.nmsRadiusPx(), 2);
        int first = labeled.count();
        listener.started(Stage.ADAPT.word(), first, adapt.images());
        try (Weights weights = finished(Stage.CORNERS, network)) {
            HomographicAdaptation adaptation =
                    new HomographicAdaptation(network, new TorchOps(weights, Precision.FLOAT32), adapt.warps());
            for (int i = first; i < adapt.images(); i++) {
                GrayImage image = source.image(i);
                float[] heatmap = adaptation.heatmap(image, seed.child("adapt", i));
                // The mean of a hundred views is blunt; the image itself says where the corner is.
                Keypoints keypoints = CornerRefinement.refine(
                        image, selection.select(heatmap, image.width(), image.width(), image.height()));
                labeled.add(i, image, keypoints);
                listener.advanced(i, keypoints.size());
                if (stopRequested.getAsBoolean()) {
                    listener.stopped(false);
                    return false;
                }
            }
        }
        listener.stopped(true);
        return true;
    }

    private boolean features() throws IOException {
        ExtractorNetwork network = recipe.extractor().network();
        if (!isFinished(Stage.ADAPT)) {
            throw missing(Stage.ADAPT, folder(Stage.ADAPT));
        }
        List<LabeledImages.Labeled> labeled = new LabeledImages(folder(Stage.ADAPT)).readAll();
        Weights initial = finished(Stage.CORNERS, network);
        return loop(Stage.FEATURES, recipe.features().training())
                .run(
                        network,
                        initial,
                        weights -> new FeaturesTask(
                                network,
                                weights,
                                recipe.precision(),
                                recipe.features(),
                                labeled,
                                seed.child("features")));
    }

    private boolean matching() throws IOException {
        Recipe.Matching matching = recipe.matching();
        ExtractorNetwork extractorNetwork = recipe.extractor().network();
        MatcherNetwork network = recipe.matcher().network(extractorNetwork.descriptorSize());
        ImageSize size = new ImageSize(matching.width(), matching.height());
        ImageSource source = images.open(seed.child("matcher-images"), size);
        try (Weights extractorWeights = finished(Stage.FEATURES, extractorNetwork)) {
            TorchExtractor extractor = new TorchExtractor(extractorNetwork, extractorWeights, recipe.precision());
            Weights initial = Weights.initial(network, seed.child("matcher"));
            return loop(Stage.MATCHING, matching.training())
                    .run(
                            network,
                            initial,
                            weights -> new MatchingTask(
                                    MatcherObjective.of(network),
                                    new TorchOps(weights, recipe.precision()),
                                    extractor,
                                    matching,
                                    TrainingPairs.of(matching.maxRotationDeg(), source, size, seed.child("pairs")),
                                    seed.child("matching")));
        }
    }

    private Weights finished(Stage stage, Network network) throws IOException {
        StageFolder stageFolder = new StageFolder(folder(stage));
        if (!stageFolder.isFinished()) {
            throw missing(stage, folder(stage));
        }
        return stageFolder.readWeights(network);
    }

    static IOException missing(Stage stage, Path folder) {
        return new IOException(
                folder + ": expected the result of stage " + stage.word() + ", found none; run that stage first");
    }

    /** Writes what a new run starts from into its folder. */
    public static void start(Path folder, Recipe recipe, Origin origin) throws IOException {
        Files.createDirectories(folder);
        origin.write(folder);
        // Last, since a folder with a recipe is a run.
        Files.writeString(folder.resolve("recipe.yaml"), Recipes.toYaml(recipe));
    }

    /** Whether images have been looked at already: from then on they must stay the same. */
    public static boolean hasSeenImages(Path folder) throws IOException {
        return new LabeledImages(folder.resolve(Stage.ADAPT.word())).count() > 0;
    }
}
