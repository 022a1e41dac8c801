"""Reads the tar shards of scenes with nothing but Python and NumPy, and checks them with code of its own.

usage: read_scenes.py SHARD.tar ...
Prints a line of figures; any failed check is an exception.
"""

import io
import json
import sys

import numpy as np

from read_shards import bilinear, png, samples

VISIBLE, OUT_OF_FRAME, OCCLUDED, BEHIND, NO_KEYPOINT, NO_DEPTH, SKY, NEAR_BOUNDARY = range(8)
MATCHED, UNMATCHED, UNKNOWN = range(3)


class View:
    """A view with its camera and its maps."""

    def __init__(self, sample, number):
        def array(name):
            return np.load(io.BytesIO(sample[f"{name}{number}.npy"]))

        cameras = np.load(io.BytesIO(sample["cameras.npz"]))
        self.k, self.pose = cameras["K"][number], cameras["cam_from_world"][number]
        self.image = png(sample[f"view{number}.png"])
        self.depth, self.holed = array("depth"), array("holed")
        self.normals, self.objects = array("normals"), array("objects")
        self.height, self.width = self.image.shape
        columns, rows = np.meshgrid(np.arange(self.width) + 0.5, np.arange(self.height) + 0.5)
        self.centres = np.stack([columns, rows], -1)

    def rays(self, points):
        return np.concatenate([points, np.ones(points.shape[:-1] + (1,))], -1) @ np.linalg.inv(self.k).T

    def inside(self, points):
        return (points >= 0).all(-1) & (points[..., 0] < self.width) & (points[..., 1] < self.height)

    def plane_depth(self, points):
        """Depth between four pixels that see one plane; NaN elsewhere."""
        x, y = points[:, 0] - 0.5, points[:, 1] - 0.5
        i = np.clip(np.floor(x), 0, self.width - 2).astype(int)
        j = np.clip(np.floor(y), 0, self.height - 2).astype(int)
        inverse = [1 / self.depth[j + b, i + a].astype(float) for b in (0, 1) for a in (0, 1)]
        same = np.ones(len(points), bool)
        for b, a in ((0, 1), (1, 0), (1, 1)):
            same &= self.objects[j + b, i + a] == self.objects[j, i]
            same &= np.abs(self.normals[j + b, i + a] - self.normals[j, i]).max(-1) < 1e-6
        same &= np.abs(inverse[0] + inverse[3] - inverse[1] - inverse[2]) < 1e-5 * inverse[0]
        u, v = x - i, y - j
        mixed = (1 - v) * ((1 - u) * inverse[0] + u * inverse[1]) + v * ((1 - u) * inverse[2] + u * inverse[3])
        return np.where(same & (inverse[0] > 0), 1 / np.where(mixed > 0, mixed, 1), np.nan)


def transfer(view0, view1, points, depth):
    """Where points of a depth lie in the other view, and their depth there."""
    in0 = view0.rays(points) * depth[..., None]
    world = (in0 - view0.pose[:3, 3]) @ view0.pose[:3, :3]
    in1 = world @ view1.pose[:3, :3].T + view1.pose[:3, 3]
    seen = in1 @ view1.k.T
    with np.errstate(divide="ignore", invalid="ignore"):
        return seen[..., :2] / seen[..., 2:], in1[..., 2]


def check_view(view):
    rotation = view.pose[:3, :3]
    assert np.abs(rotation @ rotation.T - np.eye(3)).max() < 1e-9 and np.linalg.det(rotation) > 0
    assert (view.pose[3] == [0, 0, 0, 1]).all() and view.k[2, 2] == 1 and view.k[0, 1] == 0
    assert view.depth.dtype == np.float32 and view.depth.shape == view.image.shape
    sky = np.isinf(view.depth)
    assert (view.depth > 0).all() and (sky == (view.objects == 0)).all()
    # Normals have length 1 and look at the camera; neighbours of one plane lie in it.
    lengths = np.linalg.norm(view.normals, axis=-1)
    assert np.abs(lengths[~sky] - 1).max() < 1e-6 and (lengths[sky] == 0).all()
    rays = view.rays(view.centres)
    assert ((view.normals * rays).sum(-1)[~sky] <= 1e-6).all()
    places = rays * np.where(sky, 1, view.depth)[..., None]
    a, b = places[:, :-1], places[:, 1:]
    same = ~sky[:, :-1] & (np.abs(view.normals[:, 1:] - view.normals[:, :-1]).max(-1) < 1e-6)
    same &= view.objects[:, 1:] == view.objects[:, :-1]
    off = np.abs(((b - a) * view.normals[:, :-1]).sum(-1)) / np.linalg.norm(b - a, axis=-1)
    assert same.sum() > 1000 and np.median(off[same]) < 1e-3, np.median(off[same])
    # Holes take depth away and change nothing.
    hole = view.holed == 0
    assert (view.holed[~hole] == view.depth[~hole]).all() and 0.02 < hole.mean() < 0.98, hole.mean()


