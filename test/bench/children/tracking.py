"""The client side of the tracking benches: the real MLflow client, one measurement per process, its result as a line of JSON."""

import hashlib
import json
import os
import sqlite3
import struct
import sys
import time

# Sizes of the benches are arguments; what is asked of a server is the same for every one.
FILTER = "metrics.auc > 0.5 and params.lr = '0.01'"
ORDER = ["metrics.loss ASC"]


def client_of():
    from mlflow.tracking import MlflowClient

    return MlflowClient()


def new_run(client):
    experiment = client.create_experiment(f"bench {time.time_ns()}")
    return client.create_run(experiment).info.run_id


def single(calls, run, first):
    client = client_of()
    run = run or new_run(client)
    client.log_metric(run, "warm", 0.0, timestamp=1, step=0)
    begun = time.perf_counter()
    for i in range(int(first), int(first) + int(calls)):
        client.log_metric(run, "loss", i * 0.37, timestamp=1_700_000_000_000 + i, step=i)
    return {"seconds": time.perf_counter() - begun, "run": run}


def batch(calls, run, first):
    from mlflow.entities import Metric

    client = client_of()
    run = run or new_run(client)
    client.log_metric(run, "warm", 0.0, timestamp=1, step=0)
    seconds = 0.0
    for i in range(int(first), int(first) + int(calls)):
        metrics = [Metric(f"m{k % 10}", k * 0.37, 1_700_000_000_000 + k, k) for k in range(i * 1000, i * 1000 + 1000)]
        begun = time.perf_counter()
        client.log_batch(run, metrics=metrics)
        seconds += time.perf_counter() - begun
    return {"seconds": seconds, "run": run}


