package io.tiepoint.synthetic.text;

import io.tiepoint.core.random.Draws;

/**
 * Makes words of random letters of one face, alphabet and case. What they say does not matter to who learns from pictures; which strokes
 * meet in them does.
 */
public final class Words {
    private static final Face[] FACES = Face.values();

    /** A face that has fewer letters of an alphabet writes Latin. */
    private static final int FEWEST = 20;

    private static final String LATIN = "abcdefghijklmnopqrstuvwxyz";
    private static final String ACCENTED =
            "abcdefghijklmnopqrstuvwxyzàáâãäåæçèéêëìíîïñòóôõöøùúûüýąćčďęěğłńňőřśšşťůűźżž";
    private static final String GREEK = "αβγδεζηθικλμνξοπρστυφχψωάέήίόύώ";
    private static final String CYRILLIC = "абвгдежзийклмнопрстуфхцчшщъыьэюяёєії";
    private static final String DIGITS = "0123456789";
    private static final String BETWEEN_DIGITS = ".,:-/";
    private static final String AFTER_WORDS = ".,:;!?";
    private static final String ALONE = "&%@#*+=$";

    private final Face face;
    private final int[] letters;
    private final Case casing;

    private Words(Face face, int[] letters, Case casing) {
        this.face = face;
        this.letters = letters;
        this.casing = casing;
    }

    private enum Case {
        CAPITALS,
        CAPITALISED,
        SMALL
    }

    /** Draws a face and what is written in it: half of it plain Latin, the rest Latin with accents, Greek and Cyrillic. */
    public static Words draw(Draws draws) {
        Face face = FACES[draws.nextInt(FACES.length)];
        double share = draws.nextDouble();
        int[] letters = of(face, share < 0.5 ? LATIN : share < 0.7 ? ACCENTED : share < 0.8 ? GREEK : CYRILLIC);
        Case casing = Case.values()[draws.nextInt(3)];
        return new Words(face, letters.length < FEWEST ? of(face, LATIN) : letters, casing);
    }

    /** The letters that a face has both small and large. */
    private static int[] of(Face face, String alphabet) {
        return alphabet.codePoints()
                .filter(letter -> face.has(letter) && face.has(Character.toUpperCase(letter)))
                .toArray();
    }

    /** The face that has all their characters. */
    public Face face() {
        return face;
    }

    /**
     * The next word or number, without blanks; at times with a punctuation mark.
     *
     * @param length number of letters or digits
     */
    public String next(int length, Draws draws) {
        double kind = draws.nextDouble();
        if (kind < 0.05) {
            return one(ALONE, draws);
        }
        return kind < 0.2 ? number(length, draws) : word(length, draws);
    }

    private String word(int length, Draws draws) {
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < length; i++) {
            int letter = letters[draws.nextInt(letters.length)];
            boolean isCapital = casing == Case.CAPITALS || (casing == Case.CAPITALISED && i == 0);
            word.appendCodePoint(isCapital ? Character.toUpperCase(letter) : letter);
        }
        if (draws.chance(0.1)) {
            return "(" + word + ")";
        }
        return draws.chance(0.15) ? word + one(AFTER_WORDS, draws) : word.toString();
    }

    private static String number(int length, Draws draws) {
        StringBuilder number = new StringBuilder();
        for (int i = 0; i < length; i++) {
            boolean isBetween = i > 0 && i < length - 1 && draws.chance(0.2);
            number.append(one(isBetween ? BETWEEN_DIGITS : DIGITS, draws));
        }
        return number.toString();
    }

    private static String one(String characters, Draws draws) {
        int i = draws.nextInt(characters.length());
        return characters.substring(i, i + 1);
    }
}
