package io.tiepoint.app.synth;

import io.tiepoint.core.check.Check;
import io.tiepoint.synthetic.holes.HolePolicy;
import io.tiepoint.synthetic.holes.HoleRecipe;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is written of scenes.
 *
 * @param views number of views of each sample: 2 for pairs, more for a walk
 * @param maps which maps each view has
 * @param holes that are punched into a second map of the depth; {@link HoleRecipe#NONE} for no second map
 * @param gltf whether the scenes themselves are written, too
 */
public record SceneOptions(int views, Set<Layer> maps, HoleRecipe holes, boolean gltf) {
    /** More would not fit into memory in large images. */
    private static final int MOST_VIEWS = 100;

    /** Checks the number of views. */
    public SceneOptions {
        Check.that(views >= 2 && views <= MOST_VIEWS, "--views: expected from 2 to %s, found %s", MOST_VIEWS, views);
        EnumSet<Layer> copy = EnumSet.noneOf(Layer.class);
        copy.addAll(maps);
        maps = Set.copyOf(copy);
    }

    /** What is known of each pixel of a view. */
    public enum Layer {
        /** z, m. */
        DEPTH,
        /** Normals of the surfaces. */
        NORMALS,
        /** Numbers of the objects. */
        OBJECTS
    }

    /** Whether there is a second map of the depth. */
    boolean hasHoles() {
        return !holes.strengths().isEmpty();
    }

    /**
     * Reads holes.
     *
     * @param text {@code none}, {@code stereo}, or policies with their strengths such as {@code sky=1,thin=0.5}
     */
    public static HoleRecipe holes(String text) {
        if (text.equals("none")) {
            return HoleRecipe.NONE;
        }
        if (text.equals("stereo")) {
            return HoleRecipe.MULTI_VIEW_STEREO;
        }
        Map<HolePolicy, Double> strengths = new EnumMap<>(HolePolicy.class);
        for (String part : text.split(",", -1)) {
            String[] words = part.split("=", -1);
            HolePolicy policy = policy(words[0], text);
            Check.that(
                    words.length == 2 && !strengths.containsKey(policy),
                    "--holes: expected each policy once with its strength such as thin=0.5, found %s",
                    text);
            strengths.put(policy, strength(words[1], text));
        }
        return new HoleRecipe(strengths);
    }

    private static HolePolicy policy(String word, String text) {
        String name = word.toUpperCase(Locale.ROOT).replace('-', '_');
        return Arrays.stream(HolePolicy.values())
                .filter(policy -> policy.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("--holes: expected none, stereo or policies of "
                        + Arrays.stream(HolePolicy.values())
                                .map(policy ->
                                        policy.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                                .collect(Collectors.joining(", "))
                        + " with strengths such as thin=0.5, found " + text));
    }

    private static double strength(String word, String text) {
        double strength;
        try {
            strength = Double.parseDouble(word);
        } catch (NumberFormatException e) {
            strength = Double.NaN;
        }
        Check.that(strength >= 0 && strength <= 1, "--holes: expected strengths from 0 to 1, found %s", text);
        return strength;
    }
}
