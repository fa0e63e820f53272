"""Writes pytorch_training.inc: the first steps of training a small network by PyTorch 1.13.

    python3 tests/libnn/pytorch_training.py > tests/libnn/pytorch_training.inc

Debian 12: apt-get install python3-torch (1.13.0). Tests read the table, never this script.
"""
import textwrap

import torch

torch.set_num_threads(1)
torch.set_default_dtype(torch.float64)

X = torch.tensor([[1.0, -0.5], [0.25, 2.0], [-1.5, 0.75], [0.5, 0.5], [-0.75, -1.25]])
T = torch.tensor([0, 2, 1, 0, 2])
W1 = [[0.5, -0.25, 0.75, 0.125], [-0.5, 0.625, 0.25, -0.875]]  # inputs x units
W2 = [[0.25, -0.5, 0.375], [0.5, 0.125, -0.25], [-0.625, 0.75, 0.5], [0.25, -0.125, 0.875]]


def network():
    net = torch.nn.Sequential(torch.nn.Linear(2, 4), torch.nn.ReLU(), torch.nn.Linear(4, 3))
    with torch.no_grad():
        for layer, w in ((net[0], W1), (net[2], W2)):
            layer.weight.copy_(torch.tensor(w).T)
            layer.bias.fill_(0.0625)
    return net


def groups(net, decay):
    """Weights decay, biases do not."""
    weights = [net[0].weight, net[2].weight]
    biases = [net[0].bias, net[2].bias]
    return [{"params": weights, "weight_decay": decay}, {"params": biases, "weight_decay": 0}]


def train(make, decay=0.0, clip=None, class_weights=None):
    """Two epochs of batches of 2 in the order of the data; the last batch of each has one row."""
    net = network()
    rule = make(groups(net, decay))
    w = torch.ones(3) if class_weights is None else torch.tensor(class_weights)
    losses = []
    for _ in range(2):
        total = weight = 0
        for first in range(0, 5, 2):
            x, t = X[first : first + 2], T[first : first + 2]
            rule.zero_grad()
            loss = torch.nn.functional.cross_entropy(net(x), t, weight=w)
            loss.backward()
            if clip:
                norm = torch.nn.utils.clip_grad_norm_(net.parameters(), clip)
            rule.step()
            total += loss.item() * w[t].sum().item()
            weight += w[t].sum().item()
        losses.append(total / weight)
    arrays = [net[0].weight.T, net[0].bias, net[2].weight.T, net[2].bias]
    return losses + torch.cat([a.reshape(-1) for a in arrays]).tolist()


o = torch.optim
CASES = [
    ("sgd", dict(make=lambda g: o.SGD(g, lr=0.5))),
    ("sgd momentum l2", dict(make=lambda g: o.SGD(g, lr=0.25, momentum=0.9), decay=0.1)),
    ("sgd clip", dict(make=lambda g: o.SGD(g, lr=0.5), clip=0.25)),
    ("sgd class weights", dict(make=lambda g: o.SGD(g, lr=0.5), class_weights=[1.0, 3.0, 0.5])),
    ("rmsprop", dict(make=lambda g: o.RMSprop(g, lr=0.01))),
    ("rmsprop l2", dict(make=lambda g: o.RMSprop(g, lr=0.01, momentum=0.5), decay=0.1)),
    ("adam", dict(make=lambda g: o.Adam(g, lr=0.05))),
    ("adam l2", dict(make=lambda g: o.Adam(g, lr=0.05), decay=0.1)),
    ("adamw", dict(make=lambda g: o.AdamW(g, lr=0.05), decay=0.1)),
]

print(f"// PyTorch {torch.__version__}: python3 tests/libnn/pytorch_training.py")
print("// Mean losses of two epochs, then all parameters after them.")
for name, case in CASES:
    text = ", ".join(repr(float(v)) for v in train(**case))
    print(f'{{"{name}",')
    print(textwrap.fill("{" + text + "}},", 110, initial_indent=" ", subsequent_indent="  "))
