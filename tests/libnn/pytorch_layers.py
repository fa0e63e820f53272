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


class Lookup(nn.Embedding):  # numbers of symbols as mathtool has them: all inputs are numbers
    def forward(self, x):
        return super().forward(x.long())


class States(nn.Module):  # of a recurrent layer: all or the last; biases as mathtool keeps them
    def __init__(self, layer, every):
        super().__init__()
        self.layer, self.every = layer, every

    def forward(self, x):
        y = self.layer(x)[0]
        return y if self.every else y[:, -1]

    def without_spare_biases(self):
        # Two biases where one would do: the second is 0, but for the part that a GRU resets.
        bias = self.layer.bias_hh_l0
        spare = bias.shape[0] - (bias.shape[0] // 3 if isinstance(self.layer, nn.GRU) else 0)
        bias[:spare] = 0


def recurrent(kind, features, units, every=False):
    return lambda: [States(kind(features, units, batch_first=True), every)]


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
    ("conv 2 3x3", lambda: [nn.Conv2d(1, 2, 3)], (2, 1, 4, 5)),
    ("conv 4 2x3 stride 2 pad 1 groups 2", lambda: [nn.Conv2d(2, 4, (2, 3), stride=2, padding=1, groups=2)],
     (2, 2, 4, 5)),
    ("conv 3 3x2 pad same", lambda: [nn.Conv2d(2, 3, (3, 2), padding="same")], (1, 2, 3, 4)),
    ("conv 3 1x1", lambda: [nn.Conv2d(2, 3, 1)], (2, 2, 2, 3)),
    ("deconv 2 3x3", lambda: [nn.ConvTranspose2d(2, 2, 3)], (2, 2, 2, 3)),
    ("deconv 4 3x2 stride 2 pad 1 groups 2",
     lambda: [nn.ConvTranspose2d(2, 4, (3, 2), stride=2, padding=1, groups=2)], (2, 2, 3, 4)),
    ("maxpool 2", lambda: [nn.MaxPool2d(2)], (2, 2, 4, 5)),
    ("maxpool 3 stride 1", lambda: [nn.MaxPool2d(3, stride=1)], (1, 1, 5, 4)),
    ("maxpool 3 stride 2", lambda: [nn.MaxPool2d(3, stride=2)], (1, 2, 6, 5)),
    ("avgpool 2", lambda: [nn.AvgPool2d(2)], (2, 2, 4, 5)),
    ("avgpool 3 stride 2", lambda: [nn.AvgPool2d(3, stride=2)], (1, 1, 5, 6)),
    ("embedding 3 vocabulary 5", lambda: [Lookup(5, 3)], (2, 4)),
    ("rnn 3", recurrent(nn.RNN, 2, 3), (2, 4, 2)),
    ("rnn 3 all", recurrent(nn.RNN, 2, 3, True), (3, 3, 2)),
    ("lstm 3", recurrent(nn.LSTM, 2, 3), (2, 4, 2)),
    ("lstm 3 all", recurrent(nn.LSTM, 2, 3, True), (3, 3, 2)),
    ("gru 3", recurrent(nn.GRU, 2, 3), (2, 4, 2)),
    ("gru 3 all", recurrent(nn.GRU, 2, 3, True), (3, 3, 2)),
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
    parts = []
    for layer in module.modules():
        for name, p in layer.named_parameters(recurse=False):
            if name == "bias_hh_l0":
                if isinstance(layer, nn.GRU):
                    parts.append(of(p)[-layer.hidden_size:])
            elif p.dim() == 2 and not isinstance(layer, nn.Embedding):
                parts.append(of(p).t().flatten())
            else:
                parts.append(of(p).flatten())
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
            for m in module.modules():
                if isinstance(m, States):
                    m.without_spare_biases()
        before = buffers(module).clone()
        module.train(training)
        x = 2 * torch.randn(shape)
        if name.startswith("embedding"):
            x = torch.randint(0, 5, shape).to(x)
        x.requires_grad_()
        y = module(x)
        dy = torch.randn(y.shape)
        y.backward(dy)
        show(name, shape, x, flat(module, lambda p: p), before, y, dy, x.grad if x.grad is not None else 0 * x,
             flat(module, lambda p: p.grad), buffers(module))


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
