package io.tiepoint.core.features;

/** Matches the local features of two images. No features on either side means no matches. Safe for use by several threads. */
public interface FeatureMatcher extends AutoCloseable {
    /** Name for reports, such as {@code tiepoint-s-matcher} or {@code mutual-nearest}. */
    String name();

    /**
     * Matches.
     *
     * @throws IllegalArgumentException if the descriptors are not of the kind that this matcher takes
     */
    Matches match(LocalFeatures features0, LocalFeatures features1);

    @Override
    void close();
}
