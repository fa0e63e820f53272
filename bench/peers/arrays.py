"""ns for one of a million numbers by SciPy's fastest functions and NumPy's generators, the peers of
bench_distribution: densities as formulas over arrays, scipy.special, numpy.random.Generator; and by
scipy.stats, which checks its arguments as mathtool does."""
import time

import numpy as np
from scipy import special as sp
from scipy import stats

N = 1_000_000
random = np.random.default_rng(1)
p = random.uniform(1e-4, 1 - 1e-4, N)
z = random.uniform(-4, 4, N)
positive = random.uniform(0.01, 12, N)
unit = random.uniform(1e-3, 1 - 1e-3, N)
count = random.integers(10, 51, N).astype(float)
small_count = random.integers(0, 30, N).astype(float)


def best(f, repeats=5):
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        f()
        times.append(time.perf_counter() - start)
    return min(times)


def report(name, pdf, cdf, quantile, x, peer="scipy"):
    for verb, f, at in (("pdf", pdf, x), ("cdf", cdf, x), ("quantile", quantile, p)):
        if f is not None:
            print(f"{peer}/{name}/{verb:10} {1e9 * best(lambda: f(at)) / N:8.2f}")


c = 1 / np.sqrt(2 * np.pi)
report("normal", lambda x: c * np.exp(-0.5 * x * x), sp.ndtr, sp.ndtri, z)
report("logistic", lambda x: sp.expit(x) * sp.expit(-x), sp.expit, sp.logit, z)
report("exponential", lambda x: np.exp(-x), lambda x: -np.expm1(-x), lambda q: -np.log1p(-q), positive)
report("uniform", None, None, lambda q: q * 1.0, unit)
report("student_t(5)", lambda x: 0.379606689822494 * (1 + x * x / 5) ** -3, lambda x: sp.stdtr(5, x), None, z)
report("gamma(2.5)", lambda x: np.exp(sp.xlogy(1.5, x) - x - sp.gammaln(2.5)), lambda x: sp.gammainc(2.5, x),
       lambda q: sp.gammaincinv(2.5, q), positive)
report("chi_squared(4)", lambda x: 0.25 * x * np.exp(-0.5 * x), lambda x: sp.chdtr(4, x),
       lambda q: 2 * sp.gammaincinv(2, q), positive)
report("beta(2, 3)", lambda x: 12 * x * (1 - x) ** 2, lambda x: sp.btdtr(2, 3, x), lambda q: sp.btdtri(2, 3, q), unit)
report("binomial(100, 0.3)", None, lambda x: sp.bdtr(x, 100, 0.3), None, count)
report("poisson(10)", lambda x: np.exp(sp.xlogy(x, 10) - sp.gammaln(x + 1) - 10), lambda x: sp.pdtr(x, 10), None,
       small_count)
for name, d, x in (("normal", stats.norm(), z), ("logistic", stats.logistic(), z),
                   ("exponential", stats.expon(), positive), ("uniform", stats.uniform(), unit)):
    report(name, d.pdf, d.cdf, d.ppf, x, peer="scipy.stats")
for name, draw in (("uniform", lambda g: g.random(N)), ("normal", lambda g: g.standard_normal(N)),
                   ("exponential", lambda g: g.standard_exponential(N)), ("gamma(2.5)", lambda g: g.standard_gamma(2.5, N)),
                   ("poisson(10)", lambda g: g.poisson(10, N)), ("binomial(100, 0.3)", lambda g: g.binomial(100, 0.3, N))):
    print(f"draw/numpy/{name:20} {1e9 * best(lambda: draw(random)) / N:8.2f}")
seconds = best(lambda: random.standard_exponential((N, 30)).mean(axis=1), 3)
print(f"means_of_30_exponentials/numpy {1e3 * seconds:8.1f} ms")
