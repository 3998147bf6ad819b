"""Reference values for shared/statistics, computed by programs that share no code with it.

    pip install numpy scipy scikit-learn statsmodels confidenceinterval MLstatkit
    python tools/statistics-references.py [NAME…]

writes test/statistics/fixtures/*.json, or only those named. The samples are drawn here with a fixed seed and stored beside the values. DeLong's
variance, its clustered form and the paired differences are computed from their definitions over all pairs of rows (O(n^2)),
and DeLong's variance is checked against the packages confidenceinterval and MLstatkit while the fixtures are made.
"""

import json
import pathlib
import platform
import sys
from importlib.metadata import version

import numpy as np
from scipy import optimize, special, stats
from sklearn import metrics

OUT = pathlib.Path(__file__).resolve().parent.parent / "test" / "statistics" / "fixtures"
Z = stats.norm.ppf(0.975)


def versions(make):
    names = ["numpy", "scipy", "scikit-learn"]
    if make not in (regression, groups):
        names += ["statsmodels", "confidenceinterval", "MLstatkit"]
    return {"python": platform.python_version(), **{name: version(name) for name in names}}


def kernel(truth, scores):
    """Placements of every row from the full matrix of pairs."""
    x, y = scores[truth == 1], scores[truth == 0]
    psi = (x[:, None] > y[None, :]) + 0.5 * (x[:, None] == y[None, :])
    values = np.empty(len(scores))
    values[truth == 1] = psi.mean(axis=1)
    values[truth == 0] = psi.mean(axis=0)
    return psi.mean(), values


def delong_covariance(truth, placed):
    """Covariance matrix of the AUCs of several scores; placed: list of (auc, values)."""
    v = np.array([values for _, values in placed])
    s10 = np.atleast_2d(np.cov(v[:, truth == 1]))
    s01 = np.atleast_2d(np.cov(v[:, truth == 0]))
    return s10 / (truth == 1).sum() + s01 / (truth == 0).sum()


def obuchowski_covariance(truth, subject, placed):
    """Obuchowski 1997, equations for S10, S01 and S11, person by person."""
    people = np.unique(subject)
    m, n = (truth == 1).sum(), (truth == 0).sum()
    i10 = sum(((subject == p) & (truth == 1)).any() for p in people)
    i01 = sum(((subject == p) & (truth == 0)).any() for p in people)
    i = len(people)
    k = len(placed)
    out = np.zeros((k, k))
    for r in range(k):
        for s in range(k):
            s10 = s01 = s11 = s11t = 0.0
            for p in people:
                pos, neg = (subject == p) & (truth == 1), (subject == p) & (truth == 0)
                xr = placed[r][1][pos].sum() - pos.sum() * placed[r][0]
                xs = placed[s][1][pos].sum() - pos.sum() * placed[s][0]
                yr = placed[r][1][neg].sum() - neg.sum() * placed[r][0]
                ys = placed[s][1][neg].sum() - neg.sum() * placed[s][0]
                s10 += xr * xs
                s01 += yr * ys
                s11 += xr * ys
                s11t += xs * yr
            s10 *= i10 / ((i10 - 1) * m)
            s01 *= i01 / ((i01 - 1) * n)
            s11 *= i / (i - 1)
            s11t *= i / (i - 1)
            out[r, s] = s10 / m + s01 / n + (s11 + s11t) / (m * n)
    return out


def newcombe(auc, m, n):
    mean = (m + n) / 2

    def excess(t):
        v = t * (1 - t) * (1 + (mean - 1) * ((1 - t) / (2 - t) + t / (1 + t))) / (m * n)
        return (t - auc) ** 2 - Z**2 * v

    low = 0.0 if auc == 0 else optimize.brentq(excess, 1e-12, auc - 1e-9 if auc == 1 else auc, xtol=1e-14)
    high = 1.0 if auc == 1 else optimize.brentq(excess, auc, 1 - 1e-12, xtol=1e-14)
    return [low, high]


def draw(rng, people, rows_per_person, share):
    """Rows of persons with a person effect; scores are probabilities with ties (three decimals), b is a noisier copy."""
    subject = np.repeat(np.arange(people), rows_per_person)
    n = len(subject)
    effect = rng.normal(size=people)[subject]
    x = effect + rng.normal(size=n)
    truth = (rng.uniform(size=n) < special.expit(np.log(share / (1 - share)) + 1.1 * x)).astype(int)
    a = np.round(special.expit(-0.6 + 1.4 * x + 0.8 * rng.normal(size=n)), 3)
    b = np.round(special.expit(-0.3 + 0.9 * x + 1.2 * rng.normal(size=n)), 3)
    a, b = np.clip(a, 0.001, 0.999), np.clip(b, 0.001, 0.999)
    return subject, truth, a, b


