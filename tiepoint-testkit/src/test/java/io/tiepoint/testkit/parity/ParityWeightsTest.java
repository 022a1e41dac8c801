package io.tiepoint.testkit.parity;

import static org.assertj.core.api.Assertions.assertThat;

import io.tiepoint.testkit.SharedFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ParityWeightsTest {
    @Test
    void givesTheCheckValues() throws IOException {
        Map<String, Map<String, ParityWeights.ParityTensor>> networks = new HashMap<>();
        int checked = 0;
        for (String line : Files.readAllLines(SharedFiles.get("parity/weights/check-values.tsv"))) {
            String[] columns = line.split("\t", -1);
            if (!line.startsWith("#")) {
                Map<String, ParityWeights.ParityTensor> network = networks.get(columns[0]);
                if (network == null) {
                    network = ParityWeights.of(columns[0]);
                    networks.put(columns[0], network);
                }
                ParityWeights.ParityTensor tensor = Objects.requireNonNull(network.get(columns[1]));
                assertThat(tensor.values()[Integer.parseInt(columns[2])])
                        .as("%s %s", columns[0], columns[1])
                        .isEqualTo(Float.parseFloat(columns[3]));
                checked++;
            }
        }
        assertThat(checked).isEqualTo(40);
        assertThat(networks).hasSize(8);
    }

    @Test
    void readsShapesAndValuesOfNpyFiles() throws IOException {
        NpyFile image = NpyFile.read(SharedFiles.get("parity/images/tiny.npy"));
        NpyFile none = NpyFile.read(SharedFiles.get("parity/lightglue-256/empty0/in_descriptors0.npy"));

        assertThat(image.shape()).containsExactly(16, 24);
        assertThat(image.values()).hasSize(16 * 24);
        assertThat(image.values()[0] * 255).isEqualTo(Math.round(image.values()[0] * 255));
        assertThat(none.shape()).containsExactly(0, 256);
        assertThat(none.values()).isEmpty();
    }
}
