"""scikit-learn with autolog: a fit, a search whose candidates are nested runs, and the logged model loaded back."""
import json

import mlflow
import numpy as np
from sklearn.datasets import load_breast_cancer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

x, y = load_breast_cancer(return_X_y=True, as_frame=True)
mlflow.set_experiment("scikit-learn")
mlflow.sklearn.autolog()

with mlflow.start_run(run_name="one fit") as one:
    pipeline = make_pipeline(StandardScaler(), LogisticRegression(C=0.5, max_iter=500)).fit(x, y)
    accuracy = pipeline.score(x, y)
loaded = mlflow.sklearn.load_model(f"runs:/{one.info.run_id}/model")

with mlflow.start_run(run_name="search") as search:
    GridSearchCV(LogisticRegression(max_iter=5000), {"C": [0.1, 1.0, 10.0]}, cv=3).fit(x.iloc[:, :5], y)

children = mlflow.search_runs(
    experiment_names=["scikit-learn"], filter_string=f"tags.`mlflow.parentRunId` = '{search.info.run_id}'"
)
run = mlflow.get_run(one.info.run_id)
print(json.dumps({
    "version": mlflow.__version__,
    "run": one.info.run_id,
    "status": run.info.status,
    "params": run.data.params,
    "accuracy": run.data.metrics["training_accuracy_score"],
    "expected_accuracy": accuracy,
    "same_predictions": bool(np.array_equal(loaded.predict(x), pipeline.predict(x))),
    "children": len(children),
    "datasets": [entry.dataset.name for entry in run.inputs.dataset_inputs],
}))
