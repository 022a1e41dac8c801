package io.tiepoint.app;

import io.tiepoint.app.synth.ImageEncoding;
import io.tiepoint.app.synth.ImageSet;
import io.tiepoint.app.synth.KeypointSource;
import io.tiepoint.app.synth.PairSet;
import io.tiepoint.app.synth.SceneOptions;
import io.tiepoint.app.synth.SceneSet;
import io.tiepoint.app.synth.ShapeSet;
import io.tiepoint.app.synth.SourceImages;
import io.tiepoint.app.synth.SyntheticSet;
import io.tiepoint.app.synth.TruthFiles;
import io.tiepoint.core.check.Check;
import io.tiepoint.core.image.ImageSize;
import io.tiepoint.core.random.Seed;
import io.tiepoint.synthetic.images.ProceduralRecipe;
import io.tiepoint.synthetic.pairs.PairRecipe;
import io.tiepoint.synthetic.pairs.RendererKind;
import io.tiepoint.synthetic.pairs.ScenePairRecipe;
import io.tiepoint.synthetic.pairs.ScenePairs;
import io.tiepoint.synthetic.pairs.ViewPairRecipe;
import io.tiepoint.synthetic.pairs.ViewPairs;
import io.tiepoint.synthetic.scenes.SceneKind;
import io.tiepoint.synthetic.shapes.ShapesRecipe;
import io.tiepoint.train.recipe.Recipes;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What each kind of data can be told; the same for a data set and for a preview. */
final class SynthKinds {
    private SynthKinds() {}

    /** One kind. */
    interface Kind {
        SyntheticSet open(Seed seed, ImageEncoding encoding) throws IOException;

        /** Number of samples in a shard where nothing else is wanted: some 100 MB to 1 GB. */
        default int samplesPerShard() {
            return 1000;
        }
    }

    /** What is written of the truth of views. */
    static final class Truth {
        @Option(names = "--dense", description = "Write the truth of every pixel, too.")
        private boolean dense;

        @Option(
                names = "--keypoints",
                paramLabel = "NAME|DIR",
                description =
                        "Write which keypoints match, too: those of harris, shi-tomasi or fast, or of your own, in"
                                + " files such as DIR/000000000.npz with keypoints0 [N 2], keypoints1 and so on.")
        private @Nullable String keypoints;

        @Option(
                names = "--max-keypoints",
                paramLabel = "N",
                defaultValue = "512",
                description = "At most so many of a detector in each view (default: ${DEFAULT-VALUE}).")
        private int maxKeypoints;

        TruthFiles open(Seed seed) throws IOException {
            KeypointSource source = null;
            if (keypoints != null) {
                Path folder = Path.of(keypoints);
                source = Files.isDirectory(folder)
                        ? KeypointSource.folder(folder)
                        : KeypointSource.detector(keypoints, maxKeypoints);
            }
            return new TruthFiles(dense, source, seed);
        }
    }

    /** Reads {@code 160x120}. */
    static final class SizeConverter implements ITypeConverter<ImageSize> {
        private static final Pattern SIZE = Pattern.compile("([0-9]{1,5})x([0-9]{1,5})");

        @Override
        public ImageSize convert(String value) {
            Matcher size = SIZE.matcher(value.toLowerCase(Locale.ROOT));
            if (!size.matches()) {
                throw new TypeConversionException("expected WIDTHxHEIGHT in px such as 640x480, found " + value);
            }
            int width = Integer.parseInt(size.group(1));
            int height = Integer.parseInt(size.group(2));
            if (Math.min(width, height) < 32 || Math.max(width, height) > 8192) {
                throw new TypeConversionException("expected sides from 32 to 8192 px, found " + value);
            }
            return new ImageSize(width, height);
        }
    }

    /** A recipe by its name, or from a YAML file. */
    private static <T extends Record> T recipe(String nameOrFile, Map<String, T> shipped, Class<T> type)
            throws IOException {
        T named = shipped.get(nameOrFile);
        if (named != null) {
            return named;
        }
        Path file = Path.of(nameOrFile);
        if (!Files.isRegularFile(file)) {
            throw new FileNotFoundException("--recipe: expected one of "
                    + shipped.keySet().stream().sorted().collect(Collectors.joining(", "))
                    + " or a YAML file, found " + nameOrFile + "; give the path of an existing file");
        }
        try {
            return Recipes.parse(Files.readString(file), type, nameOrFile);
        } catch (CharacterCodingException e) {
            throw new IOException(nameOrFile + ": expected YAML in UTF-8, found other bytes", e);
        }
    }