def search(times, experiment):
    client = client_of()
    seconds = []
    found = []
    for _ in range(int(times)):
        begun = time.perf_counter()
        page = client.search_runs([experiment], FILTER, order_by=ORDER, max_results=100)
        seconds.append(time.perf_counter() - begun)
        found = [run.data.metrics["loss"] for run in page]
    return {"seconds": sorted(seconds)[len(seconds) // 2], "found": found}


def raw_search(times, experiment):
    """Seconds until the last byte of the same answer is there, the client's own reading of it left out."""
    import requests

    body = {
        "experiment_ids": [experiment],
        "filter": FILTER,
        "order_by": ORDER,
        "max_results": 100,
        "run_view_type": "ACTIVE_ONLY",
    }
    token = os.environ.get("MLFLOW_TRACKING_TOKEN")
    with requests.Session() as session:
        session.headers.update({"Authorization": f"Bearer {token}"} if token else {})
        seconds = []
        for _ in range(int(times)):
            begun = time.perf_counter()
            session.post(os.environ["MLFLOW_TRACKING_URI"] + "/api/2.0/mlflow/runs/search", json=body).raise_for_status()
            seconds.append(time.perf_counter() - begun)
    return {"seconds": sorted(seconds)[len(seconds) // 2]}


def history(times, run):
    client = client_of()
    seconds = []
    points = []
    for _ in range(int(times)):
        begun = time.perf_counter()
        points = client.get_metric_history(run, "loss")
        seconds.append(time.perf_counter() - begun)
    return {"seconds": min(seconds), "digest": digest_of((p.step, p.timestamp, p.value) for p in points)}


def stream(run, folder, rounds):
    """One job: five points, ten times a second, once the file `go` in the folder says from when on; `clock` is the time at which it is logged. What was acknowledged."""
    from mlflow.entities import Metric

    client = client_of()
    logged = {key: [] for key in ("clock", "m1", "m2", "m3", "m4")}
    # The connection, and what the client loads at its first call.
    client.get_run(run)
    open(os.path.join(folder, run), "w").close()
    go = os.path.join(folder, "go")
    while not os.path.exists(go):
        time.sleep(0.05)
    start = float(open(go).read())
    latest = 0.0
    for step in range(int(rounds)):
        due = start + step * 0.1
        time.sleep(max(0.0, due - time.time()))
        now = time.time()
        latest = max(latest, now - due)
        points = {key: now if key == "clock" else (step + int(run, 16) % 97) * 0.37 * int(key[1:]) for key in logged}
        client.log_batch(run, metrics=[Metric(key, value, int(now * 1000), step) for key, value in points.items()])
        for key, value in points.items():
            logged[key].append((step, int(now * 1000), value))
    return {"late": latest, "digests": {key: digest_of(rows) for key, rows in logged.items()}}


def digest_of(rows):
    sha = hashlib.sha256()
    count = 0
    for step, timestamp, value in rows:
        sha.update(struct.pack("<qqd", step, timestamp, value))
        count += 1
    return f"{count} {sha.hexdigest()}"


def stored(database, run):
    """What MLflow's own database holds of a run, in the order of key, step, time and value."""
    db = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    keys = [row[0] for row in db.execute("SELECT DISTINCT key FROM metrics WHERE run_uuid = ? ORDER BY key", (run,))]
    query = "SELECT step, timestamp, value FROM metrics WHERE run_uuid = ? AND key = ? ORDER BY step, timestamp, value"
    return {key: digest_of(db.execute(query, (run, key))) for key in keys}


def fill(database, runs, points):
    """As many runs as asked for, and one run with a long history, straight into MLflow's database."""
    db = sqlite3.connect(database)
    db.execute("PRAGMA synchronous = OFF")
    db.execute(
        "INSERT INTO experiments (experiment_id, name, artifact_location, lifecycle_stage, creation_time, last_update_time)"
        " VALUES (77, 'filled', 'mlflow-artifacts:/77', 'active', 1, 1)"
    )
    count = int(runs)
    uid = lambda i: f"{i:032x}"
    db.executemany(
        "INSERT INTO runs (run_uuid, name, status, start_time, end_time, lifecycle_stage, artifact_uri, experiment_id,"
        " source_type, source_name, entry_point_name, user_id, source_version)"
        " VALUES (?, ?, 'FINISHED', ?, ?, 'active', ?, 77, 'LOCAL', '', '', 'u', '')",
        ((uid(i), f"run {i}", 1000 + i, 2000 + i, f"mlflow-artifacts:/77/{uid(i)}/artifacts") for i in range(1, count + 1)),
    )
    db.executemany("INSERT INTO tags (key, value, run_uuid) VALUES ('mlflow.runName', ?, ?)", ((f"run {i}", uid(i)) for i in range(1, count + 1)))
    params = (("lr", lambda i: ["0.1", "0.01", "0.001"][i % 3]), ("depth", lambda i: str(i % 7)))
    for key, value in params:
        db.executemany("INSERT INTO params (key, value, run_uuid) VALUES (?, ?, ?)", ((key, value(i), uid(i)) for i in range(1, count + 1)))
    metrics = (("auc", lambda i: (i * 7919 % 100003) / 100003), ("loss", lambda i: (i * 104729 % 1000003) / 1000003))
    for table in ("metrics", "latest_metrics"):
        for key, value in metrics:
            db.executemany(
                f"INSERT INTO {table} (key, value, timestamp, step, is_nan, run_uuid) VALUES (?, ?, 1000, 0, 0, ?)",
                ((key, value(i), uid(i)) for i in range(1, count + 1)),
            )
    long = "f" * 32
    db.execute(
        "INSERT INTO runs (run_uuid, name, status, start_time, end_time, lifecycle_stage, artifact_uri, experiment_id,"
        " source_type, source_name, entry_point_name, user_id, source_version)"
        " VALUES (?, 'long', 'FINISHED', 1, 2, 'active', '', 0, 'LOCAL', '', '', 'u', '')",
        (long,),
    )
    total = int(points)
    db.executemany(
        "INSERT INTO metrics (key, value, timestamp, step, is_nan, run_uuid) VALUES ('loss', ?, ?, ?, 0, ?)",
        ((k * 0.37, 1_700_000_000_000 + k, k, long) for k in range(total)),
    )
    last = total - 1
    db.execute(
        "INSERT INTO latest_metrics (key, value, timestamp, step, is_nan, run_uuid) VALUES ('loss', ?, ?, ?, 0, ?)",
        (last * 0.37, 1_700_000_000_000 + last, last, long),
    )
    db.commit()
    return {}


def analyze(database):
    """Statistics for SQLite's planner, which MLflow itself never asks for."""
    sqlite3.connect(database).execute("ANALYZE")
    return {}


modes = {"single": single, "batch": batch, "search": search, "raw_search": raw_search, "history": history, "stream": stream, "stored": stored, "fill": fill, "analyze": analyze}
print(json.dumps(modes[sys.argv[1]](*sys.argv[2:])))
