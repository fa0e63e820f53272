"""Writes pytorch_steps.inc: the first 20 steps of PyTorch 1.13's optimisers and schedulers.

    python3 tests/libopt/pytorch_steps.py > tests/libopt/pytorch_steps.inc

Debian 12: apt-get install python3-torch (1.13.0). Tests read the table, never this script.
"""
import textwrap
import warnings

import torch
from torch.optim import lr_scheduler

warnings.filterwarnings("ignore")
torch.set_default_dtype(torch.float64)  # also for the product that NAdam keeps

X = torch.tensor([[1.0, 0.5], [-1.5, 2.0], [0.25, -1.0], [2.0, 1.0], [-0.5, -0.75], [1.25, -2.0]])
Y = torch.tensor([1.0, 0.0, 1.0, 1.0, 0.0, 0.0])


def rosenbrock(x):
    return (1 - x[0]) ** 2 + 100 * (x[1] - x[0] ** 2) ** 2


def bowl(x):
    return (x[0] - 1) ** 2 + 10 * (x[1] + 2) ** 2 + x[0] * x[1]


def logistic(x):
    z = X @ x
    return (torch.log(1 + torch.exp(z)) - Y * z).mean()


OBJECTIVES = [(rosenbrock, [-1.2, 1.0]), (bowl, [0.5, 0.25]), (logistic, [0.1, -0.2])]

o = torch.optim
RULES = [
    ("gd", lambda p: o.SGD(p, lr=1e-3)),
    ("sgd", lambda p: o.SGD(p, lr=1e-3, momentum=0.8, dampening=0.25)),
    ("sgd nesterov", lambda p: o.SGD(p, lr=1e-3, momentum=0.8, nesterov=True)),
    ("momentum", lambda p: o.SGD(p, lr=1e-3, momentum=0.9)),
    ("nesterov", lambda p: o.SGD(p, lr=1e-3, momentum=0.9, nesterov=True)),
    ("adagrad", lambda p: o.Adagrad(p)),
    ("adagrad decay", lambda p: o.Adagrad(p, lr=0.1, lr_decay=0.05, initial_accumulator_value=0.5)),
    ("adadelta", lambda p: o.Adadelta(p)),
    ("rmsprop", lambda p: o.RMSprop(p)),
    ("rmsprop centered", lambda p: o.RMSprop(p, centered=True)),
    ("rmsprop momentum", lambda p: o.RMSprop(p, lr=1e-3, momentum=0.9)),
    ("rmsprop both", lambda p: o.RMSprop(p, lr=1e-3, alpha=0.9, momentum=0.9, centered=True)),
    ("adam", lambda p: o.Adam(p)),
    ("adam fast", lambda p: o.Adam(p, lr=0.05, betas=(0.8, 0.95), eps=1e-6)),
    ("adam l2", lambda p: o.Adam(p, lr=0.05, weight_decay=0.1)),
    ("amsgrad", lambda p: o.Adam(p, amsgrad=True)),
    ("amsgrad fast", lambda p: o.Adam(p, lr=0.3, betas=(0.8, 0.9), amsgrad=True)),
    ("adamw", lambda p: o.AdamW(p)),
    ("adamw fast", lambda p: o.AdamW(p, lr=0.05, weight_decay=0.1)),
    ("nadam", lambda p: o.NAdam(p)),
    ("nadam fast", lambda p: o.NAdam(p, lr=0.05, momentum_decay=0.1)),
]
CLIPS = [
    ("clip norm", lambda x: torch.nn.utils.clip_grad_norm_([x], 0.5)),
    ("clip value", lambda x: torch.nn.utils.clip_grad_value_([x], 0.5)),
]


def steps(f, start, make, clip=None, count=20):
    x = torch.tensor(start, requires_grad=True)
    rule = make([x])
    path = []
    for _ in range(count):
        rule.zero_grad()
        f(x).backward()
        if clip:
            clip(x)
        rule.step()
        path += x.tolist()
    return path


def warmed(make, n):
    """n steps up to the first rate of a schedule, by LambdaLR; then the schedule, begun afresh."""

    def rates(count):
        rule = o.SGD([torch.zeros(1, requires_grad=True)], lr=0.5)
        after = make(rule)
        first = rule.param_groups[0]["lr"]
        up = o.SGD([torch.zeros(1, requires_grad=True)], lr=first)
        ramp = lr_scheduler.LambdaLR(up, lambda t: (t + 1) / n)
        result = []
        for t in range(count):
            chosen, schedule = (up, ramp) if t < n else (rule, after)
            result.append(chosen.param_groups[0]["lr"])
            chosen.step()
            schedule.step()
        return result

    return rates


def plain(make):
    def rates(count):
        rule = o.SGD([torch.zeros(1, requires_grad=True)], lr=0.5)
        schedule = make(rule)
        result = []
        for t in range(count):
            result.append(rule.param_groups[0]["lr"])
            rule.step()
            if isinstance(schedule, lr_scheduler.ReduceLROnPlateau):
                schedule.step(PLATEAU[t])
            else:
                schedule.step()
        return result

    return rates


PLATEAU = [5, 4, 4, 4.1, 4, 3.9999, 3.9, 3.9, 3.9, 3.9, 3, 3.1, 3.2, 3.3, 3.4, 3.5, 2, 2, 2, 2]
s = lr_scheduler
SCHEDULES = [
    ("constant", plain(lambda r: s.LambdaLR(r, lambda t: 1.0))),
    ("step:3:0.1", plain(lambda r: s.StepLR(r, 3, 0.1))),
    ("exponential:0.95", plain(lambda r: s.ExponentialLR(r, 0.95))),
    ("cosine", plain(lambda r: s.CosineAnnealingLR(r, 20))),
    ("cosine:7", plain(lambda r: s.CosineAnnealingWarmRestarts(r, 7))),
    ("onecycle:0.01", plain(lambda r: s.OneCycleLR(r, 0.01, 20, cycle_momentum=False))),
    ("plateau:2:0.5", plain(lambda r: s.ReduceLROnPlateau(r, factor=0.5, patience=2))),
    ("warmup:5+exponential:0.9", warmed(lambda r: s.ExponentialLR(r, 0.9), 5)),
    ("warmup:4+cosine", warmed(lambda r: s.CosineAnnealingLR(r, 16), 4)),
    ("warmup:3+onecycle:0.2", warmed(lambda r: s.OneCycleLR(r, 0.2, 17, cycle_momentum=False), 3)),
]


def show(name, key, numbers):
    text = ", ".join(repr(float(v)) for v in numbers)
    print(f'{{"{name}", "{key}",')
    print(textwrap.fill("{" + text + "}},", 110, initial_indent=" ", subsequent_indent="  "))


print(f"// PyTorch {torch.__version__}: python3 tests/libopt/pytorch_steps.py")
print("// x after each of 20 steps; for a schedule the learning rate of each, own rate 0.5.")
for rule_name, make in RULES:
    for f, start in OBJECTIVES:
        show(rule_name, f.__name__, steps(f, start, make))
for clip_name, clip in CLIPS:
    for f, start in OBJECTIVES:
        show(clip_name, f.__name__, steps(f, start, lambda p: o.SGD(p, lr=0.1), clip))
for schedule_name, rates in SCHEDULES:
    show("schedule", schedule_name, rates(20))
