"""Reference values for the network of the recipe `cnn`, by PyTorch in double precision: test/training/fixtures/cnn.json.

Usage: python tools/cnn-reference.py
"""
import json
import pathlib

import torch
import torch.nn as nn
import torch.nn.functional as F


class Unit(nn.Module):
    """Convolution and batch normalisation."""

    def __init__(self, side, inputs, outputs, stride):
        super().__init__()
        self.filter = nn.Conv2d(inputs, outputs, side, stride, side // 2, bias=False)
        self.norm = nn.BatchNorm2d(outputs)

    def forward(self, x):
        return self.norm(self.filter(x))


class ResidualNet(nn.Module):
    def __init__(self, channels, widths, outputs):
        super().__init__()
        self.units = nn.ModuleDict({'stem': Unit(3, channels, widths[0], 1)})
        self.widths = widths
        for i, to in enumerate(widths):
            start, stride, name = widths[max(0, i - 1)], 1 if i == 0 else 2, f'block-{i + 1}'
            self.units[f'{name}/first'] = Unit(3, start, to, stride)
            self.units[f'{name}/second'] = Unit(3, to, to, 1)
            if stride != 1 or start != to:
                self.units[f'{name}/shortcut'] = Unit(1, start, to, stride)
        self.head = nn.Linear(widths[-1], outputs)

    def forward(self, x):
        x = F.relu(self.units['stem'](x))
        for i in range(len(self.widths)):
            name = f'block-{i + 1}'
            shortcut = f'{name}/shortcut'
            around = self.units[shortcut](x) if shortcut in self.units else x
            inner = self.units[f'{name}/second'](F.relu(self.units[f'{name}/first'](x)))
            x = F.relu(inner + around)
        return self.head(x.mean((2, 3)))


def flat(net, gradient):
    """Parameters, or their gradients, in the order and layout of the recipe (filters height × width × in × out)."""
    take = (lambda p: p.grad) if gradient else (lambda p: p.detach())
    parts = []
    for unit in net.units.values():
        parts += [take(unit.filter.weight).permute(2, 3, 1, 0), take(unit.norm.weight), take(unit.norm.bias)]
    parts += [take(net.head.weight).T, take(net.head.bias)]
    return torch.cat([part.reshape(-1) for part in parts]).tolist()


torch.manual_seed(4)
torch.set_default_dtype(torch.float64)
shape = dict(channels=2, widths=[3, 4], outputs=3)
net = ResidualNet(**shape)
with torch.no_grad():
    for unit in net.units.values():
        unit.norm.weight.uniform_(0.5, 1.5)
        unit.norm.bias.normal_(0, 0.2)
x = torch.randn(4, 2, 7, 6)
labels = torch.tensor([0, 1, 2, 0])
scores = net(x)
loss = F.cross_entropy(scores, labels)
loss.backward()
momentum = 0.1
means, variances = [], []
for unit in net.units.values():
    # What this batch had, from the running numbers: they began at 0 and 1.
    means.append((unit.norm.running_mean / momentum).tolist())
    variances.append(((unit.norm.running_var - (1 - momentum)) / momentum).tolist())
fixture = dict(
    program=f'torch {torch.__version__}',
    **shape,
    x=x.permute(0, 2, 3, 1).reshape(-1).tolist(),
    labels=labels.tolist(),
    parameters=flat(net, False),
    scores=scores.detach().reshape(-1).tolist(),
    loss=loss.item(),
    gradient=flat(net, True),
    statistics=[v for pair in zip(means, variances) for part in pair for v in part],
)
target = pathlib.Path(__file__).parent.parent / 'test/training/fixtures/cnn.json'
target.write_text(json.dumps(fixture) + '\n')
