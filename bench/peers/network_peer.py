"""PyTorch on the work of bench/network_bench.cpp:  network_peer.py [THREADS]

Prints the median epoch or step in milliseconds, and one observation in microseconds. Data are random.
"""
import statistics
import sys
import time

import torch
from torch import nn
from torch.nn import functional as F

threads = int(sys.argv[1]) if len(sys.argv) > 1 else 2
torch.set_num_threads(threads)
torch.manual_seed(1)


def perceptron():
    return nn.Sequential(nn.Flatten(), nn.Linear(784, 512), nn.ReLU(), nn.Linear(512, 10))


def lenet():
    return nn.Sequential(
        nn.Conv2d(1, 20, 5), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(20, 50, 5), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(800, 500), nn.ReLU(), nn.Linear(500, 10))


class Characters(nn.Module):
    def __init__(self):
        super().__init__()
        self.states, self.out = nn.LSTM(65, 256, batch_first=True), nn.Linear(256, 65)

    def forward(self, x):
        return self.out(self.states(x)[0])


def timed(body, times):
    figures = []
    for _ in range(times):
        start = time.perf_counter()
        body()
        figures.append(time.perf_counter() - start)
    return statistics.median(figures)


def epoch(net, images, labels, rule):
    order = torch.randperm(len(images))
    for i in range(0, len(images), 128):
        rows = order[i:i + 128]
        loss = F.cross_entropy(net(images[rows]), labels[rows])
        rule.zero_grad()
        loss.backward()
        rule.step()


images = torch.rand(60_000, 1, 28, 28)
labels = torch.randint(0, 10, (60_000,))
net = perceptron()
rule = torch.optim.RMSprop(net.parameters(), lr=1e-3)
print(f"perceptron_epoch/{threads}: {1e3 * timed(lambda: epoch(net, images, labels, rule), 3):.0f} ms")
one = torch.rand(1, 1, 28, 28)
with torch.no_grad():
    fast = torch.jit.freeze(torch.jit.trace(net.eval(), one))
    print(f"perceptron_of_one: {1e6 * timed(lambda: fast(one), 2000):.1f} us")
net = lenet()
rule = torch.optim.RMSprop(net.parameters(), lr=1e-3)
print(f"lenet_epoch/{threads}: {1e3 * timed(lambda: epoch(net, images, labels, rule), 1):.0f} ms")

net = Characters()
rule = torch.optim.Adam(net.parameters(), lr=2e-3)
x = F.one_hot(torch.randint(0, 65, (64, 100)), 65).float()
z = torch.randint(0, 65, (6400,))


def step():
    loss = F.cross_entropy(net(x).reshape(-1, 65), z)
    rule.zero_grad()
    loss.backward()
    nn.utils.clip_grad_norm_(net.parameters(), 5)
    rule.step()


print(f"character_step/{threads}: {1e3 * timed(step, 20):.1f} ms")
