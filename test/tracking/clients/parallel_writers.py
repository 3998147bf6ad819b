"""Processes that log single metrics at once, each to a run of its own and all to a common one."""
import json
import multiprocessing
import sys
import time

import mlflow
from mlflow import MlflowClient

processes, calls = int(sys.argv[1]), int(sys.argv[2])


def write(common, number):
    client = MlflowClient()
    own = client.create_run(client.get_run(common).info.experiment_id)
    for step in range(calls):
        client.log_metric(common if step % 2 else own.info.run_id, f"writer-{number}", step + number / 16, step=step)
    client.set_terminated(own.info.run_id)
    return own.info.run_id


if __name__ == "__main__":
    mlflow.set_experiment("parallel")
    with mlflow.start_run() as run:
        begun = time.perf_counter()
        with multiprocessing.get_context("spawn").Pool(processes) as pool:
            owns = pool.starmap(write, [(run.info.run_id, number) for number in range(processes)])
        seconds = time.perf_counter() - begun
    client = MlflowClient()
    lost = 0
    for number, own in enumerate(owns):
        for run_id, odd in ((own, 0), (run.info.run_id, 1)):
            points = client.get_metric_history(run_id, f"writer-{number}")
            expected = [(step, step + number / 16) for step in range(odd, calls, 2)]
            lost += [(point.step, point.value) for point in points] != expected
    print(json.dumps({"version": mlflow.__version__, "wrong_series": lost, "calls": processes * calls, "seconds": seconds}))
