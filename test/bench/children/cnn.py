"""PyTorch's side of cnn.ts: the same residual net in single precision, without augmentation; prints the seconds of each epoch.

Usage: python cnn.py FOLDER EPOCHS [DEVICE]; the folder has labels.csv and the images that it lists.
"""
import csv
import json
import pathlib
import sys
import time

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from PIL import Image

WIDTHS, BATCH = [16, 32, 64], 64


class Unit(nn.Module):
    def __init__(self, side, inputs, outputs, stride):
        super().__init__()
        self.filter = nn.Conv2d(inputs, outputs, side, stride, side // 2, bias=False)
        self.norm = nn.BatchNorm2d(outputs)

    def forward(self, x):
        return self.norm(self.filter(x))


class Block(nn.Module):
    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.first, self.second = Unit(3, inputs, outputs, stride), Unit(3, outputs, outputs, 1)
        self.shortcut = Unit(1, inputs, outputs, stride) if stride != 1 or inputs != outputs else nn.Identity()

    def forward(self, x):
        return F.relu(self.second(F.relu(self.first(x))) + self.shortcut(x))


folder, epochs = pathlib.Path(sys.argv[1]), int(sys.argv[2])
device = torch.device(sys.argv[3] if len(sys.argv) > 3 else "cpu")
torch.manual_seed(1)
torch.set_num_threads(2)
rows = [row for row in csv.DictReader((folder / "labels.csv").open()) if row["split"] == "train"]
x = torch.tensor(np.stack([np.asarray(Image.open(folder / row["file"])) for row in rows])[:, None] / 255, dtype=torch.float32)
x = ((x - x.mean()) / x.std()).to(device)
y = torch.tensor([float(row["label"] == "pneumonia") for row in rows]).to(device)
net = nn.Sequential(
    Unit(3, 1, WIDTHS[0], 1),
    nn.ReLU(),
    Block(WIDTHS[0], WIDTHS[0], 1),
    Block(WIDTHS[0], WIDTHS[1], 2),
    Block(WIDTHS[1], WIDTHS[2], 2),
    nn.AdaptiveAvgPool2d(1),
    nn.Flatten(),
    nn.Linear(WIDTHS[2], 1),
).to(device)
optimizer = torch.optim.AdamW(net.parameters(), lr=0.002, weight_decay=0.05)
seconds = []
for _ in range(epochs):
    begun = time.perf_counter()
    order = torch.randperm(len(y), device=device)
    for start in range(0, len(y), BATCH):
        at = order[start : start + BATCH]
        loss = F.binary_cross_entropy_with_logits(net(x[at])[:, 0], y[at])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    if device.type == "cuda":
        torch.cuda.synchronize()
    seconds.append(time.perf_counter() - begun)
print(json.dumps({"seconds": seconds, "weights": sum(p.numel() for p in net.parameters()), "torch": torch.__version__}))
