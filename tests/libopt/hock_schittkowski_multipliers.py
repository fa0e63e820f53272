"""Writes hock_schittkowski_multipliers.inc: the multipliers of Hock and Schittkowski's problems, by
solving the equations of Karush, Kuhn and Tucker in 30 digits with mpmath, from the published
minimisers. python3 hock_schittkowski_multipliers.py PATH/hock_schittkowski.json
"""
import json
import sys

import mpmath as mp
import sympy as sp

mp.mp.dps = 30
names = ("HS7 HS10 HS11 HS12 HS14 HS15 HS18 HS19 HS22 HS24 HS29 HS32 HS35 HS37 HS39 HS40 HS42 HS43 "
         "HS60 HS63 HS65 HS71 HS72 HS76 HS77 HS79 HS100 HS113").split()
problems = {p["name"]: p for p in json.load(open(sys.argv[1]))["problems"]}
for name in names:
    p = problems[name]
    x = sp.symbols(["x%d" % (i + 1) for i in range(p["n"])])
    local = {str(s): s for s in x}

    def read(text):
        return sp.sympify(text.replace("^", "**"), locals=local, rational=True)

    f = read(p["objective"])
    x0 = [mp.mpf(v) for v in p.get("xstar", p.get("xstar_computed"))]
    at = dict(zip(x, x0))
    # g <= 0 or g = 0, in the order of the file: inequalities, then equalities.
    g = [-read(t) for t in p.get("ineq_ge0", [])] + [read(t) for t in p.get("eq0", [])]
    active = [bool(abs(c.evalf(30, subs=at)) < 1e-4) for c in g]
    bounds = []
    for s in x:
        for side, sign in (("lower", -1), ("upper", 1)):
            b = p.get(side, {}).get(str(s))
            if b is not None and abs(float(at[s]) - b) < 1e-5 * max(1, abs(b)):
                bounds.append(sign * (s - sp.Rational(str(b))))
    working = [c for c, a in zip(g, active) if a] + bounds
    u = sp.symbols(["u%d" % i for i in range(len(working))])
    L = f + sum(a * b for a, b in zip(u, working))
    equations = [sp.diff(L, s) for s in x] + working
    F = sp.lambdify([list(x) + list(u)], equations, "mpmath")
    J = sp.lambdify([x], [[sp.diff(c, s) for s in x] for c in working], "mpmath")
    D = sp.lambdify([x], [sp.diff(f, s) for s in x], "mpmath")
    A = mp.matrix(J(x0)).T
    u0 = mp.lu_solve(A, -mp.matrix(D(x0))) if working else []
    root = mp.findroot(lambda *z: F(list(z)), x0 + list(u0), tol=1e-40, maxsteps=50)
    values, k = [], p["n"]
    for a in active:
        values.append(root[k] if a else mp.mpf(0))
        k += a
    print('{"%s", {%s}},' % (name, ", ".join(mp.nstr(v, 15) for v in values)))
