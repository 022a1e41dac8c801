package io.tiepoint.synthetic.pairs;

import io.tiepoint.synthetic.render.SceneTruth;
import io.tiepoint.synthetic.render.SceneView;

/**
 * Two views of a scene.
 *
 * @param view0 view 0
 * @param view1 view 1
 * @param truth where each point of a view lies in the other one: complete and exact
 * @param overlap share of each view that the other one shows as well, the smaller of the two, without the sky
 */
public record ScenePair(SceneView view0, SceneView view1, SceneTruth truth, double overlap) {}