    /** What {@code shapes} can be told. */
    static final class Shapes implements Kind {
        static final Map<String, ShapesRecipe> RECIPES =
                Map.of("default", ShapesRecipe.DEFAULT, "clean", ShapesRecipe.CLEAN, "rich", ShapesRecipe.RICH);

        @Option(
                names = "--recipe",
                paramLabel = "RECIPE",
                defaultValue = "default",
                description = "default (the published shapes), clean (the same without photometric changes), rich (with"
                        + " curves, wires, letters, blobs, layers, weather), or a YAML file; default:"
                        + " ${DEFAULT-VALUE}.")
        private String recipe;

        @Option(
                names = "--size",
                paramLabel = "WxH",
                defaultValue = "160x120",
                converter = SizeConverter.class,
                description = "Size of the images in px (default: ${DEFAULT-VALUE}).")
        private ImageSize size;

        @Override
        public SyntheticSet open(Seed seed, ImageEncoding encoding) throws IOException {
            return new ShapeSet(recipe(recipe, RECIPES, ShapesRecipe.class), size, encoding, seed);
        }
    }

    /** What {@code images} can be told. */
    static final class Images implements Kind {
        private static final Map<String, ProceduralRecipe> RECIPES = Map.of("default", ProceduralRecipe.DEFAULT);

        @Option(
                names = "--recipe",
                paramLabel = "RECIPE",
                defaultValue = "default",
                description = "default, or a YAML file; how images are drawn (default: ${DEFAULT-VALUE}).")
        private String recipe;

        @Option(
                names = "--photos",
                paramLabel = "DIR",
                description = "Cut the images out of the photos of this folder instead of drawing them.")
        private @Nullable Path photos;

        @Option(
                names = "--size",
                paramLabel = "WxH",
                defaultValue = "640x480",
                converter = SizeConverter.class,
                description = "Size of the images in px (default: ${DEFAULT-VALUE}).")
        private ImageSize size;

        @Override
        public SyntheticSet open(Seed seed, ImageEncoding encoding) throws IOException {
            ProceduralRecipe drawn = recipe(recipe, RECIPES, ProceduralRecipe.class);
            return new ImageSet(
                    photos == null ? SourceImages.procedural(drawn, size, seed) : SourceImages.photos(photos, size),
                    encoding);
        }
    }

    /** What {@code pairs} can be told. */
    static final class Pairs implements Kind {
        private static final Map<String, ViewPairRecipe> RECIPES = Map.of(
                "mild", ViewPairRecipe.of(PairRecipe.MILD),
                "medium", ViewPairRecipe.of(PairRecipe.MEDIUM),
                "strong", ViewPairRecipe.of(PairRecipe.STRONG),
                "training", ViewPairRecipe.of(PairRecipe.TRAINING),
                "mixed", ViewPairRecipe.MIXED);
        /** So much larger than the views are the images, for views to move in. */
        private static final double SOURCE_FACTOR = 1.5;

        @Option(
                names = "--recipe",
                paramLabel = "RECIPE",
                defaultValue = "medium",
                description =
                        "mild, medium, strong, training (homographies), mixed (also bent surfaces, lenses, rolling"
                                + " shutters, weather), or a YAML file (default: ${DEFAULT-VALUE}).")
        private String recipe;

        @Option(
                names = "--photos",
                paramLabel = "DIR",
                description = "Show the photos of this folder instead of procedural images.")
        private @Nullable Path photos;

        @Option(
                names = "--size",
                paramLabel = "WxH",
                defaultValue = "640x480",
                converter = SizeConverter.class,
                description = "Size of the views in px (default: ${DEFAULT-VALUE}).")
        private ImageSize size;

        @Option(
                names = "--pairs-per-image",
                paramLabel = "N",
                defaultValue = "4",
                description =
                        "Consecutive pairs that show the same procedural image, which takes longer to draw than to"
                                + " warp (default: ${DEFAULT-VALUE}).")
        private int pairsPerImage;

        @Mixin
        private Truth truth;

