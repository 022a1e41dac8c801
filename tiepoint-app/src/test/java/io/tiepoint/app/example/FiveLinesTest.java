package io.tiepoint.app.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.tiepoint.core.image.ColorImage;
import io.tiepoint.core.image.ImageFiles;
import io.tiepoint.core.image.ImageSize;
import io.tiepoint.core.random.Seed;
import io.tiepoint.synthetic.images.ProceduralImages;
import io.tiepoint.synthetic.images.ProceduralRecipe;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FiveLinesTest {
    @TempDir
    private Path folder;

    @Test
    void matchAnImageWithItself() throws IOException {
        Path file = folder.resolve("scene.png");
        ProceduralImages images = new ProceduralImages(ProceduralRecipe.DEFAULT, new Seed(1), new ImageSize(320, 240));
        ImageFiles.writePng(ColorImage.of(images.image(0)), file);

        StringWriter text = new StringWriter();
        FiveLines.run(file, file, new PrintWriter(text, true));
        assertThat(text.toString().lines())
                .hasSizeGreaterThan(20)
                .allMatch(line -> line.matches("(PixelPoint\\[.*]) is PixelPoint\\[.*]"));
        long same = text.toString()
                .lines()
                .filter(line -> line.matches("(.*) is \\1"))
                .count();
        assertThat(same).isGreaterThan(text.toString().lines().count() * 9 / 10);
    }
}
