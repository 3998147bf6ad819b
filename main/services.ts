import { join } from 'node:path';
import type { LinkTarget } from '../shared/contract/settings.ts';
import { recordRun } from './hardware/sample-run.ts';
import { createSampler } from './hardware/sampler.ts';
import type { Host, HostWindow } from './host/host.ts';
import { appCalls } from './ipc/calls/app.ts';
import { commandCalls } from './ipc/calls/commands.ts';
import { copyCalls } from './ipc/calls/copy.ts';
import { datasetCalls } from './ipc/calls/datasets.ts';
import { engineCalls } from './ipc/calls/engines.ts';
import { exportCalls } from './ipc/calls/exports.ts';
import { hardwareCalls } from './ipc/calls/hardware.ts';
import { importCalls } from './ipc/calls/imports.ts';
import { modelCalls } from './ipc/calls/models.ts';
import { serveIfOn, trackingCalls } from './ipc/calls/tracking.ts';
import { trainingCalls } from './ipc/calls/training.ts';
import { createPublisher } from './ipc/publish.ts';
import { registerCalls } from './ipc/register.ts';
import { createLog } from './platform/log.ts';
import { createServeProcess } from './tracking/serve-process.ts';
import { createSupervisor } from './training/supervisor.ts';
import { unlockKeys } from './unlock-keys.ts';
import { openWorkerClient } from './workers/worker-client.ts';

export type ServicesOptions = {
  host: Host;
  hostName: 'electron' | 'chromium';
  vaultDir: string;
  /** When the host can be asked for its keyring. */
  ready: Promise<void>;
  /** Attempts to reach anything else that were refused so far. */
  refused(): number;
  onRefused(): void;
  /** The link from outside that waits, once. */
  takeLink(): LinkTarget | null;
};

export type Services = {
  /** Sends events to this window from now on. */
  connect(window: HostWindow): void;
  /** Tells the page that a link from outside waits. */
  tellOfLink(): void;
  /** Stops what runs, records it and closes the store. */
  close(): Promise<void>;
};

/** Opens the store and starts everything that is not a window; rejects with what kept the vault from opening. */
export async function startServices(options: ServicesOptions): Promise<Services> {
  const { host, hostName, vaultDir, ready, refused, onRefused, takeLink } = options;
  const log = createLog(join(vaultDir, 'logs', 'app.log'), { '<vault>': vaultDir });
  const client = await openWorkerClient({ dir: vaultDir, purpose: 'app', onUnexpected: log });
  await unlockKeys(host.safeStorage, vaultDir, client, ready, log);
  const sampler = createSampler({ folder: vaultDir });
  let window: HostWindow | null = null;
  const publisher = createPublisher((channel, message) => window?.webContents.send(channel, message));
  const supervisor = createSupervisor({
    client,
    vaultDir,
    watch: (id, pid, signal, started) =>
      recordRun(sampler, (input) => client.call('internal.appendPoints', input), id, pid, signal, started),
  });

  const tracking = createServeProcess(vaultDir);
  void serveIfOn(tracking, client).catch((error: unknown) => log('the tracking server', error));

  client.onChanged(({ revision, nouns, runs }) => publisher.publish('store.changed', { revision, nouns, runs }));
  sampler.onSample((machine, runs) => publisher.publish('hardware.sample', { machine, runs }));
  const imports = importCalls({ dialog: host.dialog, vaultDir });
  registerCalls({
    ipcMain: host.ipcMain,
    client,
    calls: {
      ...datasetCalls({ dialog: host.dialog, client, vaultDir, publisher }),
      ...trackingCalls(tracking, client),
      ...trainingCalls({ supervisor, dialog: host.dialog, client, vaultDir }),
      ...commandCalls({ dialog: host.dialog, vaultDir }),
      ...engineCalls({ dialog: host.dialog }),
      ...copyCalls({ dialog: host.dialog, client }),
      ...exportCalls({ dialog: host.dialog, client }),
      ...modelCalls({ dialog: host.dialog, client }),
      ...imports.calls,
      ...hardwareCalls(sampler),
      ...appCalls({ hostName, vaultDir, refused, takeLink }),
    },
    onRefused,
    onUnexpected: log,
  });

  return {
    connect(opened) {
      window = opened;
    },
    tellOfLink() {
      publisher.publish('link.waiting', {});
    },
    async close() {
      publisher.close();
      sampler.close();
      await tracking.stop();
      await imports.close();
      await supervisor.close();
      await client.close();
    },
  };
}
