"""Uploads a file of each size that is named, downloads it and compares; prints seconds both ways."""
import hashlib
import json
import os
import sys
import tempfile
import time

import mlflow


def digest(path):
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


folder = tempfile.mkdtemp()
block = os.urandom(1 << 20)
results = []
mlflow.set_experiment("artifacts")
with mlflow.start_run() as run:
    for size in map(int, sys.argv[1:]):
        path = os.path.join(folder, f"{size}.bin")
        with open(path, "wb") as file:
            for at in range(0, size, len(block)):
                file.write(block[: min(len(block), size - at)])
        begun = time.perf_counter()
        mlflow.log_artifact(path, "files")
        up = time.perf_counter() - begun
        begun = time.perf_counter()
        back = mlflow.artifacts.download_artifacts(
            run_id=run.info.run_id, artifact_path=f"files/{size}.bin", dst_path=os.path.join(folder, "back")
        )
        down = time.perf_counter() - begun
        results.append({"size": size, "same": digest(path) == digest(back), "up": up, "down": down})
        os.remove(path)
        os.remove(back)
print(json.dumps({"version": mlflow.__version__, "files": results}))
