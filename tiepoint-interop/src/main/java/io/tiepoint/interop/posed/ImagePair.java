package io.tiepoint.interop.posed;

/**
 * Two images of a scene by their places in its list.
 *
 * @param index0 view 0
 * @param index1 view 1
 * @param overlap share of what one shows that the other one shows, too, in the terms of the data set
 */
public record ImagePair(int index0, int index1, double overlap) {}
