package io.tiepoint.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.tiepoint.core.image.ImageFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoCommandTest {
    @TempDir
    private Path folder;

    @Test
    void comparesWithTheExactTruthAndKeepsWhatIsThere() throws IOException {
        Path out = folder.resolve("demo");
        Cli run = Cli.run("demo", "--extractor", "rootsift", "--out", out);
        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .contains("two views of scene 9, 640x480 px")
                .containsPattern("\\d+ matches: \\d+ right \\(< 3 px\\), \\d+ wrong, 0 unknown")
                .containsPattern("corners are off by \\d+\\.\\d+ px")
                .contains("ms extraction", "matches.png");
        assertThat(ImageFiles.readColor(out.resolve("matches.png")).width()).isEqualTo(1288);
        assertThat(ImageFiles.readGray(out.resolve("view1.png")).width()).isEqualTo(640);

        Path kept = Files.writeString(out.resolve("view0.png"), "precious");
        Cli again = Cli.run("demo", "--extractor", "rootsift", "--out", out);
        assertThat(again.exitCode()).isEqualTo(2);
        assertThat(again.err()).contains("--overwrite").hasLineCount(1);
        assertThat(kept).hasContent("precious");
    }

    @Test
    void aFileIsNoFolder() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "precious");
        Cli run = Cli.run("demo", "--extractor", "rootsift", "--out", file);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("file: expected a folder, found a file").hasLineCount(1);
        assertThat(file).hasContent("precious");
    }

    @Test
    void aSeedIsANumber() {
        assertThat(Cli.run("demo", "--seed", "nine").exitCode()).isEqualTo(2);
    }
}
