package io.tiepoint.synthetic.blender;

/**
 * What a Blender says of itself.
 *
 * @param version such as 3.4.1
 * @param denoiser whether it was built with Open Image Denoise
 */
public record BlenderReport(String version, boolean denoiser) {}
