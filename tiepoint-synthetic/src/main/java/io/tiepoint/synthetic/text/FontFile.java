package io.tiepoint.synthetic.text;

import java.awt.geom.GeneralPath;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.fontbox.ttf.CmapLookup;
import org.apache.fontbox.ttf.GlyphData;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;

/**
 * The outlines of one TrueType file. Of the JDK only its paths are used: its areas, which could unite contours that overlap, are not the
 * same from version to version.
 */
final class FontFile {
    private static final Map<Face, FontFile> READ = new ConcurrentHashMap<>();

    private final TrueTypeFont font;
    private final CmapLookup characters;
    private final double capitalHeight;
    private final Map<Integer, Outline> glyphs = new ConcurrentHashMap<>();

    private FontFile(TrueTypeFont font) throws IOException {
        this.font = font;
        characters = font.getUnicodeCmapLookup();
        capitalHeight = path('H').getBounds2D().getMaxY();
    }

    static FontFile of(Face face) {
        return READ.computeIfAbsent(face, FontFile::read);
    }

    private static FontFile read(Face face) {
        try (InputStream in = FontFile.class.getResourceAsStream(face.file)) {
            if (in == null) {
                throw new FileNotFoundException(
                        face.file + ": expected it beside the classes, found none; build again");
            }
            return new FontFile(new TTFParser(true).parse(new RandomAccessReadBuffer(in)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean has(int character) {
        return characters.getGlyphId(character) != 0;
    }

    /** A line of text that consists of characters that the font has. */
    Outline outline(String text) {
        int[] line = text.codePoints().toArray();
        if (line.length == 1) {
            return glyph(line[0]);
        }
        List<Outline> letters = new ArrayList<>();
        double left = 0;
        for (int character : line) {
            Outline letter = glyph(character);
            letters.add(letter.moved(left));
            left += letter.advance();
        }
        return Outline.of(letters, left);
    }

    private Outline glyph(int character) {
        return glyphs.computeIfAbsent(character, this::read);
    }

    private Outline read(int character) {
        try {
            double advance = font.getAdvanceWidth(characters.getGlyphId(character)) / capitalHeight;
            return Outline.of(path(character), capitalHeight, advance);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private GeneralPath path(int character) throws IOException {
        // The font reads its file on demand, which only one may do at a time.
        synchronized (font) {
            GlyphData data = font.getGlyph().getGlyph(characters.getGlyphId(character));
            return data == null ? new GeneralPath() : data.getPath();
        }
    }
}
