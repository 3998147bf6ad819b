"""Reference values for the tests of training, computed by scikit-learn (and numpy for standard errors).

    python3 tools/training-references.py [NAME…]    writes test/training/fixtures/NAME.json, or all of them

The WHAS500 part is written only where ../shared/data/whas500.csv exists; it holds no cell of the data, only what a model of
it gives. Versions are written beside the values.
"""
import csv
import json
import pathlib
import platform
import sys

import numpy as np
import sklearn
from sklearn.inspection import permutation_importance
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.preprocessing import StandardScaler

ROOT = pathlib.Path(__file__).resolve().parent.parent
OUT = ROOT / "test" / "training" / "fixtures"
MADE_WITH = {"python": platform.python_version(), "scikit-learn": sklearn.__version__, "numpy": np.__version__}


def fit(x, y, l2):
    """l2 = 1 / C; the newton-cg solver, run far beyond the default tolerance."""
    c = np.inf if l2 == 0 else 1 / l2
    return LogisticRegression(C=c, solver="newton-cg", tol=1e-12, max_iter=10000).fit(x, y)


def standard_errors(x, y, model, l2):
    """Square roots of the diagonal of the inverse penalised Hessian; intercept last."""
    design = np.hstack([x, np.ones((len(x), 1))])
    p = model.predict_proba(x)[:, 1]
    penalty = np.diag([l2] * x.shape[1] + [0.0])
    return np.sqrt(np.diag(np.linalg.inv(design.T @ (design * (p * (1 - p))[:, None]) + penalty))).tolist()


def synthetic():
    rng = np.random.default_rng(20260101)
    rows, columns = 240, 6
    x = rng.normal(size=(rows, columns)) * [1, 2, 0.5, 10, 1, 1] + [0, 5, 1, 50, 0, 0]
    x[:, 4] = (x[:, 4] > 0.3).astype(float)
    x[:, 5] = 0.6 * x[:, 0] + 0.4 * x[:, 5]
    x = np.round(x, 4)
    z = StandardScaler().fit_transform(x)
    eta = z @ [0.9, -0.6, 0.3, 0.4, -0.5, 0.2] - 0.3
    y = (rng.uniform(size=rows) < 1 / (1 + np.exp(-eta))).astype(int)
    y3 = np.clip(np.floor(eta + rng.logistic(size=rows) + 1.2), 0, 2).astype(int)
    binary = []
    for l2 in [0, 1, 25]:
        model = fit(z, y, l2)
        binary.append({
            "l2": l2,
            "weights": model.coef_[0].tolist(),
            "intercept": float(model.intercept_[0]),
            "standardErrors": standard_errors(z, y, model, l2),
            "probabilities": model.predict_proba(z)[:, 1].tolist(),
        })
    multiclass = [{"l2": l2, "probabilities": fit(z, y3, l2).predict_proba(z).tolist()} for l2 in [1, 25]]
    return {"madeWith": MADE_WITH, "x": x.tolist(), "y": y.tolist(), "y3": y3.tolist(), "binary": binary, "multiclass": multiclass}


def balanced():
    """The data of logistic-synthetic with the classes weighed alike; intercept last."""
    data = synthetic()
    z, y, y3 = StandardScaler().fit_transform(np.array(data["x"])), np.array(data["y"]), np.array(data["y3"])
    y = np.where(np.arange(len(y)) % 3 == 0, 0, y)
    values = {"madeWith": MADE_WITH, "y": y.tolist(), "l2": 1}
    for name, target in [("binary", y), ("multiclass", y3)]:
        model = LogisticRegression(C=1, solver="newton-cg", tol=1e-12, max_iter=10000, class_weight="balanced").fit(z, target)
        values[name] = {"weights": np.column_stack([model.coef_, model.intercept_]).tolist(), "probabilities": model.predict_proba(z).tolist()}
    return values


def importance():
    """Permutation importance of the fit of logistic-synthetic with l2 = 1, on its own rows; means over 400 repeats."""
    data = synthetic()
    z, y = StandardScaler().fit_transform(np.array(data["x"])), np.array(data["y"])
    found = permutation_importance(fit(z, y, 1), z, y, scoring="roc_auc", n_repeats=400, random_state=1)
    return {
        "madeWith": MADE_WITH,
        "auc": float(roc_auc_score(y, fit(z, y, 1).predict_proba(z)[:, 1])),
        "mean": found.importances_mean.tolist(),
        "sd": found.importances.std(axis=1, ddof=1).tolist(),
    }


def whas500(path):
    """Every fifth row (counted from 1) is the test part; the others train. No validation part."""
    with open(path, newline="") as file:
        table = list(csv.DictReader(file))
    left_out = ["patient_id", "lenfol", "los", "fstat"]
    features = [name for name in table[0] if name not in left_out]
    x = np.array([[float(row[name]) for name in features] for row in table])
    y = np.array([int(row["fstat"]) for row in table])
    test = np.arange(1, len(table) + 1) % 5 == 0
    scaler = StandardScaler().fit(x[~test])
    model = fit(scaler.transform(x[~test]), y[~test], 1)
    probabilities = model.predict_proba(scaler.transform(x[test]))[:, 1]
    return {
        "madeWith": MADE_WITH,
        "features": features,
        "l2": 1,
        "coefficients": (model.coef_[0] / scaler.scale_).tolist(),
        "auc": float(roc_auc_score(y[test], probabilities)),
        "probabilities": probabilities.tolist(),
    }


def write(name, make, *args):
    if len(sys.argv) == 1 or name in sys.argv[1:]:
        (OUT / f"{name}.json").write_text(json.dumps(make(*args)) + "\n")


OUT.mkdir(parents=True, exist_ok=True)
write("logistic-synthetic", synthetic)
write("logistic-balanced", balanced)
write("permutation-importance", importance)
data = ROOT.parent / "shared" / "data" / "whas500.csv"
if data.exists():
    write("logistic-whas500", whas500, data)
