package io.tiepoint.train.architecture;

import io.tiepoint.core.model.ModelFormatException;
import io.tiepoint.train.network.Network;
import io.tiepoint.train.network.ParameterSpec;
import io.tiepoint.train.weights.Safetensors;
import io.tiepoint.train.weights.StoredTensor;
import io.tiepoint.train.weights.WeightFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Takes the weights of a network from a file: finds them below any prefix such as {@code model.} or {@code extractor.}, gives
 * them the network's names, and checks every name, shape and value.
 */
public final class WeightImport {
    /** So many names are told of a file that holds something else. */
    private static final int SHOWN = 3;

    private final Path file;
    private final Architecture architecture;
    private final boolean isGraph;

    private WeightImport(Path file, Architecture architecture, boolean isGraph) {
        this.file = file;
        this.architecture = architecture;
        this.isGraph = isGraph;
    }

    /**
     * Reads weights.
     *
     * @throws ModelFormatException if the file is damaged, or its tensors are not exactly those of such a network
     */
    public static ImportedWeights read(Path file, Architecture architecture) throws IOException {
        return of(WeightFile.read(file), file, architecture);
    }

    /** Takes weights from a file that was read before. */
    public static ImportedWeights of(WeightFile read, Path file, Architecture architecture)
            throws ModelFormatException {
        boolean isGraph = read.format() == WeightFile.Format.ONNX;
        return new WeightImport(file, architecture, isGraph).take(read.state().tensors());
    }

    /** The first architecture whose anchors the file holds, if any does; it need not fit exactly. */
    public static Optional<Architecture> recognise(WeightFile read) {
        return Architectures.ALL.stream()
                .filter(architecture -> !prefixes(
                                architecture, named(read.state().tensors(), architecture))
                        .isEmpty())
                .findFirst();
    }

    private ImportedWeights take(Map<String, StoredTensor> stored) throws ModelFormatException {
        Map<String, StoredTensor> named = named(stored, architecture);
        SortedSet<String> prefixes = prefixes(architecture, named);
        if (prefixes.size() != 1) {
            throw new ModelFormatException(file + ": expected the weights of one " + architecture.name()
                    + " with a tensor " + String.join(" or ", architecture.anchors()) + ", found "
                    + (prefixes.isEmpty()
                            ? "none; its tensors are " + some(stored.keySet())
                            : "several, below " + some(prefixes)));
        }
        String prefix = prefixes.first();
        Map<String, StoredTensor> own = new LinkedHashMap<>();
        List<String> leftOut = new ArrayList<>();
        named.forEach((name, tensor) -> {
            if (name.startsWith(prefix)) {
                own.put(name.substring(prefix.length()), tensor);
            } else {
                leftOut.add(name);
            }
        });
        Network network = network(own);
        Map<String, Safetensors.Entry> tensors = new LinkedHashMap<>();
        for (ParameterSpec spec : network.parameters()) {
            tensors.put(spec.name(), entry(spec, own.remove(spec.name())));
        }
        for (String name : own.keySet()) {
            if (isGraph || architecture.isNeedless(name)) {
                leftOut.add(prefix + name);
            } else {
                throw new ModelFormatException(file + ": " + shown(name) + ": expected no such tensor in "
                        + architecture.name() + ", found one");
            }
        }
        return new ImportedWeights(architecture, network, tensors, List.copyOf(leftOut));
    }

    /** Under the network's names; a graph may hold the weights of linear layers turned, since it multiplies from the right. */
    private static Map<String, StoredTensor> named(Map<String, StoredTensor> stored, Architecture architecture) {
        Map<String, StoredTensor> named = new LinkedHashMap<>();
        stored.forEach((name, tensor) -> {
            String own = architecture.renamed(name);
            if (own.endsWith(".weight_t") && tensor.shape().size() == 2) {
                named.put(own.substring(0, own.length() - 2), tensor.transposed());
            } else {
                named.put(own, tensor);
            }
        });
        return named;
    }

    private static SortedSet<String> prefixes(Architecture architecture, Map<String, StoredTensor> named) {
        SortedSet<String> prefixes = new TreeSet<>();
        for (String name : named.keySet()) {
            for (String anchor : architecture.anchors()) {
                if (name.equals(anchor) || name.endsWith("." + anchor)) {
                    prefixes.add(name.substring(0, name.length() - anchor.length()));
                }
            }
        }
        return prefixes;
    }

    private Network network(Map<String, StoredTensor> own) throws ModelFormatException {
        Map<String, List<Long>> shapes = new LinkedHashMap<>();
        own.forEach((name, tensor) -> shapes.put(name, tensor.shape()));
        try {
            return architecture.network(shapes);
        } catch (IllegalArgumentException e) {
            throw new ModelFormatException(file + ": " + e.getMessage(), e);
        }
    }

    private Safetensors.Entry entry(ParameterSpec spec, @Nullable StoredTensor tensor) throws ModelFormatException {
        String name = file + ": " + spec.name();
        if (tensor == null && architecture.isNeedless(spec.name())) {
            return new Safetensors.Entry(spec.shape(), new float[spec.count()]);
        }
        if (tensor == null) {
            throw new ModelFormatException(name + ": expected a tensor of shape " + spec.shape() + ", found none"
                    + (isGraph
                            ? "; a model holds only what it computes with, so take the run or the .safetensors"
                            : ""));
        }
        if (!tensor.shape().equals(spec.shape())) {
            throw new ModelFormatException(name + ": expected shape " + spec.shape() + ", found " + tensor.shape());
        }
        if (!tensor.type().isReal() && !architecture.isNeedless(spec.name())) {
            throw new ModelFormatException(name + ": expected floating-point numbers, found "
                    + tensor.type().word());
        }
        float[] values = tensor.toFloats();
        for (float value : values) {
            if (!Float.isFinite(value)) {
                throw new ModelFormatException(name + ": expected finite values, found " + value);
            }
        }
        return new Safetensors.Entry(spec.shape(), values);
    }

    private static String some(Collection<String> names) {
        List<String> first =
                names.stream().limit(SHOWN).map(WeightImport::shown).toList();
        return String.join(", ", first) + (names.size() > SHOWN ? " and " + (names.size() - SHOWN) + " more" : "");
    }

    /** A name in a file may be anything. */
    private static String shown(String name) {
        String line = name.replaceAll("\\p{Cntrl}", "?");
        return line.length() <= 100 ? line : line.substring(0, 100) + "...";
    }
}
