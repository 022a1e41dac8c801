package io.tiepoint.synthetic.golden;

import static org.assertj.core.api.Assertions.assertThat;

import io.tiepoint.core.image.GrayImage;
import io.tiepoint.core.image.ImageSize;
import io.tiepoint.core.image.PngEncoder;
import io.tiepoint.core.random.Draws;
import io.tiepoint.core.random.Seed;
import io.tiepoint.core.truth.PointTruth;
import io.tiepoint.core.truth.TwoViewTruth;
import io.tiepoint.synthetic.images.ImageSource;
import io.tiepoint.synthetic.images.PhotoFolder;
import io.tiepoint.synthetic.images.ProceduralImages;
import io.tiepoint.synthetic.images.ProceduralRecipe;
import io.tiepoint.synthetic.images.RepeatedImages;
import io.tiepoint.synthetic.pairs.PairRecipe;
import io.tiepoint.synthetic.pairs.ViewPair;
import io.tiepoint.synthetic.pairs.ViewPairRecipe;
import io.tiepoint.synthetic.pairs.ViewPairs;
import io.tiepoint.synthetic.pipeline.Prefetcher;
import io.tiepoint.synthetic.shapes.CornerLabel;
import io.tiepoint.synthetic.shapes.ShapeSample;
import io.tiepoint.synthetic.shapes.ShapesGenerator;
import io.tiepoint.synthetic.shapes.ShapesRecipe;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.LongFunction;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The same bits on every JDK and machine, for any number of threads, alone or among others. */
class GoldenSamplesTest {
    private static final ImageSize SIZE = new ImageSize(160, 120);
    private static final Seed SEED = new Seed(1);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void makesTheSameBits(GoldenSamples golden) {
        for (int threads : new int[] {1, 2, 8}) {
            assertThat(inOrder(generator(golden), golden.count, threads))
                    .as("%s of %s threads", golden, threads)
                    .isEqualTo(golden.sha256);
        }
    }

    @ParameterizedTest
    @EnumSource
    void makesASampleAloneAsItIsAmongOthers(GoldenSamples golden) {
        int last = golden.count - 1;
        LongFunction<byte[]> all = generator(golden);
        byte[] among = {};
        for (int i = 0; i <= last; i++) {
            among = all.apply(i);
        }
        assertThat(generator(golden).apply(last)).isEqualTo(among);
    }

    private static String inOrder(LongFunction<byte[]> generator, int count, int threads) {
        MessageDigest digest = sha256();
        try (Prefetcher<byte[]> samples = new Prefetcher<>(generator, 0, threads, 2 * threads)) {
            for (int i = 0; i < count; i++) {
                digest.update(samples.next());
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Makes the checksum of each sample. */
    private LongFunction<byte[]> generator(GoldenSamples golden) {
        return switch (golden) {
            case SHAPES_DEFAULT -> shapes(ShapesRecipe.DEFAULT);
            case SHAPES_CLEAN -> shapes(ShapesRecipe.CLEAN);
            case SHAPES_RICH -> shapes(ShapesRecipe.RICH);
            case IMAGES -> {
                ImageSource images = images(SIZE);
                yield index -> {
                    MessageDigest digest = sha256();
                    update(digest, images.image(index));
                    return digest.digest();
                };
            }
            case PAIRS_MILD -> pairs(ViewPairRecipe.of(PairRecipe.MILD), procedural());
            case PAIRS_MEDIUM -> pairs(ViewPairRecipe.of(PairRecipe.MEDIUM), procedural());
            case PAIRS_STRONG -> pairs(ViewPairRecipe.of(PairRecipe.STRONG), procedural());
            case PAIRS_TRAINING -> pairs(ViewPairRecipe.of(PairRecipe.TRAINING), procedural());
            case PAIRS_MIXED -> pairs(ViewPairRecipe.MIXED, procedural());
            case PAIRS_OF_PHOTOGRAPHS -> pairs(ViewPairRecipe.MIXED, photographs());
        };
    }

    private static ImageSource images(ImageSize size) {
        return new ProceduralImages(ProceduralRecipe.DEFAULT, SEED, size);
    }

    private static ImageSource procedural() {
        return new RepeatedImages(images(new ImageSize(240, 180)), 12);
    }

    private ImageSource photographs() {
        try {
            for (int i = 0; i < 2; i++) {
                Path file = folder.resolve(i + ".png");
                if (!Files.exists(file)) {
                    Path ignored = Files.write(
                            file,
                            PngEncoder.encode(images(new ImageSize(500, 400)).image(i)));
                }
            }
            return new PhotoFolder(folder, new ImageSize(240, 180));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static LongFunction<byte[]> shapes(ShapesRecipe recipe) {
        ShapesGenerator shapes = new ShapesGenerator(recipe, SIZE, SEED);
        return index -> {
            ShapeSample sample = shapes.sample(index);
            MessageDigest digest = sha256();
            update(digest, sample.image());
            for (CornerLabel label : sample.labels()) {
                update(digest, label.x(), label.y(), number(label.kind()), number(label.visibility()));
            }
            return digest.digest();
        };
    }

    private static LongFunction<byte[]> pairs(ViewPairRecipe recipe, ImageSource images) {
        ViewPairs pairs = new ViewPairs(recipe, images, SIZE, SEED);
        return index -> {
            ViewPair pair = pairs.pair(index);
            MessageDigest digest = sha256();
            update(digest, pair.image0());
            update(digest, pair.image1());
            update(digest, pair.truth());
            update(digest, pair.truth().reversed());
            return digest.digest();
        };
    }

    private static void update(MessageDigest digest, GrayImage image) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * image.pixels().length);
        bytes.asFloatBuffer().put(image.pixels());
        digest.update(bytes.array());
    }

    private static void update(MessageDigest digest, TwoViewTruth truth) {
        Draws draws = SEED.draws();
        for (int i = 0; i < 50; i++) {
            PointTruth located = truth.locate(draws.nextDouble(0, SIZE.width()), draws.nextDouble(0, SIZE.height()));
            update(digest, number(located.reason()), located.x(), located.y());
        }
    }

    private static int number(Enum<?> constant) {
        return Arrays.asList(constant.getDeclaringClass().getEnumConstants()).indexOf(constant);
    }

    private static void update(MessageDigest digest, double... values) {
        ByteBuffer bytes = ByteBuffer.allocate(8 * values.length);
        bytes.asDoubleBuffer().put(values);
        digest.update(bytes.array());
    }
}