        @Override
        public SyntheticSet open(Seed seed, ImageEncoding encoding) throws IOException {
            Check.that(pairsPerImage > 0, "--pairs-per-image: expected > 0, found %s", pairsPerImage);
            ViewPairRecipe resolved = recipe(recipe, RECIPES, ViewPairRecipe.class);
            ImageSize source =
                    new ImageSize((int) (SOURCE_FACTOR * size.width()), (int) (SOURCE_FACTOR * size.height()));
            SourceImages images = photos == null
                    ? SourceImages.procedural(ProceduralRecipe.DEFAULT, source, seed)
                            .repeated(pairsPerImage)
                    : SourceImages.photos(photos, source);
            ViewPairs pairs = new ViewPairs(resolved, images.source(), size, seed.child("pairs"));
            return new PairSet(
                    pairs::pair,
                    PairSet.recipe(size, Recipes.toJson(resolved)),
                    images,
                    encoding,
                    truth.open(seed.child("points")));
        }
    }

    /** What {@code scenes} can be told. */
    static final class Scenes implements Kind {
        private static final Map<String, ScenePairRecipe> RECIPES = Map.of(
                "mild", ScenePairRecipe.MILD,
                "medium", ScenePairRecipe.MEDIUM,
                "strong", ScenePairRecipe.STRONG,
                "training", ScenePairRecipe.TRAINING);

        @Option(
                names = "--recipe",
                paramLabel = "RECIPE",
                defaultValue = "medium",
                description = "mild, medium, strong, training (how far the cameras lie apart), or a YAML file (default:"
                        + " ${DEFAULT-VALUE}).")
        private String recipe;

        @Option(
                names = "--kind",
                paramLabel = "KIND",
                description =
                        "Only one kind of scene: street, interior, landmark, tabletop, terrain (default: all, as the"
                                + " recipe mixes them).")
        private @Nullable SceneKind kind;

        @Option(
                names = "--size",
                paramLabel = "WxH",
                defaultValue = "640x480",
                converter = SizeConverter.class,
                description = "Size of the views in px (default: ${DEFAULT-VALUE}).")
        private ImageSize size;

        @Option(
                names = "--views",
                paramLabel = "N",
                defaultValue = "2",
                description =
                        "Views of each sample; more than two are a walk, each with the truth of the next one (default:"
                                + " ${DEFAULT-VALUE}).")
        private int views;

        @Option(
                names = "--maps",
                paramLabel = "MAP",
                split = ",",
                defaultValue = "depth,normals,objects",
                description = "Maps of each view: depth, normals, objects (default: ${DEFAULT-VALUE}).")
        private Set<SceneOptions.Layer> maps;

        @Option(
                names = "--holes",
                paramLabel = "HOLES",
                defaultValue = "none",
                description =
                        "Write a second depth with holes, and the truth that follows from it: stereo (as multi-view"
                                + " stereo leaves them), or policies with their strengths such as sky=1,thin=0.5 (default:"
                                + " ${DEFAULT-VALUE}).")
        private String holes;

        @Option(
                names = "--renderer",
                paramLabel = "NAME",
                defaultValue = "EMBEDDED",
                description =
                        "embedded (fast, the same everywhere), or blender (path-traced light, minutes for each view; the"
                                + " truth is the same). ./tiepoint doctor says whether Blender is there.")
        private RendererKind renderer;

        @Option(
                names = "--gltf",
                description = "Write each scene as .glb, too, with the first sample that shows it; some 13 MB each.")
        private boolean gltf;

        @Mixin
        private Truth truth;

        @Override
        public SyntheticSet open(Seed seed, ImageEncoding encoding) throws IOException {
            SceneOptions options = new SceneOptions(views, maps, SceneOptions.holes(holes), gltf);
            ScenePairRecipe resolved = recipe(recipe, RECIPES, ScenePairRecipe.class);
            if (kind != null) {
                resolved = resolved.withScenes(resolved.scenes().only(kind));
            }
            return new SceneSet(
                    new ScenePairs(resolved, size, seed.child("scenes"), renderer.open()),
                    PairSet.recipe(size, Recipes.toJson(resolved)).put("renderer", renderer.name()),
                    encoding,
                    options,
                    truth.open(seed.child("points")),
                    seed.child("holes"));
        }

        @Override
        public int samplesPerShard() {
            return 100;
        }
    }
}