def binary():
    import statsmodels.api as sm

    rng = np.random.default_rng(20260101)
    _, truth, a, b = draw(rng, 180, np.ones(180, int), 0.25)
    placed = [kernel(truth, a), kernel(truth, b)]
    covariance = delong_covariance(truth, placed)
    check_against_packages(truth, a, b, placed[0][0], covariance)
    fpr, tpr, thresholds = metrics.roc_curve(truth, a, drop_intermediate=False)
    precision, recall, pr_thresholds = metrics.precision_recall_curve(truth, a)
    called = (a >= 0.4).astype(int)
    logit = special.logit(a)
    offset = sm.GLM(truth, np.ones((len(truth), 1)), family=sm.families.Binomial(), offset=logit).fit(tol=1e-14)
    slope = sm.Logit(truth, sm.add_constant(logit)).fit(disp=0, tol=1e-12, method="newton")
    tn, fp, fn, tp = metrics.confusion_matrix(truth, called).ravel()
    youden = np.argmax(tpr - fpr)
    prevalence = truth.mean()
    grid = np.array([0.05, 0.2, 0.5, 0.8])
    benefit = [
        (((a >= t) & (truth == 1)).sum() - ((a >= t) & (truth == 0)).sum() * t / (1 - t)) / len(truth) for t in grid
    ]
    return {
        "sample": {"truth": truth.tolist(), "a": a.tolist(), "b": b.tolist()},
        "auc": {"a": metrics.roc_auc_score(truth, a), "b": metrics.roc_auc_score(truth, b)},
        "delong": {
            "varianceA": covariance[0, 0],
            "varianceB": covariance[1, 1],
            "varianceOfDifference": covariance[0, 0] + covariance[1, 1] - 2 * covariance[0, 1],
        },
        "roc": {"falsePositiveRate": fpr.tolist(), "truePositiveRate": tpr.tolist(), "thresholds": thresholds[1:].tolist()},
        "precisionRecall": {
            "precision": precision[::-1].tolist(),
            "recall": recall[::-1].tolist(),
            "thresholds": pr_thresholds[::-1].tolist(),
        },
        "averagePrecision": metrics.average_precision_score(truth, a),
        "brier": metrics.brier_score_loss(truth, a),
        "logLoss": metrics.log_loss(truth, a),
        "calibrationIntercept": float(offset.params[0]),
        "calibrationSlope": float(slope.params[1]),
        "confusionAt0.4": {"trueNegative": int(tn), "falsePositive": int(fp), "falseNegative": int(fn), "truePositive": int(tp)},
        "accuracy": metrics.accuracy_score(truth, called),
        "balancedAccuracy": metrics.balanced_accuracy_score(truth, called),
        "sensitivity": metrics.recall_score(truth, called),
        "specificity": metrics.recall_score(truth, called, pos_label=0),
        "ppv": metrics.precision_score(truth, called),
        "npv": metrics.precision_score(truth, called, pos_label=0),
        "f1": metrics.f1_score(truth, called),
        "mcc": metrics.matthews_corrcoef(truth, called),
        "youden": {"index": float((tpr - fpr)[youden]), "score": float(thresholds[youden])},
        "decisionCurve": {
            "thresholds": grid.tolist(),
            "netBenefit": [float(x) for x in benefit],
            "treatAll": [float(prevalence - (1 - prevalence) * t / (1 - t)) for t in grid],
        },
    }


def check_against_packages(truth, a, b, auc, covariance):
    """The brute-force DeLong variances against two independent packages (the first works in single precision)."""
    from confidenceinterval.delong import delong_roc_variance
    from MLstatkit import Delong_test

    other_auc, other_variance = delong_roc_variance(truth, a)
    assert abs(float(other_auc) - auc) < 1e-6, (other_auc, auc)
    assert abs(float(other_variance) / covariance[0, 0] - 1) < 1e-4, (other_variance, covariance)
    of_difference = covariance[0, 0] + covariance[1, 1] - 2 * covariance[0, 1]
    assert abs(Delong_test(truth, a, b)[-1]["var_diff"] - of_difference) < 1e-14


