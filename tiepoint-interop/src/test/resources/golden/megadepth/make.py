"""Makes the files of this folder: scene infos as NumPy 1 and NumPy 2 write them, depth maps as h5py writes them.

Run it with each NumPy; depth maps are made where there is h5py. versions.json says with what the files were made.
"""

import json
import pathlib
import pickle
import sys

import numpy as np

folder = pathlib.Path(__file__).parent
major = np.__version__.split(".")[0]


def objects(items):
    array = np.empty(len(items), dtype=object)
    for i, item in enumerate(items):
        array[i] = item
    return array


def pose(i):
    matrix = np.eye(4)
    matrix[:3, 3] = [i, 2 * i, 3 * i]
    return matrix


images = [f"Undistorted_SfM/0000/images/{i}.jpg" for i in range(4)]
depths = [f"phoenix/S6/zl548/MegaDepth_v1/0000/dense0/depths/{i}.h5" for i in range(4)]
k = [np.array([[500.0 + i, 0, 320], [0, 510.0 + i, 240], [0, 0, 1]]) for i in range(4)]
overlap = np.full((4, 4), -1.0)
overlap[0, 1] = overlap[1, 0] = 0.25
overlap[0, 2] = overlap[2, 0] = 0.5
overlap[1, 2] = overlap[2, 1] = 0.75

# D2-Net and glue-factory: image 3 has neither depth nor pose, so that everything is an array of objects.
np.savez(
    folder / f"d2net-numpy{major}.npz",
    image_paths=objects(images),
    depth_paths=objects(depths[:3] + [None]),
    intrinsics=objects(k[:3] + [None]),
    poses=objects([pose(i) for i in range(3)] + [None]),
    overlap_matrix=overlap,
    scale_ratio_matrix=overlap,
    points3D_id_to_2D=objects([{i: (1.5, 2.5)} for i in range(4)]),
)
# The same where nothing is missing: texts of one length, one array of matrices; compressed.
np.savez_compressed(
    folder / f"whole-numpy{major}.npz",
    image_paths=np.array(images),
    depth_paths=np.array(depths),
    intrinsics=np.stack(k).astype(np.float32),
    poses=np.stack([pose(i) for i in range(4)]).reshape(4, 16),
    overlap_matrix=overlap.astype(np.float32),
)
# LoFTR: a dictionary with a list of pairs, whose name ends with .npz all the same.
pairs = objects(
    [
        ((0, 1), np.float64(0.25), np.zeros((2, 2), np.float32)),
        ((np.int64(2), 0), 0.5, np.zeros((0, 2), np.float32)),
        ((1, 2), np.float32(0.75), None),
        ((1, 3), 0.3, None),
    ]
)
scene = {
    "image_paths": objects(images),
    "depth_paths": objects(depths[:3] + [None]),
    "intrinsics": objects(k[:3] + [None]),
    "poses": objects([pose(i) for i in range(3)] + [None]),
    "pair_infos": pairs,
}
with open(folder / f"loftr-numpy{major}.npz", "wb") as file:
    pickle.dump(scene, file, protocol=4)
with open(folder / f"loftr-saved-numpy{major}.npz", "wb") as file:
    np.save(file, scene, allow_pickle=True)
np.savez(folder / f"loftr-archive-numpy{major}.npz", **scene)

versions = {"python": sys.version.split()[0], "numpy": np.__version__}
try:
    import h5py
except ImportError:
    h5py = None
if h5py:
    versions["h5py"] = h5py.__version__
    depth = np.arange(12, dtype=np.float32).reshape(3, 4) / 4
    for name, options in {
        "plain": {"data": depth},
        "gzip": {"data": depth, "compression": "gzip", "chunks": (2, 2)},
        "shuffled": {"data": depth, "compression": "gzip", "shuffle": True, "fletcher32": True},
        "double": {"data": depth.astype(np.float64)},
        "half": {"data": depth.astype(np.float16)},
    }.items():
        with h5py.File(folder / f"{name}.h5", "w") as file:
            file.create_dataset("/depth", **options)
    with h5py.File(folder / "latest.h5", "w", libver="latest") as file:
        file.create_dataset("/depth", data=depth, compression="gzip", chunks=(2, 3))
    with h5py.File(folder / "other.h5", "w") as file:
        file.create_dataset("/disparity", data=depth)
    with h5py.File(folder / "group.h5", "w") as file:
        file.create_group("/depth")
    with h5py.File(folder / "cube.h5", "w") as file:
        file.create_dataset("/depth", data=np.zeros((2, 3, 4), np.float32))
    with h5py.File(folder / "whole-numbers.h5", "w") as file:
        file.create_dataset("/depth", data=np.ones((3, 4), np.int32))
(folder / f"versions-numpy{major}.json").write_text(json.dumps(versions, indent=2) + "\n")
