"""peer.py TASK FILE [OUT]: what pandas, NumPy and scikit-learn do for a task."""
import sys

import numpy as np
import pandas as pd

task, path = sys.argv[1:3]
frame = pd.read_csv(path)


def leading(k=10):
    values, vectors = np.linalg.eigh(np.cov(frame.values, rowvar=False))
    return vectors[:, ::-1][:, :k]


def write_scores(scores):
    pd.DataFrame(scores).to_csv(sys.argv[3], index=False)


if task == "pca_numpy":
    print(leading())
elif task == "pca_sklearn":
    from sklearn.decomposition import PCA
    print(PCA(10).fit(frame.values).components_)
elif task == "scores_numpy":
    X = frame.values
    write_scores((X - X.mean(axis=0)) @ leading())
elif task == "describe":
    summary = frame.describe()
    summary.loc["skewness"], summary.loc["kurtosis"] = frame.skew(), frame.kurt()
    print(summary)
elif task == "cor":
    print(np.corrcoef(frame.values, rowvar=False))