def clustered():
    rng = np.random.default_rng(20260102)
    people = 70
    subject, truth, a, b = draw(rng, people, 1 + rng.integers(0, 5, size=people), 0.35)
    placed = [kernel(truth, a), kernel(truth, b)]
    covariance = obuchowski_covariance(truth, subject, placed)
    return {
        "sample": {"subject": subject.tolist(), "truth": truth.tolist(), "a": a.tolist(), "b": b.tolist()},
        "auc": {"a": placed[0][0], "b": placed[1][0]},
        "varianceA": covariance[0, 0],
        "varianceB": covariance[1, 1],
        "varianceOfDifference": covariance[0, 0] + covariance[1, 1] - 2 * covariance[0, 1],
        "unclusteredVarianceA": delong_covariance(truth, placed)[0, 0],
    }


def multiclass():
    rng = np.random.default_rng(20260103)
    n, k = 140, 4
    truth = rng.choice(k, size=n, p=[0.45, 0.3, 0.15, 0.1])
    z = rng.normal(size=(n, k))
    z[np.arange(n), truth] += 1.1
    scores = np.round(special.softmax(z, axis=1), 3)
    scores[:, -1] = np.round(1 - scores[:, :-1].sum(axis=1), 3)
    scores = np.clip(scores, 0, 1)
    called = scores.argmax(axis=1)
    one_hot = np.eye(k)[truth]
    chosen = np.clip(scores[np.arange(n), truth], np.finfo(float).eps, 1 - np.finfo(float).eps)
    return {
        "sample": {"classes": k, "truth": truth.tolist(), "scores": scores.ravel().tolist()},
        "auc": metrics.roc_auc_score(one_hot, scores, average="macro"),
        "averagePrecision": metrics.average_precision_score(one_hot, scores, average="macro"),
        "brier": float(((scores - one_hot) ** 2).sum(axis=1).mean()),
        "logLoss": float(-np.log(chosen).mean()),
        "accuracy": metrics.accuracy_score(truth, called),
        "balancedAccuracy": metrics.balanced_accuracy_score(truth, called),
        "f1": metrics.f1_score(truth, called, average="macro"),
        "mcc": metrics.matthews_corrcoef(truth, called),
        "confusion": metrics.confusion_matrix(truth, called).tolist(),
    }


def regression():
    """Predicted numbers with ties in both: errors by scikit-learn, correlation and line by SciPy."""
    rng = np.random.default_rng(20260401)
    n = 180
    signal = rng.normal(size=n)
    truth = np.round(20 + 6 * signal + 4 * rng.normal(size=n))
    scores = np.round(21 + 4 * signal + 2 * rng.normal(size=n), 1)
    weights = rng.integers(0, 4, size=n)
    return {
        "sample": {"truth": truth.tolist(), "scores": scores.tolist(), "weights": weights.tolist()},
        "once": regression_values(truth, scores),
        "weighted": regression_values(np.repeat(truth, weights), np.repeat(scores, weights)),
    }


def regression_values(truth, scores):
    line = stats.linregress(scores, truth)
    return {
        "rmse": float(metrics.root_mean_squared_error(truth, scores)),
        "mae": float(metrics.mean_absolute_error(truth, scores)),
        "r2": float(metrics.r2_score(truth, scores)),
        "spearman": float(stats.spearmanr(truth, scores).statistic),
        "calibrationIntercept": float(line.intercept),
        "calibrationSlope": float(line.slope),
    }


