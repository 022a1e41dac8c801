package io.tiepoint.evaluate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes reports as JSON and reads them back strictly: unknown, missing and ill-typed keys are refused. */
final class ReportJson {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private ReportJson() {}

    static String write(Object report) {
        try {
            return JSON.writeValueAsString(report) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a report can always be written", e);
        }
    }

    static <T> T read(Path file, Class<T> type) throws IOException {
        String text = Files.readString(file);
        try {
            return JSON.readValue(text, type);
        } catch (JsonProcessingException e) {
            throw new IOException(
                    file + ": expected a report of `tiepoint evaluate`, found " + e.getOriginalMessage(), e);
        }
    }

    static void checkFormat(Path file, String expected, String found) throws IOException {
        if (!expected.equals(found)) {
            throw new IOException(file + ": expected format " + expected + ", found " + found);
        }
    }
}
