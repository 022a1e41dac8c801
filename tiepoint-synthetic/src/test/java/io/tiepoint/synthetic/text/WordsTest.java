package io.tiepoint.synthetic.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.tiepoint.core.random.Draws;
import io.tiepoint.core.random.Seed;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WordsTest {
    @Test
    void writesOnlyWhatTheFaceHasInEveryAlphabetAndFace() {
        Set<Face> faces = EnumSet.noneOf(Face.class);
        Set<Character.UnicodeScript> scripts = new HashSet<>();
        StringBuilder all = new StringBuilder();
        for (int seed = 0; seed < 500; seed++) {
            Draws draws = new Seed(seed).draws();
            Words words = Words.draw(draws);
            for (int i = 0; i < 5; i++) {
                String word = words.next(3, draws);
                assertThat(word).isNotBlank().hasSizeBetween(1, 5);
                assertThat(words.face().outline(word).advance()).isPositive();
                word.codePoints().mapToObj(Character.UnicodeScript::of).forEach(scripts::add);
                all.append(word);
            }
            faces.add(words.face());
        }
        assertThat(faces).containsExactlyInAnyOrder(Face.values());
        assertThat(scripts)
                .contains(
                        Character.UnicodeScript.LATIN,
                        Character.UnicodeScript.GREEK,
                        Character.UnicodeScript.CYRILLIC,
                        Character.UnicodeScript.COMMON);
        assertThat(all.toString()).contains("a", "Z", "é", "Ž", "ω", "Ж", "7", "?", "&", "(");
    }

    @Test
    void isAFunctionOfTheDraws() {
        Draws first = new Seed(8).draws();
        Draws second = new Seed(8).draws();
        Words words = Words.draw(first);
        Words same = Words.draw(second);
        assertThat(same.face()).isEqualTo(words.face());
        for (int i = 0; i < 20; i++) {
            assertThat(same.next(5, second)).isEqualTo(words.next(5, first));
        }
    }
}
