"""Reads the tar shards of a data set with nothing but Python and NumPy, and checks them with code of its own.

usage: read_shards.py shapes|pairs SHARD.tar ...
Prints a line of figures; any failed check is an exception.
"""

import io
import json
import re
import struct
import sys
import tarfile
import zlib

import numpy as np


def samples(path):
    """Groups consecutive members by key, as the webdataset package does."""
    key, sample = None, {}
    with tarfile.open(path) as tar:
        for member in tar:
            assert member.isfile() and member.mtime == 0, member.name
            match = re.fullmatch(r"((?:.*/|)[^.]+)[.]([^/]*)", member.name)
            assert match, member.name
            if match[1] != key:
                if key is not None:
                    yield key, sample
                assert key is None or match[1] > key, "keys in order"
                key, sample = match[1], {}
            assert match[2] not in sample, member.name
            sample[match[2]] = tar.extractfile(member).read()
    if key is not None:
        yield key, sample


def png(data):
    """Decodes an 8-bit grey PNG."""
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    position, packed = 8, b""
    while position < len(data):
        (length,) = struct.unpack(">I", data[position : position + 4])
        kind = data[position + 4 : position + 8]
        body = data[position + 8 : position + 8 + length]
        (crc,) = struct.unpack(">I", data[position + 8 + length : position + 12 + length])
        assert crc == zlib.crc32(kind + body)
        if kind == b"IHDR":
            width, height, bits, color = struct.unpack(">IIBB", body[:10])
            assert (bits, color) == (8, 0)
        elif kind == b"IDAT":
            packed += body
        position += 12 + length
    rows = np.frombuffer(zlib.decompress(packed), np.uint8).reshape(height, width + 1)
    image = np.zeros((height, width), np.uint8)
    for y in range(height):
        kind, row = rows[y, 0], rows[y, 1:].astype(int)
        above = image[y - 1].astype(int) if y else np.zeros(width, int)
        if kind == 0:
            image[y] = row
        elif kind == 2:
            image[y] = (row + above) & 255
        else:
            left = corner = 0
            for x in range(width):
                up = above[x]
                if kind == 1:
                    predicted = left
                elif kind == 3:
                    predicted = (left + up) // 2
                else:
                    p = left + up - corner
                    predicted = min(((abs(p - left), 0, left), (abs(p - up), 1, up), (abs(p - corner), 2, corner)))[2]
                left = image[y, x] = (row[x] + predicted) & 255
                left, corner = int(left), int(up)
    return image


def bilinear(image, x, y):
    """Corner frame: the centre of the first pixel is (0.5, 0.5)."""
    height, width = image.shape
    u, v = np.clip(x - 0.5, 0, width - 1.001), np.clip(y - 0.5, 0, height - 1.001)
    i, j = u.astype(int), v.astype(int)
    a, b = u - i, v - j
    image = image.astype(float)
    return (1 - b) * ((1 - a) * image[j, i] + a * image[j, i + 1]) + b * (
        (1 - a) * image[j + 1, i] + a * image[j + 1, i + 1]
    )


def check_shape(sample):
    image = png(sample["png"])
    labels = np.load(io.BytesIO(sample["labels.npz"]))
    about = json.loads(sample["json"])
    corners, kind, visibility = labels["corners"], labels["kind"], labels["visibility"]
    assert corners.dtype == np.float64 and corners.shape == (len(kind), 2) and len(visibility) == len(kind)
    assert kind.max(initial=0) <= 6 and visibility.max(initial=0) <= 2 and about["pixel_frame"] == "CORNER"
    height, width = image.shape
    inside = (corners >= 0).all(1) & (corners[:, 0] < width) & (corners[:, 1] < height)
    assert (inside == (visibility != 2)).all()
    strong = []
    for x, y in corners[visibility == 0]:
        window = image[max(int(y) - 4, 0) : int(y) + 5, max(int(x) - 4, 0) : int(x) + 5].astype(float)
        strong.append(window.max() - window.min() > 8)
    return strong


def check_pair(sample):
    view0, view1 = png(sample["view0.png"]), png(sample["view1.png"])
    about = json.loads(sample["json"])
    points = np.load(io.BytesIO(sample["points.npz"]))
    points0, points1, reason = points["points0"], points["points1"], points["reason"]
    visible = reason == 0
    height, width = view1.shape
    inside = (points1 >= 0).all(1) & (points1[:, 0] < width) & (points1[:, 1] < height)
    assert inside[visible].all() and not inside[reason == 1].any()
    worst = 0.0
    if about["geometry"] == "homography":
        h = np.load(io.BytesIO(sample["h.npy"]))
        mapped = np.c_[points0, np.ones(len(points0))] @ h.T
        mapped = mapped[:, :2] / mapped[:, 2:]
        worst = np.abs(mapped - points1)[visible].max(initial=0)
        assert worst < 1e-6, worst
    else:
        assert "h.npy" not in sample
    # What is seen at both places is the same.
    a = bilinear(view0, *points0[visible].T)
    b = bilinear(view1, *points1[visible].T)
    return np.corrcoef(a, b)[0, 1] if visible.sum() > 30 else np.nan


def main(kind, paths):
    count, figures = 0, []
    for path in paths:
        for key, sample in samples(path):
            assert int(key) == json.loads(sample["json"])["index"] == count
            figures.extend(check_shape(sample) if kind == "shapes" else [check_pair(sample)])
            count += 1
    print(kind, count, "samples", f"{np.nanmean(figures):.4f}")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
