package io.tiepoint.train.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tiepoint.core.model.Sha256;
import io.tiepoint.core.random.Draws;
import io.tiepoint.core.random.Seed;
import io.tiepoint.train.network.LightGlueNetwork;
import io.tiepoint.train.network.Network;
import io.tiepoint.train.network.ParameterSpec;
import io.tiepoint.train.network.SuperPointNetwork;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A state dict of ours, as Python sees it: by its standard library alone, and by PyTorch. */
class PythonReadsStateDictTest {
    /** What torch.load does, with functions of our own in place of PyTorch's. */
    private static final String BY_STANDARD_LIBRARY = """
            import hashlib, pickle, sys, zipfile
            archive = zipfile.ZipFile(sys.argv[1])
            assert archive.testzip() is None
            assert all(entry.compress_type == zipfile.ZIP_STORED for entry in archive.infolist())
            class Reader(pickle.Unpickler):
                def find_class(self, module, name):
                    if (module, name) == ('collections', 'OrderedDict'):
                        return super().find_class(module, name)
                    if (module, name) == ('torch._utils', '_rebuild_tensor_v2'):
                        return lambda *arguments: arguments
                    assert (module, name) == ('torch', 'FloatStorage'), (module, name)
                    return name
                def persistent_load(self, id):
                    assert id[0] == 'storage' and id[3] == 'cpu', id
                    values = archive.read('archive/data/' + id[2])
                    assert len(values) == 4 * id[4]
                    return values
            for name, (values, offset, shape, stride, grad, hooks) in Reader(archive.open('archive/data.pkl')).load().items():
                assert offset == 0 and not grad and not hooks
                expected = 1
                for size, step in reversed(list(zip(shape, stride))):
                    assert step == expected
                    expected *= size
                print(name, ','.join(map(str, shape)), hashlib.sha256(values).hexdigest())
            """;

    private static final String BY_PYTORCH = """
            import hashlib, sys, torch
            state = torch.load(sys.argv[1])
            for name, tensor in state.items():
                assert tensor.dtype == torch.float32 and tensor.is_contiguous()
                print(name, ','.join(map(str, tensor.shape)), hashlib.sha256(tensor.numpy().tobytes()).hexdigest())
            torch.save(state, sys.argv[2])
            torch.save(state, sys.argv[2] + '.old', _use_new_zipfile_serialization=False)
            """;

    @TempDir
    private Path folder;

    private Path file;
    private Path again;

    @BeforeEach
    void name() {
        file = folder.resolve("ours.pth");
        again = folder.resolve("theirs.pth");
    }

    static Map<String, Safetensors.Entry> weights(Network network) {
        Draws draws = new Seed(4).draws();
        Map<String, Safetensors.Entry> tensors = new LinkedHashMap<>();
        for (ParameterSpec spec : network.parameters()) {
            float[] values = new float[spec.count()];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) draws.nextGaussian();
            }
            tensors.put(spec.name(), new Safetensors.Entry(spec.shape(), values));
        }
        return tensors;
    }

    private static List<String> lines(Map<String, Safetensors.Entry> tensors) {
        List<String> lines = new ArrayList<>();
        tensors.forEach((name, entry) -> {
            ByteBuffer bytes = ByteBuffer.allocate(4 * entry.values().length).order(ByteOrder.LITTLE_ENDIAN);
            bytes.asFloatBuffer().put(entry.values());
            String shape =
                    String.join(",", entry.shape().stream().map(String::valueOf).toList());
            lines.add(name + " " + shape + " " + Sha256.of(bytes.array()));
        });
        return lines;
    }

    private List<String> python(String program, String script) throws IOException, InterruptedException {
        Path source = Files.writeString(folder.resolve("script.py"), script);
        Path out = folder.resolve("out.txt");
        Process process = new ProcessBuilder(program, source.toString(), file.toString(), again.toString())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        List<String> lines = Files.readAllLines(out, StandardCharsets.UTF_8);
        assertThat(process.exitValue()).as(String.join("\n", lines)).isZero();
        return lines;
    }

    /** The first Python that has a module: the one on the PATH need not be the one that Debian's packages belong to. */
    private static Optional<String> pythonWith(String module) {
        return Stream.of("python3", "/usr/bin/python3")
                .filter(program -> canImport(program, module))
                .findFirst();
    }

    private static boolean canImport(String program, String module) {
        try {
            return new ProcessBuilder(program, "-c", "import " + module)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    static Stream<Network> networks() {
        return Stream.of(new SuperPointNetwork(), new LightGlueNetwork(128, 64, 2, 1));
    }

    @Test
    void theStandardLibraryFindsEveryValue() throws IOException, InterruptedException {
        Optional<String> program = pythonWith("zipfile");
        assumeTrue(program.isPresent(), "skipped: there is no python3");
        for (Network network : networks().toList()) {
            Map<String, Safetensors.Entry> tensors = weights(network);
            TorchWriter.write(file, tensors);
            assertThat(python(program.orElseThrow(), BY_STANDARD_LIBRARY)).isEqualTo(lines(tensors));
        }
    }

    @Test
    void pyTorchLoadsThemAndWeLoadItsFiles() throws IOException, InterruptedException {
        Optional<String> program = pythonWith("torch");
        assumeTrue(program.isPresent(), "skipped: python3 has no torch; Debian's package is python3-torch");
        for (Network network : networks().toList()) {
            Map<String, Safetensors.Entry> tensors = weights(network);
            TorchWriter.write(file, tensors);
            assertThat(python(program.orElseThrow(), BY_PYTORCH)).isEqualTo(lines(tensors));
            for (Path theirs : List.of(again, again.resolveSibling(again.getFileName() + ".old"))) {
                StateDict state = WeightFile.read(theirs).state();
                Map<String, Safetensors.Entry> found = new LinkedHashMap<>();
                state.tensors()
                        .forEach((name, tensor) ->
                                found.put(name, new Safetensors.Entry(tensor.shape(), tensor.toFloats())));
                assertThat(lines(found)).isEqualTo(lines(tensors));
            }
        }
    }
}
