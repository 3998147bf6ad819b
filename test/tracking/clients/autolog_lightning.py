"""Lightning, once with autolog and once with its own MLFlowLogger."""
import json
import os
import tempfile

import lightning
import mlflow
import torch
from lightning.pytorch.loggers import MLFlowLogger
from mlflow import MlflowClient

torch.manual_seed(0)
torch.set_num_threads(1)
x = torch.randn(256, 4)
y = (x.sum(1) > 0).float()


class Model(lightning.LightningModule):
    def __init__(self, width: int = 8):
        super().__init__()
        self.save_hyperparameters()
        self.net = torch.nn.Sequential(torch.nn.Linear(4, width), torch.nn.ReLU(), torch.nn.Linear(width, 1))

    def forward(self, batch):
        return self.net(batch).squeeze(1)

    def training_step(self, batch, _):
        loss = torch.nn.functional.binary_cross_entropy_with_logits(self(batch[0]), batch[1])
        self.log("loss", loss, on_step=False, on_epoch=True)
        return loss

    def configure_optimizers(self):
        return torch.optim.Adam(self.parameters(), 0.01)


def loader():
    return torch.utils.data.DataLoader(torch.utils.data.TensorDataset(x, y), 64)


def trainer(**more):
    return lightning.Trainer(
        max_epochs=4, accelerator="cpu", enable_progress_bar=False, enable_model_summary=False, log_every_n_steps=1, **more
    )


os.chdir(tempfile.mkdtemp())
client = MlflowClient()
mlflow.set_experiment("lightning")
mlflow.pytorch.autolog(checkpoint=False)
with mlflow.start_run() as auto:
    model = Model()
    trainer(logger=False, enable_checkpointing=False).fit(model, loader())
mlflow.pytorch.autolog(disable=True)
loaded = mlflow.pytorch.load_model(f"runs:/{auto.info.run_id}/model", weights_only=False) if int(
    mlflow.__version__[0]) >= 3 else mlflow.pytorch.load_model(f"runs:/{auto.info.run_id}/model")

logger = MLFlowLogger(experiment_name="lightning", tracking_uri=os.environ["MLFLOW_TRACKING_URI"], log_model=True)
trainer(logger=logger, default_root_dir=".").fit(Model(width=16), loader())
logged = client.get_run(logger.run_id)


def files(run_id, path=None):
    for entry in client.list_artifacts(run_id, path):
        yield from files(run_id, entry.path) if entry.is_dir else [entry.path]


with torch.no_grad():
    same = bool(torch.equal(loaded(x), model(x)))
print(json.dumps({
    "version": mlflow.__version__,
    "auto_epochs": len(client.get_metric_history(auto.info.run_id, "loss")),
    "auto_params": client.get_run(auto.info.run_id).data.params,
    "same_outputs": same,
    "logger_epochs": len(client.get_metric_history(logger.run_id, "loss")),
    "logger_width": logged.data.params["width"],
    "logger_status": logged.info.status,
    "checkpoints": [path for path in files(logger.run_id) if path.endswith(".ckpt")],
}))