def check_field(view0, view1, sample):
    field = np.load(io.BytesIO(sample["field.npz"]))
    points1, reason = field["points1"], field["reason"]
    sky = np.isinf(view0.depth)
    # At the edge of the sky a pixel's centre is not yet alone.
    assert (reason[sky] >= SKY).all() and (reason[~sky] != SKY).all()
    mapped, depth1 = transfer(view0, view1, view0.centres, np.where(sky, 1, view0.depth).astype(float))
    known = ~np.isnan(points1[..., 0])
    worst = np.abs(mapped - points1)[known & (depth1 > 0.05) & view1.inside(mapped)].max()
    assert worst < 2e-3, worst
    assert view1.inside(points1)[reason == VISIBLE].all() and view1.inside(points1)[reason == OCCLUDED].all()
    assert not view1.inside(points1)[reason == OUT_OF_FRAME].any()
    assert (depth1[reason == BEHIND] < 0.0201).all() and not known[reason == BEHIND].any()
    # What is visible has the depth of the other map there; what is occluded lies behind it.
    for wanted, least in ((VISIBLE, 0.99), (OCCLUDED, 0.97)):
        chosen = (reason == wanted) & (points1[..., 0] > 1) & (points1[..., 1] > 1)
        chosen &= (points1[..., 0] < view1.width - 1) & (points1[..., 1] < view1.height - 1)
        if chosen.sum() > 50:
            i, j = (points1[chosen] - 0.5).astype(int).T
            around = np.stack([view1.depth[j + b, i + a] for b in (0, 1) for a in (0, 1)])
            nearest, farthest = around.min(0), around.max(0)
            if wanted == VISIBLE:
                right = (depth1[chosen] > 0.97 * nearest) & (depth1[chosen] < 1.03 * farthest)
            else:
                right = depth1[chosen] > nearest
            assert right.mean() > least, (wanted, right.mean())
    return worst


def check_points(view0, view1, sample):
    points = np.load(io.BytesIO(sample["points.npz"]))
    points0, points1, reason = points["points0"], points["points1"], points["reason"]
    assert points0.dtype == points1.dtype == np.float64 and len(points0) == len(reason) == 512
    depth = view0.plane_depth(points0)
    mapped, _ = transfer(view0, view1, points0, depth)
    sure = ~np.isnan(depth) & (reason == VISIBLE)
    if sure.sum() > 30:
        # Between the pixels' centres there may be something thin that none of them sees.
        apart = np.abs(mapped - points1)[sure].max(-1)
        assert np.quantile(apart, 0.95) < 1e-4, np.sort(apart)[-20:]
    holed = np.load(io.BytesIO(sample["points-holed.npz"]))
    assert (holed["points0"] == points0).all()
    nearest = view0.holed[points0[:, 1].astype(int), points0[:, 0].astype(int)]
    assert (holed["reason"][nearest == 0] == NO_DEPTH).all()
    both = (holed["reason"] == VISIBLE) & (reason == VISIBLE)
    if both.sum() > 30:
        apart = np.abs(holed["points1"] - points1)[both].max(-1)
        assert np.quantile(apart, 0.9) < 0.1, np.quantile(apart, 0.9)
    visible = reason == VISIBLE
    a, b = bilinear(view0.image, *points0[visible].T), bilinear(view1.image, *points1[visible].T)
    return sure.sum(), np.corrcoef(a, b)[0, 1] if visible.sum() > 60 else np.nan


def check_matches(view0, view1, sample):
    file = np.load(io.BytesIO(sample["matches.npz"]))
    keypoints0, keypoints1 = file["keypoints0"].astype(float), file["keypoints1"].astype(float)
    matches0, matches1 = file["matches0"], file["matches1"]
    label_of = np.array([MATCHED] + 4 * [UNMATCHED] + 3 * [UNKNOWN])
    for matches, label, reason in ((matches0, "label0", "reason0"), (matches1, "label1", "reason1")):
        assert (file[label] == label_of[file[reason]]).all() and ((matches >= 0) == (file[label] == MATCHED)).all()
    one = np.flatnonzero(matches0 >= 0)
    assert (matches1[matches0[one]] == one).all() and (matches1 >= 0).sum() == len(one)
    forward, _ = transfer(view0, view1, keypoints0, view0.plane_depth(keypoints0))
    backward, _ = transfer(view1, view0, keypoints1, view1.plane_depth(keypoints1))
    error = np.maximum(
        np.linalg.norm(forward[:, None] - keypoints1[None], axis=-1),
        np.linalg.norm(backward[None] - keypoints0[:, None], axis=-1),
    )
    matched = error[one, matches0[one]]
    assert np.nanmax(matched, initial=0) < 3.02, np.nanmax(matched)
    lonely = error[file["reason0"] == NO_KEYPOINT]
    visible1 = np.isin(file["reason1"], (VISIBLE, NO_KEYPOINT))
    if lonely.size:
        assert np.nanmin(lonely[:, visible1], initial=np.inf) > 4.98
    return np.isfinite(matched).sum()


def main(paths):
    count, worst, correlations, points, matches = 0, 0.0, [], 0, 0
    for path in paths:
        for key, sample in samples(path):
            about = json.loads(sample["json"])
            assert int(key) == about["index"] == count and about["geometry"] == "scene"
            view0, view1 = View(sample, 0), View(sample, 1)
            check_view(view0)
            check_view(view1)
            worst = max(worst, check_field(view0, view1, sample))
            sure, correlation = check_points(view0, view1, sample)
            points += sure
            correlations.append(correlation)
            matches += check_matches(view0, view1, sample)
            count += 1
    assert points > 50 * count and matches > 2 * count, (points, matches)
    print("scenes", count, "samples", f"{np.nanmean(correlations):.4f} {worst:.6f} {points} {matches}")


if __name__ == "__main__":
    main(sys.argv[1:])
