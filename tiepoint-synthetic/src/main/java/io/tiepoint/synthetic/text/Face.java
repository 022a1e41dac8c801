package io.tiepoint.synthetic.text;

import io.tiepoint.core.check.Check;

/**
 * The faces that text is set in. They are free fonts that lie beside this class with their licences, so that text is the same on every
 * machine; the JDK's own rasteriser of fonts is not. Each is read once, when first needed. Safe for use by several threads.
 */
public enum Face {
    /** Go Regular, by Bigelow and Holmes: Latin, Greek, Cyrillic. */
    SANS("Go-Regular.ttf"),
    /** Go Bold. */
    BOLD("Go-Bold.ttf"),
    /** Open Sans Condensed Bold: Latin, Greek, Cyrillic. */
    CONDENSED("OpenSans-CondBold.ttf"),
    /** Liberation Serif: Latin, Greek, Cyrillic. */
    SERIF("LiberationSerif-Regular.ttf"),
    /** Go Mono, with slabs: Latin, Greek, Cyrillic. */
    MONO("Go-Mono.ttf"),
    /** Comfortaa Bold, whose strokes end round: Latin, Greek, Cyrillic. */
    ROUNDED("Comfortaa-Bold.ttf"),
    /** Leckerli One, a brush whose letters touch: Latin of western Europe. */
    SCRIPT("LeckerliOne-Regular.ttf");

    final String file;

    Face(String file) {
        this.file = file;
    }

    /** Whether the face has a character, by its code point. */
    public boolean has(int character) {
        return FontFile.of(this).has(character);
    }

    /**
     * The outline of a line of text, without kerning.
     *
     * @param text code points that the face has
     * @throws IllegalArgumentException if it lacks one
     */
    public Outline outline(String text) {
        FontFile font = FontFile.of(this);
        text.codePoints().forEach(character -> check(font, character));
        return font.outline(text);
    }

    private void check(FontFile font, int character) {
        Check.that(
                font.has(character),
                "text: expected characters that %s (%s) has, found U+%04X; use another face or leave it out",
                name(),
                file,
                character);
    }
}
