import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTrackingServer } from '../../main/tracking/server.ts';
import { openTestVault } from '../store/vault-fixture.ts';
import { clientPython } from '../tracking/clients/python.ts';
import { runClient } from '../tracking/clients/run-client.ts';
import type { Bench, Row } from './bench.ts';

export const title = 'The real MLflow clients: a large artifact, and eight processes that log at once';

type Sizes = { files: { same: boolean; up: number; down: number }[] };
type Writers = { wrong_series: number; calls: number; seconds: number };

/** Needs the environments of `node tools/python-clients.mjs`, or those that WARDBOOK_MLFLOW2 and WARDBOOK_MLFLOW3 name. */
export const run: Bench['run'] = async ({ scale }) => {
  const [bytes, calls] = scale === 'full' ? [1_000_000_000, 2_000] : [100_000_000, 200];
  const rows: Row[] = [];
  for (const major of [2, 3] as const) {
    const python = clientPython(major);
    if (python === null) {
      rows.push({
        name: `MLflow ${major}: not run, no Python with it`,
        figure: Number.NaN,
        unit: '',
        target: '',
        met: true,
      });
      continue;
    }
    const folder = mkdtempSync(join(tmpdir(), 'wardbook-bench-'));
    const vault = openTestVault(folder);
    const server = await startTrackingServer(vault);
    const before = process.memoryUsage().rss;
    let most = before;
    const watch = setInterval(() => {
      most = Math.max(most, process.memoryUsage().rss);
    }, 50);
    try {
      const { files } = (await runClient(python, 'artifact_sizes.py', server, [String(bytes)])) as Sizes;
      const { same, up, down } = files[0]!;
      rows.push({
        name: `MLflow ${major}: ${bytes / 1e6} MB up in ${up.toFixed(1)} s, down in ${down.toFixed(1)} s; memory of the server grows by`,
        figure: (most - before) / 2 ** 20,
        unit: 'MiB',
        target: 'the same bytes, at most 100 MiB',
        met: same && most - before < 100 * 2 ** 20,
      });
      const writers = (await runClient(python, 'parallel_writers.py', server, ['8', String(calls)])) as Writers;
      rows.push({
        name: `MLflow ${major}: ${writers.calls} log_metric of 8 processes in ${writers.seconds.toFixed(1)} s; series that lost or changed a point`,
        figure: writers.wrong_series,
        unit: '',
        target: '0',
        met: writers.wrong_series === 0,
      });
    } finally {
      clearInterval(watch);
      await server.close();
      vault.close();
      rmSync(folder, { recursive: true, force: true });
    }
  }
  return rows;
};
