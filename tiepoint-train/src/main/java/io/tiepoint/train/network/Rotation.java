package io.tiepoint.train.network;

/**
 * Rotary encoding of keypoints: by how much each pair of channels is turned.
 *
 * @param cos [B 1 M headWidth/2]
 * @param sin likewise
 */
public record Rotation<T>(T cos, T sin) {}
