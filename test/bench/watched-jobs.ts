import { mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { findBrowser } from '../e2e/browser.ts';
import { type DrivenApp, openApp } from '../e2e/driven-app.ts';
import { clientPython } from '../tracking/clients/python.ts';
import type { Row, Scale } from './bench.ts';
import { seriesDigest } from './children/series-digest.ts';
import { measure } from './children/tracking-sides.ts';

export const title =
  'Twenty jobs that log 1,000 points a second through the real client, while a chart of one is watched';

const jobs = 20;

type Streamed = { late: number; digests: Record<string, string> };
type Server = { url: string; token: string };
type Watch = { ages: number[]; frames: number; stop(): void };

/**
 * The jobs log to the server of the window's own app. In the window, every 50 ms, the newest point of the chart as it is drawn
 * tells its age: its value is the moment at which it was logged.
 */
export async function run({ scale }: { scale: Scale }): Promise<Row[]> {
  const python = clientPython(3);
  if (python === null || findBrowser()?.host !== 'chromium') {
    const name = 'not measured here: needs a Chromium, and a Python with MLflow 3 (WARDBOOK_MLFLOW3)';
    return [{ name, figure: Number.NaN, unit: '', target: '', met: true }];
  }
  const rounds = scale === 'full' ? 600 : 60;
  const folder = mkdtempSync(join(tmpdir(), 'wardbook-bench-'));
  const app = await openApp();
  try {
    const { server } = await app.call('tracking.switch', { on: true });
    const runs = await newRuns(server!);
    const side = { ...server!, name: '', data: '', startMs: 0, memoryMiB: () => 0, stop: async () => {} };
    const streams = runs.map((id) => measure<Streamed>(python, side, 'stream', id, folder, rounds));
    await app.go(`/run/${runs[0]!}/curves`);
    await Promise.race([allReady(folder), Promise.all(streams)]);
    const begin = Date.now() + 500;
    writeFileSync(join(folder, 'go.part'), String(begin / 1000));
    renameSync(join(folder, 'go.part'), join(folder, 'go'));
    await watchChart(app);
    await pause(begin + rounds * 100 - 500 - Date.now());
    const { ages, frames } = await stopWatch(app);
    const logged = await Promise.all(streams);
    const wrong = logged.flatMap(({ digests }, index) =>
      Object.entries(digests).filter(([key, digest]) => seriesDigest(app.vault, runs[index]!, key) !== digest),
    );
    const late = Math.max(...logged.map((one) => one.late));
    const sorted = ages.toSorted((a, b) => a - b);
    const scaleName = `${jobs} jobs × 50 points a second, ${rounds / 10} s`;
    return [
      {
        name: `${scaleName}: series of ${jobs * 5} that lost or changed a point`,
        figure: wrong.length,
        unit: '',
        target: '0',
        met: wrong.length === 0,
      },
      {
        name: `the chart behind the job that it shows, worst of ${ages.length} looks (median ${Math.round(sorted[sorted.length >> 1]!)} ms, ${frames} drawings)`,
        figure: sorted.at(-1)!,
        unit: 'ms',
        target: 'under 1,000 ms',
        met: ages.length > 20 * (rounds / 10 - 4) * 0.5 && sorted.at(-1)! < 1_000,
      },
      {
        name: 'a job behind its own time, worst: how far training waits',
        figure: late * 1000,
        unit: 'ms',
        target: 'for comparison',
        met: true,
      },
    ];
  } finally {
    await app.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Until every client is loaded: each takes some seconds of a core. */
async function allReady(folder: string): Promise<void> {
  while (readdirSync(folder).length < jobs) await pause(100);
}

async function newRuns(server: Server): Promise<string[]> {
  const post = async (path: string, body: object): Promise<never> => {
    const response = await fetch(`${server.url}/api/2.0/mlflow/${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${server.token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${path}: ${response.status}`);
    return (await response.json()) as never;
  };
  const { experiment_id }: { experiment_id: string } = await post('experiments/create', { name: 'watched' });
  const ids: string[] = [];
  for (let i = 0; i < jobs; i++) {
    const { run }: { run: { info: { run_id: string } } } = await post('runs/create', { experiment_id });
    ids.push(run.info.run_id);
  }
  return ids;
}

async function watchChart({ page }: DrivenApp): Promise<void> {
  await page.locator('figure[aria-label^="clock"] .plot-place .trace').first().waitFor();
  await page.evaluate(() => {
    type Drawn = HTMLElement & { data: { y: ArrayLike<number> }[]; on(event: string, done: () => void): void };
    const place = document.querySelector('figure[aria-label^="clock"] .plot-place') as Drawn;
    const watch = { ages: [] as number[], frames: 0, stop: () => clearInterval(timer) };
    place.on('plotly_afterplot', () => {
      watch.frames += 1;
    });
    const timer = setInterval(() => {
      const { y } = place.data.at(-1)!;
      watch.ages.push(Date.now() - 1000 * y[y.length - 1]!);
    }, 50);
    (window as unknown as { watch: Watch }).watch = watch;
  });
}

function stopWatch({ page }: DrivenApp): Promise<{ ages: number[]; frames: number }> {
  return page.evaluate(() => {
    const { watch } = window as unknown as { watch: Watch };
    watch.stop();
    return { ages: watch.ages, frames: watch.frames };
  });
}
