package io.tiepoint.synthetic.scenes;

import io.tiepoint.core.geometry.Vector3;
import java.util.List;

/**
 * The light of a scene before the sun shines.
 *
 * @param indoor whether walls all around keep the sky's light out
 * @param ambient brightness that reaches a surface from all sides
 * @param haze distance at which half of a thing is lost in haze, m
 * @param clouds structure of the sky
 * @param lamps where lamps hang, m
 */
public record Climate(boolean indoor, double ambient, double haze, Texture clouds, List<Vector3> lamps) {
    /** Keeps the lamps from changing. */
    public Climate {
        lamps = List.copyOf(lamps);
    }
}
