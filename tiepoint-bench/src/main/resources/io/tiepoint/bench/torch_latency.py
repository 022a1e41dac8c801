"""How long PyTorch takes for SuperPoint and LightGlue, with the weights of a state dict that `tiepoint weights export` writes.

Written for Tiepoint from the papers' formulas and the released tensor names, to compare with; the attention is what PyTorch 1.13
offers: two batched matrix products and a softmax. Only the networks are timed: SuperPoint up to the heatmap and the normalised
descriptors, LightGlue with all layers up to the log assignment. No keypoints are selected and no matches are read off, which
Tiepoint's own times include.

    python3 torch_latency.py THREADS ROUNDS superpoint STATE_DICT HEIGHT WIDTH
    python3 torch_latency.py THREADS ROUNDS lightglue STATE_DICT KEYPOINTS
"""
import math
import os
import statistics
import sys
import time

# Where PyTorch multiplies with OpenBLAS, that has threads of its own, which would hinder PyTorch's.
os.environ.setdefault("OPENBLAS_NUM_THREADS", sys.argv[1] if len(sys.argv) > 1 else "1")

import torch
import torch.nn.functional as F


def superpoint(weights, image):
    """Image [1 1 H W] to heatmap [1 H W] and descriptors [1 256 H/8 W/8]."""

    def conv(x, name):
        weight = weights[name + ".weight"]
        return F.conv2d(x, weight, weights[name + ".bias"], padding=weight.shape[2] // 2)

    x = image
    for block in "1234":
        x = F.relu(conv(F.relu(conv(x, f"conv{block}a")), f"conv{block}b"))
        if block != "4":
            x = F.max_pool2d(x, 2)
    logits = conv(F.relu(conv(x, "convPa")), "convPb")
    descriptors = F.normalize(conv(F.relu(conv(x, "convDa")), "convDb"), dim=1)
    return F.pixel_shuffle(F.softmax(logits, dim=1)[:, :64], 8).squeeze(1), descriptors


class LightGlue:
    """LightGlue with rotary positions, 256 wide, 4 heads."""

    HEADS = 4

    def __init__(self, weights):
        self.weights = weights
        self.layers = sum(name.endswith(".self_attn.Wqkv.weight") for name in weights)

    def linear(self, x, name):
        return F.linear(x, self.weights[name + ".weight"], self.weights.get(name + ".bias"))

    def angles(self, keypoints):
        turned = self.linear(keypoints, "posenc.Wr").unsqueeze(1)
        return turned.cos(), turned.sin()

    @staticmethod
    def rotated(x, angles):
        cos, sin = angles
        even, odd = x[..., 0::2], x[..., 1::2]
        return torch.stack((even * cos - odd * sin, odd * cos + even * sin), dim=-1).flatten(-2)

    def split(self, x):
        return x.unflatten(-1, (self.HEADS, -1)).transpose(1, 2)

    @staticmethod
    def merged(x):
        return x.transpose(1, 2).flatten(-2)

    def updated(self, state, message, block):
        hidden = self.linear(torch.cat((state, message), dim=-1), block + ".ffn.0")
        norm = block + ".ffn.1"
        hidden = F.layer_norm(hidden, hidden.shape[-1:], self.weights[norm + ".weight"], self.weights[norm + ".bias"])
        return state + self.linear(F.gelu(hidden), block + ".ffn.3")

    def own(self, state, angles, block):
        joint = self.linear(state, block + ".Wqkv").unflatten(-1, (self.HEADS, -1, 3)).transpose(1, 2)
        query, key = self.rotated(joint[..., 0], angles), self.rotated(joint[..., 1], angles)
        similarity = query @ key.transpose(-2, -1) / math.sqrt(query.shape[-1])
        message = self.merged(F.softmax(similarity, dim=-1) @ joint[..., 2])
        return self.updated(state, self.linear(message, block + ".out_proj"), block)

    def cross(self, state0, state1, block):
        key0, key1 = (self.split(self.linear(state, block + ".to_qk")) for state in (state0, state1))
        value0, value1 = (self.split(self.linear(state, block + ".to_v")) for state in (state0, state1))
        similarity = key0 @ key1.transpose(-2, -1) / math.sqrt(key0.shape[-1])
        message0 = self.merged(F.softmax(similarity, dim=-1) @ value1)
        message1 = self.merged(F.softmax(similarity.transpose(-2, -1), dim=-1) @ value0)
        return (
            self.updated(state0, self.linear(message0, block + ".to_out"), block),
            self.updated(state1, self.linear(message1, block + ".to_out"), block),
        )

    def __call__(self, keypoints0, descriptors0, keypoints1, descriptors1):
        """Normalised keypoints [1 M 2], [1 N 2] and descriptors [1 M 256], [1 N 256] to the log assignment [1 M+1 N+1]."""
        angles0, angles1 = self.angles(keypoints0), self.angles(keypoints1)
        state0, state1 = descriptors0, descriptors1
        for layer in range(self.layers):
            block = f"transformers.{layer}."
            state0 = self.own(state0, angles0, block + "self_attn")
            state1 = self.own(state1, angles1, block + "self_attn")
            state0, state1 = self.cross(state0, state1, block + "cross_attn")
        last = f"log_assignment.{self.layers - 1}."
        width = state0.shape[-1]
        projected0 = self.linear(state0, last + "final_proj") / width**0.25
        projected1 = self.linear(state1, last + "final_proj") / width**0.25
        similarity = projected0 @ projected1.transpose(-2, -1)
        logit0, logit1 = self.linear(state0, last + "matchability"), self.linear(state1, last + "matchability")
        scores = torch.zeros(1, similarity.shape[1] + 1, similarity.shape[2] + 1)
        scores[:, :-1, :-1] = (
            F.log_softmax(similarity, 2)
            + F.log_softmax(similarity, 1)
            + F.logsigmoid(logit0)
            + F.logsigmoid(logit1).transpose(1, 2)
        )
        scores[:, :-1, -1] = F.logsigmoid(-logit0.squeeze(-1))
        scores[:, -1, :-1] = F.logsigmoid(-logit1.squeeze(-1))
        return scores


def median_ms(task, rounds):
    """With one thread its processor time, with more the clock's."""
    now = time.thread_time if torch.get_num_threads() == 1 else time.perf_counter
    durations = []
    for turn in range(-2, rounds):
        start = now()
        task()
        if turn >= 0:
            durations.append((now() - start) * 1e3)
    return statistics.median(durations)


def main(threads, rounds, network, state_dict, *sizes):
    torch.set_num_threads(int(threads))
    torch.manual_seed(1)
    weights = torch.load(state_dict, map_location="cpu")
    numbers = [int(size) for size in sizes]
    with torch.no_grad():
        if network == "superpoint":
            image = torch.rand(1, 1, *numbers)
            plain = median_ms(lambda: superpoint(weights, image), int(rounds))
            # PyTorch is faster with the channels innermost on some processors: the better one counts.
            inner = {k: v.contiguous(memory_format=torch.channels_last) if v.dim() == 4 else v for k, v in weights.items()}
            last = image.contiguous(memory_format=torch.channels_last)
            ms = min(plain, median_ms(lambda: superpoint(inner, last), int(rounds)))
        else:
            count = numbers[0]
            matcher = LightGlue(weights)
            keypoints = [2 * torch.rand(1, count, 2) - 1 for _ in range(2)]
            descriptors = [F.normalize(torch.randn(1, count, 256), dim=-1) for _ in range(2)]
            ms = median_ms(lambda: matcher(keypoints[0], descriptors[0], keypoints[1], descriptors[1]), int(rounds))
    print(f"{torch.__version__} {ms:.1f}")


if __name__ == "__main__":
    if len(sys.argv) < 6:
        sys.exit(__doc__)
    main(*sys.argv[1:])
