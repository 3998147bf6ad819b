"""scikit-learn's side of trees.ts: reads the table that is named, then fits on every line of stdin and prints seconds and AUC."""
import json
import sys
import time

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier, RandomForestClassifier
from sklearn.metrics import roc_auc_score

folder, rows, columns, trees = sys.argv[1], *map(int, sys.argv[2:5])
x = np.fromfile(f"{folder}/x.bin").reshape(-1, columns)
y = np.fromfile(f"{folder}/y.bin").astype(int)
make = {
    "gradient-boosting": lambda: HistGradientBoostingClassifier(max_iter=100, early_stopping=False),
    "random-forest": lambda: RandomForestClassifier(trees, n_jobs=2, random_state=1),
}
print("ready", flush=True)
for line in sys.stdin:
    begun = time.perf_counter()
    model = make[line.strip()]().fit(x[:rows], y[:rows])
    seconds = time.perf_counter() - begun
    auc = roc_auc_score(y[rows:], model.predict_proba(x[rows:])[:, 1])
    print(json.dumps({"seconds": seconds, "auc": auc}), flush=True)
