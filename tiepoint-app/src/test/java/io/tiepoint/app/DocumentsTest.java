package io.tiepoint.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the documents say is there. */
class DocumentsTest {
    static final Path ROOT = root();
    private static final Pattern LINK = Pattern.compile("]\\(([^)#\\s]+)(#[^)]*)?\\)");
    private static final Pattern COMMAND = Pattern.compile("\\./tiepoint ([a-z]+)");

    @Test
    void everyLinkLeadsSomewhere() throws IOException {
        List<String> dead = new ArrayList<>();
        for (Path document : documents()) {
            Matcher link = LINK.matcher(Files.readString(document));
            while (link.find()) {
                String target = link.group(1);
                if (!target.startsWith("http")
                        && !Files.exists(document.resolveSibling(target).normalize())) {
                    dead.add(ROOT.relativize(document) + ": " + target);
                }
            }
        }
        assertThat(dead).isEmpty();
    }

    @Test
    void everyCommandExists() throws IOException {
        for (Path document : documents()) {
            Matcher command = COMMAND.matcher(Files.readString(document));
            while (command.find()) {
                assertThat(Cli.run(command.group(1), "--help").exitCode())
                        .as("%s: %s", document, command.group())
                        .isZero();
            }
        }
    }

    @Test
    void theReadmeQuotesTheExampleAsItIs() throws IOException {
        String source =
                Files.readString(ROOT.resolve("tiepoint-app/src/test/java/io/tiepoint/app/example/FiveLines.java"));
        String quoted = source.substring(source.indexOf("// begin") + "// begin".length(), source.indexOf("// end"));
        String code = quoted.stripIndent().strip();
        assertThat(code.lines()).hasSize(5);
        assertThat(Files.readString(ROOT.resolve("README.md"))).contains("```java\n" + code + "\n```");
    }

    private static List<Path> documents() throws IOException {
        try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
            return Stream.concat(Stream.of(ROOT.resolve("README.md")), docs)
                    .filter(file -> file.toString().endsWith(".md"))
                    .toList();
        }
    }

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve("tiepoint-core"))) {
            folder = Objects.requireNonNull(folder.getParent(), "the tests run inside the checkout");
        }
        return folder;
    }
}
