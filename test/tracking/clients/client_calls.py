"""What scripts do by hand: nested runs, system metrics, datasets, tables and images, artifacts, the registry with aliases."""
import json
import os
import tempfile
import time

os.environ["MLFLOW_SYSTEM_METRICS_SAMPLING_INTERVAL"] = "0.5"
os.environ["MLFLOW_SYSTEM_METRICS_SAMPLES_BEFORE_LOGGING"] = "1"

import mlflow
import numpy as np
import pandas as pd
from mlflow import MlflowClient
from mlflow.exceptions import MlflowException
from sklearn.linear_model import LogisticRegression

client = MlflowClient()
mlflow.set_experiment("calls")
x = pd.DataFrame({"a": [0.0, 1.0, 2.0, 3.0], "b": [1.0, 0.0, 1.0, 0.0]})
y = np.array([0, 0, 1, 1])

with mlflow.start_run(run_name="parent", description="a note", log_system_metrics=True) as parent:
    mlflow.log_params({"lr": 0.1, "empty": "", "long": "v" * 6000})
    for step in range(5):
        mlflow.log_metric("loss", 1 / (step + 1), step=step)
    mlflow.log_metrics({"nan": float("nan"), "inf": float("inf"), "minus": float("-inf")}, step=2**53 + 1)
    mlflow.set_tag("site", "Zürich")
    with mlflow.start_run(run_name="child", nested=True) as child:
        mlflow.log_metric("auc", 0.75)
    mlflow.log_input(mlflow.data.from_pandas(x, name="cohort"), context="training")
    mlflow.log_text("", "empty.txt")
    mlflow.log_text("péché", "notes/été 1.txt")
    mlflow.log_dict({"a": [1, 2]}, "config.json")
    mlflow.log_table({"score": [0.1, 0.9], "label": ["no", "yes"]}, "table.json")
    mlflow.log_image(np.zeros((4, 4, 3), dtype=np.uint8), key="picture", step=3)
    mlflow.flush_artifact_async_logging()
    for deadline in range(100):
        if any(key.startswith("system/") for key in client.get_run(parent.info.run_id).data.metrics):
            break
        time.sleep(0.1)
    model = LogisticRegression().fit(x, y)
    major = int(mlflow.__version__.split(".")[0])
    where = {"name": "model"} if major >= 3 else {"artifact_path": "model"}
    extra = {"serialization_format": "cloudpickle"} if major >= 3 else {}
    info = mlflow.sklearn.log_model(model, **where, **extra, registered_model_name="risk", input_example=x)

client.set_registered_model_alias("risk", "champion", 1)
client.set_model_version_tag("risk", "1", "checked", "yes")
by_alias = mlflow.sklearn.load_model("models:/risk@champion")
again = mlflow.register_model(info.model_uri, "risk")
versions = sorted(int(found.version) for found in client.search_model_versions("name = 'risk'"))
alias = client.get_model_version_by_alias("risk", "champion")

run = client.get_run(parent.info.run_id)
frame = mlflow.search_runs(experiment_names=["calls"], filter_string="metrics.auc > 0.5 and status = 'FINISHED'")
folder = tempfile.mkdtemp()
text = open(client.download_artifacts(parent.info.run_id, "notes/été 1.txt", folder), encoding="utf8").read()
try:
    client.log_param(parent.info.run_id, "lr", 0.2)
    refused = None
except MlflowException as error:
    refused = error.error_code
client.delete_run(child.info.run_id)
deleted = client.get_run(child.info.run_id).info.lifecycle_stage
client.restore_run(child.info.run_id)
point = client.get_metric_history(parent.info.run_id, "inf")[0]
print(json.dumps({
    "version": mlflow.__version__,
    "parent": parent.info.run_id,
    "name": run.info.run_name,
    "note": run.data.tags["mlflow.note.content"],
    "params": {key: len(value) for key, value in run.data.params.items()},
    "losses": [p.value for p in client.get_metric_history(parent.info.run_id, "loss")],
    "non_finite": [repr(run.data.metrics[key]) for key in ("nan", "inf", "minus")],
    "step": str(point.step),
    "system": any(key.startswith("system/cpu") for key in run.data.metrics),
    "child_parent": client.get_run(child.info.run_id).data.tags["mlflow.parentRunId"],
    "found": list(frame.run_id) == [child.info.run_id],
    "datasets": [entry.dataset.name for entry in run.inputs.dataset_inputs],
    "artifacts": sorted(entry.path for entry in client.list_artifacts(parent.info.run_id)),
    "empty": [entry.file_size for entry in client.list_artifacts(parent.info.run_id) if entry.path == "empty.txt"],
    "images": len(client.list_artifacts(parent.info.run_id, "images")),
    "text": text,
    "table": mlflow.load_table("table.json", run_ids=[parent.info.run_id]).label.tolist(),
    "same_predictions": bool(np.array_equal(by_alias.predict(x), model.predict(x))),
    "versions": versions,
    "again": int(again.version),
    "alias": int(alias.version),
    "version_tags": alias.tags,
    "refused": refused,
    "deleted": deleted,
}))
