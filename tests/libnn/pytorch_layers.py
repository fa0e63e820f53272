"""Writes pytorch_layers.inc: outputs and gradients of PyTorch 1.13's layers and losses.

    python3 tests/libnn/pytorch_layers.py > tests/libnn/pytorch_layers.inc

Debian 12: apt-get install python3-torch (1.13.0). Tests read the table, never this script.
"""
import textwrap

import torch
from torch import nn
from torch.nn import functional as F

torch.set_default_dtype(torch.float64)
torch.manual_seed(8)


class Last(nn.Module):  # a softmax over the last axis
    def forward(self, x):
        return F.softmax(x, dim=-1)


class Around(nn.Module):
    def __init__(self, *inner):
        super().__init__()
        self.inner = nn.Sequential(*inner)

    def forward(self, x):
        return x + self.inner(x)


# Layers as mathtool writes them, as PyTorch does, and the shape of a batch.
LAYERS = [
    ("dense 4", lambda: [nn.Linear(3, 4)], (5, 3)),
    ("dense 2", lambda: [nn.Linear(3, 2)], (2, 4, 3)),
    ("relu", lambda: [nn.ReLU()], (3, 4)),
    ("leaky_relu", lambda: [nn.LeakyReLU()], (3, 4)),
    ("leaky_relu 0.2", lambda: [nn.LeakyReLU(0.2)], (3, 4)),
    ("elu", lambda: [nn.ELU()], (3, 4)),
    ("elu 0.7", lambda: [nn.ELU(0.7)], (3, 4)),
    ("gelu", lambda: [nn.GELU()], (4, 5)),
    ("sigmoid", lambda: [nn.Sigmoid()], (3, 4)),
    ("tanh", lambda: [nn.Tanh()], (3, 4)),
    ("softmax", lambda: [Last()], (3, 5)),
    ("softmax", lambda: [Last()], (2, 3, 4)),
    ("flatten", lambda: [nn.Flatten()], (2, 2, 3, 2)),
    ("batchnorm", lambda: [nn.BatchNorm1d(3)], (6, 3)),
    ("batchnorm momentum 0.3 epsilon 0.01", lambda: [nn.BatchNorm1d(3, eps=0.01, momentum=0.3)], (2, 3)),
    ("batchnorm", lambda: [nn.BatchNorm2d(2)], (3, 2, 3, 4)),
    ("batchnorm", lambda: [nn.BatchNorm2d(2)], (1, 2, 2, 2)),
    ("residual(dense 3, tanh)", lambda: [Around(nn.Linear(3, 3), nn.Tanh())], (4, 3)),
    ("dense 4, elu, batchnorm, residual(relu, dense 4, residual(gelu), sigmoid), flatten, dense 2, softmax",
     lambda: [nn.Linear(3, 4), nn.ELU(), nn.BatchNorm1d(4),
              Around(nn.ReLU(), nn.Linear(4, 4), Around(nn.GELU()), nn.Sigmoid()),
              nn.Flatten(), nn.Linear(4, 2), Last()], (5, 3)),
]


def literal(tensor):
    return "{" + ", ".join(repr(float(v)) for v in tensor.detach().flatten()) + "}"


def flat(module, of):
    # mathtool keeps W as inputs x units, PyTorch as units x inputs.
    parts = [of(p).t().flatten() if p.dim() == 2 else of(p).flatten() for p in module.parameters()]
    return torch.cat(parts) if parts else torch.zeros(0)


def buffers(module):
    parts = [b.flatten() for name, b in module.named_buffers() if "running" in name]
    return torch.cat(parts) if parts else torch.zeros(0)


def show(name, shape, *arrays):
    entry = "{" + f'"{name}", {{{", ".join(map(str, shape))}}},' + "\n " + ",\n ".join(map(literal, arrays)) + "},"
    for line in entry.split("\n"):
        print("\n".join(textwrap.wrap(line, 110, subsequent_indent="  ", break_long_words=False)))


def layers(training):
    for name, make, shape in LAYERS:
        if not training and "batchnorm" not in name:
            continue  # the others are the same
        module = nn.Sequential(*make())
        with torch.no_grad():
            for p in module.parameters():
                p.copy_(torch.randn(p.shape))
            for n, b in module.named_buffers():
                if "running" in n:
                    b.copy_(0.5 + torch.rand(b.shape))
        before = buffers(module).clone()
        module.train(training)
        x = (2 * torch.randn(shape)).requires_grad_()
        y = module(x)
        dy = torch.randn(y.shape)
        y.backward(dy)
        show(name, shape, x, flat(module, lambda p: p), before, y, dy, x.grad, flat(module, lambda p: p.grad), buffers(module))


def losses():
    weights = torch.tensor([0.5, 2.0, 1.0, 0.25])
    few = lambda v: (v > 0).to(torch.get_default_dtype())
    classes = lambda v: torch.arange(v.numel() // v.shape[-1]).reshape(v.shape[:-1]) * 7 % v.shape[-1]
    table = [
        ("mse", torch.randn, F.mse_loss, (5, 3)),
        ("huber", torch.randn, F.huber_loss, (5, 3)),
        ("huber:0.3", torch.randn, lambda z, t: F.huber_loss(z, t, delta=0.3), (5, 3)),
        ("bce", few, F.binary_cross_entropy_with_logits, (5, 3)),
        ("bce:2.5", few, lambda z, t: F.binary_cross_entropy_with_logits(z, t, pos_weight=torch.full((3,), 2.5)), (5, 3)),
        ("bce:2.5", lambda v: torch.rand(v.shape),
         lambda z, t: F.binary_cross_entropy_with_logits(z, t, pos_weight=torch.full((3,), 2.5)), (4, 3)),
        ("cross_entropy", classes, F.cross_entropy, (6, 4)),
        ("cross_entropy:0.2", classes, lambda z, t: F.cross_entropy(z, t, label_smoothing=0.2), (6, 4)),
        ("cross_entropy:0:0.5,2,1,0.25", classes, lambda z, t: F.cross_entropy(z, t, weight=weights), (6, 4)),
        ("cross_entropy:0.1:0.5,2,1,0.25", classes,
         lambda z, t: F.cross_entropy(z, t, weight=weights, label_smoothing=0.1), (6, 4)),
        ("cross_entropy:0.1:0.5,2,1,0.25", classes,
         lambda z, t: F.cross_entropy(z.transpose(1, 2), t, weight=weights, label_smoothing=0.1), (2, 3, 4)),
    ]
    for name, targets, loss, shape in table:
        z = (2 * torch.randn(shape)).requires_grad_()
        t = targets(torch.randn(shape)) if targets is not torch.randn else torch.randn(shape)
        value = loss(z, t)
        value.backward()
        show(name, shape, z, t, value, z.grad)


print(f"// PyTorch {torch.__version__}: python3 tests/libnn/pytorch_layers.py")
print("#if defined(PYTORCH_TRAINING)")
print("// layers, shape of the batch; x, parameters, buffers, y, dy, dx, their gradient, buffers after it")
layers(True)
print("#elif defined(PYTORCH_INFERENCE)")
layers(False)
print("#elif defined(PYTORCH_LOSSES)")
print("// loss, shape of the outputs; outputs, targets, mean loss, its gradient")
losses()
print("#endif")
