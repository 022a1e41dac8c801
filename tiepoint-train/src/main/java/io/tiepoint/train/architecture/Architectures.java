package io.tiepoint.train.architecture;

import java.util.List;
import java.util.stream.Collectors;

/** All architectures; a new one is added here. */
public final class Architectures {
    /** In the order in which they are told to users. */
    public static final List<Architecture> ALL = List.of(
            new SuperPointArchitecture(),
            new SuperGlueArchitecture(),
            new LightGlueArchitecture(),
            new XFeatArchitecture(),
            new CompactArchitecture());

    private Architectures() {}

    /**
     * By name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Architecture named(String name) {
        return ALL.stream()
                .filter(architecture -> architecture.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("architecture: expected " + names() + ", found " + name));
    }

    /** The names, for people. */
    public static String names() {
        return ALL.stream().map(Architecture::name).collect(Collectors.joining(", "));
    }
}
