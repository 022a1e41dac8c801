package io.tiepoint.app;

import io.tiepoint.app.synth.ImageEncoding;
import io.tiepoint.app.synth.ImageSet;
import io.tiepoint.app.synth.PairSet;
import io.tiepoint.app.synth.ShapeSet;
import io.tiepoint.app.synth.SourceImages;
import io.tiepoint.app.synth.SyntheticSet;
import io.tiepoint.core.check.Check;
import io.tiepoint.core.image.ImageSize;
import io.tiepoint.core.random.Seed;
import io.tiepoint.synthetic.images.ProceduralRecipe;
import io.tiepoint.synthetic.pairs.PairRecipe;
import io.tiepoint.synthetic.pairs.ViewPairRecipe;
import io.tiepoint.synthetic.pairs.ViewPairs;
import io.tiepoint.synthetic.shapes.ShapesRecipe;
import io.tiepoint.train.recipe.Recipes;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What each kind of data can be told; the same for a data set and for a preview. */
final class SynthKinds {
    private SynthKinds() {}

    /** One kind. */
    interface Kind {
        SyntheticSet open(Seed seed, ImageEncoding encoding) throws IOException;
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
                description =
                        "default (the published shapes), clean (the same without photometric changes), rich (with curves,"
                                + " wires, letters, blobs, layers, weather), or a YAML file;"
                                + " default: ${DEFAULT-VALUE}.")
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

        @Option(names = "--dense", description = "Write the truth of every pixel, too.")
        private boolean dense;

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
                    dense,
                    seed.child("points"));
        }
    }
}
