package io.tiepoint.train.stage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tiepoint.core.model.ModelFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the models of a run come from, beside its recipe: {@code origin.json} in the run's folder, so that cards tell it whoever
 * writes them, and whenever.
 *
 * @param images what is learned from, in a word
 * @param commits of the programs that trained, the first first
 */
public record Origin(String images, List<String> commits) {
    private static final String FILE = "origin.json";
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .build();

    /** Keeps its own copy of the commits. */
    public Origin {
        commits = List.copyOf(commits);
    }

    /** A run that one program trains. */
    public static Origin of(String images, String commit) {
        return new Origin(images, List.of(commit));
    }

    /** The same after another program went on with it. */
    public Origin with(String images, String commit) {
        return new Origin(
                images,
                Stream.concat(commits.stream(), Stream.of(commit)).distinct().toList());
    }

    /**
     * Reads that of a run.
     *
     * @throws ModelFormatException if the file says something else
     */
    public static Origin read(Path run) throws IOException {
        Path file = run.resolve(FILE);
        try {
            return JSON.readValue(Files.readString(file), Origin.class);
        } catch (JsonProcessingException e) {
            throw new ModelFormatException(
                    file + ": expected the images and commits of a run, found " + e.getOriginalMessage(), e);
        }
    }

    /** Writes it into a run's folder, whole or not at all. */
    public void write(Path run) throws IOException {
        Path temporary = run.resolve(FILE + ".tmp");
        Files.writeString(temporary, JSON.writeValueAsString(this) + "\n");
        Files.move(temporary, run.resolve(FILE), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