def distributions():
    from statsmodels.stats.multitest import multipletests
    from statsmodels.stats.proportion import proportion_confint

    z = [-8.0, -3.5, -1.0, -0.2, 0.0, 0.7, 1.959963984540054, 4.0, 7.5, 12.0, 30.0]
    p = [1e-12, 1e-5, 0.003, 0.025, 0.2, 0.5, 0.61, 0.9, 0.975, 0.9995, 1 - 1e-9]
    counts = [(0, 10), (1, 10), (7, 9), (50, 50), (33, 120), (999, 1000)]
    tests = [0.01, 0.04, 0.03, 0.005, 0.6, 0.5]
    values = [0.3, 1.2, 2.2, 2.2, 5.0, 9.1, 11.0]
    return {
        "normalUpperTail": {"z": z, "p": [float(stats.norm.sf(x)) for x in z]},
        "normalQuantile": {"p": p, "z": [float(stats.norm.ppf(x)) for x in p]},
        "wilson": [{"count": c, "of": n, "interval": [float(x) for x in proportion_confint(c, n, method="wilson")]} for c, n in counts],
        "holm": {"p": tests, "adjusted": multipletests(tests, method="holm")[1].tolist()},
        "quantile": {"values": values, "p": [0.0, 0.025, 0.33, 0.5, 0.975, 1.0],
                     "quantiles": [float(np.quantile(values, q)) for q in [0.0, 0.025, 0.33, 0.5, 0.975, 1.0]]},
        "newcombe": [{"auc": a, "positives": m, "negatives": n, "interval": newcombe(a, m, n)}
                     for a, m, n in [(0.8, 12, 40), (1.0, 9, 15), (0.5, 1, 20), (0.93, 60, 31)]],
        "xoshiro128": {"state": [1, 2, 3, 4], "outputs": xoshiro([1, 2, 3, 4], 10)},
        "splitmix": {"seed": 42, "outputs": xoshiro(splitmix32(42, 4), 5)},
    }


def groups():
    """Cochran's Q over logit AUCs of unequal groups, with one and with several rows per person."""
    rng = np.random.default_rng(20261124)

    def q_test(aucs, covariance):
        aucs = np.array(aucs)
        slope = 1 / (aucs * (1 - aucs))
        inverse = np.linalg.inv(np.asarray(covariance) * np.outer(slope, slope))
        logits = special.logit(aucs)
        mean = inverse.sum(axis=0) @ logits / inverse.sum()
        statistic = (logits - mean) @ inverse @ (logits - mean)
        return float(stats.chi2.sf(statistic, len(aucs) - 1))

    def of_rows(rows_per_person):
        people = 260
        subject, truth, score, _ = draw(rng, people, rows_per_person, 0.35)
        group = rng.choice(3, size=people, p=[0.15, 0.25, 0.6])[subject]
        placed = [kernel(truth[group == g], score[group == g]) for g in range(3)]
        single = len(subject) == people
        variances = [
            (delong_covariance(truth[group == g], [placed[g]]) if single
             else obuchowski_covariance(truth[group == g], subject[group == g], [placed[g]]))[0, 0]
            for g in range(3)
        ]
        sample = {"subject": subject.tolist(), "truth": truth.tolist(), "scores": score.tolist(), "group": group.tolist()}
        return {"sample": sample, "aucs": [float(auc) for auc, _ in placed], "p": q_test([a for a, _ in placed], np.diag(variances))}

    chi = [(3.84, 1), (0.02, 1), (5.99, 2), (7.81, 3), (40.0, 9), (120.0, 6), (12.0, 29)]
    return {
        "chiSquare": [{"x": x, "degrees": df, "p": float(stats.chi2.sf(x, df))} for x, df in chi],
        "single": of_rows(np.ones(260, int)),
        "several": of_rows(rng.integers(1, 4, size=260)),
    }


MASK = 0xFFFFFFFF


def xoshiro(state, count):
    """xoshiro128** 1.1 from its published C code, in arbitrary-precision integers."""
    s = list(state)
    rotl = lambda x, k: ((x << k) | (x >> (32 - k))) & MASK
    out = []
    for _ in range(count):
        out.append(rotl((s[1] * 5) & MASK, 7) * 9 & MASK)
        t = (s[1] << 9) & MASK
        s[2] ^= s[0]
        s[3] ^= s[1]
        s[1] ^= s[2]
        s[0] ^= s[3]
        s[2] ^= t
        s[3] = rotl(s[3], 11)
    return out


def splitmix32(seed, count):
    """The 32-bit finaliser of MurmurHash3 over a Weyl sequence."""
    out = []
    for _ in range(count):
        seed = (seed + 0x9E3779B9) & MASK
        z = seed
        z = ((z ^ (z >> 16)) * 0x85EBCA6B) & MASK
        z = ((z ^ (z >> 13)) * 0xC2B2AE35) & MASK
        out.append(z ^ (z >> 16))
    return out


if __name__ == "__main__":
    OUT.mkdir(parents=True, exist_ok=True)
    for make in (binary, clustered, multiclass, regression, groups, distributions):
        if len(sys.argv) > 1 and make.__name__ not in sys.argv[1:]:
            continue
        body = {"madeBy": "tools/statistics-references.py", "versions": versions(make), **make()}
        (OUT / f"{make.__name__}.json").write_text(json.dumps(body) + "\n")
        print(f"{make.__name__}.json")
