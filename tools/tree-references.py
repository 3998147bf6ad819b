"""Reference values for the tests of trees and of linear, computed by scikit-learn.

    python3 tools/tree-references.py [DATA]     writes test/training/fixtures/trees.json and linear.json

DATA holds whas500.csv and gbsg2.csv; ../shared/data unless given. The fixtures hold no cell of the data, only what models of it give. Row i is in fold i mod 5.
"""
import csv
import json
import pathlib
import platform
import sys

import numpy as np
import sklearn
from sklearn.ensemble import HistGradientBoostingClassifier, RandomForestClassifier
from sklearn.linear_model import Ridge
from sklearn.metrics import roc_auc_score
from sklearn.preprocessing import StandardScaler

ROOT = pathlib.Path(__file__).resolve().parent.parent
DATA = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared" / "data"
OUT = ROOT / "test" / "training" / "fixtures"
MADE_WITH = {"python": platform.python_version(), "scikit-learn": sklearn.__version__, "numpy": np.__version__}
TABLES = {
    "whas500": ("fstat", ["patient_id", "lenfol", "los", "fstat"]),
    "gbsg2": ("cens", ["patient_id", "time", "cens"]),
}
SEEDS = range(5)


def table(name):
    target, left_out = TABLES[name]
    with open(DATA / f"{name}.csv", newline="") as file:
        rows = list(csv.DictReader(file))
    features = [column for column in rows[0] if column not in left_out]
    columns, levels = [], []
    for feature in features:
        cells = [row[feature] for row in rows]
        try:
            columns.append([float(cell) for cell in cells])
            levels.append(False)
        except ValueError:
            order = sorted(set(cells))
            columns.append([float(order.index(cell)) for cell in cells])
            levels.append(True)
    return features, np.array(columns).T, np.array([int(row[target]) for row in rows]), levels


def mean_auc(make, x, y):
    fold = np.arange(len(y)) % 5
    found = []
    for k in range(5):
        model = make().fit(x[fold != k], y[fold != k])
        found.append(roc_auc_score(y[fold == k], model.predict_proba(x[fold == k])[:, 1]))
    return float(np.mean(found))


def trees(name):
    features, x, y, levels = table(name)
    boosted = lambda: HistGradientBoostingClassifier(
        max_iter=100, learning_rate=0.05, l2_regularization=1, early_stopping=False, categorical_features=levels)
    forests = [mean_auc(lambda: RandomForestClassifier(300, random_state=seed, n_jobs=2), x, y) for seed in SEEDS]
    return {
        "features": features,
        "gradientBoosting": {"trees": 100, "learning_rate": 0.05, "l2": 1, "auc": mean_auc(boosted, x, y)},
        "randomForest": {"trees": 300, "seeds": len(SEEDS), "auc": float(np.mean(forests))},
    }


def linear():
    features, x, _, _ = table("whas500")
    at = features.index("sysbp")
    scaled = StandardScaler().fit_transform(np.delete(x, at, axis=1))
    fits = []
    for l2 in [0, 1, 100]:
        model = Ridge(alpha=l2, solver="cholesky").fit(scaled, x[:, at])
        fits.append({"l2": l2, "weights": model.coef_.tolist(), "intercept": float(model.intercept_)})
    design = np.hstack([scaled, np.ones((len(scaled), 1))])
    squares = np.sum((x[:, at] - design @ np.append(fits[0]["weights"], fits[0]["intercept"])) ** 2)
    variance = squares / (len(design) - design.shape[1])
    errors = np.sqrt(variance * np.diag(np.linalg.inv(design.T @ design)))
    return {"madeWith": MADE_WITH, "target": "sysbp", "fits": fits, "leastSquaresErrors": errors.tolist()}


def write(name, value):
    (OUT / name).write_text(json.dumps(value) + "\n")


write("linear.json", linear())
write("trees.json", {"madeWith": MADE_WITH, **{name: trees(name) for name in TABLES}})
