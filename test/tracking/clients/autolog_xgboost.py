"""XGBoost with autolog: metrics of every round, the parameters, and the booster loaded back."""
import json

import mlflow
import numpy as np
import xgboost
from mlflow import MlflowClient
from sklearn.datasets import load_breast_cancer

x, y = load_breast_cancer(return_X_y=True)
train = xgboost.DMatrix(x[:400], y[:400])
valid = xgboost.DMatrix(x[400:], y[400:])
mlflow.set_experiment("xgboost")
mlflow.xgboost.autolog()
seen = {}
with mlflow.start_run() as run:
    booster = xgboost.train(
        {"objective": "binary:logistic", "eval_metric": "logloss", "max_depth": 2, "nthread": 1},
        train,
        num_boost_round=20,
        evals=[(valid, "valid")],
        evals_result=seen,
        verbose_eval=False,
    )
loaded = mlflow.xgboost.load_model(f"runs:/{run.info.run_id}/model")
history = MlflowClient().get_metric_history(run.info.run_id, "valid-logloss")
print(json.dumps({
    "version": mlflow.__version__,
    "steps": [point.step for point in history],
    "same_history": [point.value for point in history] == [float(value) for value in seen["valid"]["logloss"]],
    "max_depth": mlflow.get_run(run.info.run_id).data.params["max_depth"],
    "same_predictions": bool(np.array_equal(loaded.predict(valid), booster.predict(valid))),
}))
