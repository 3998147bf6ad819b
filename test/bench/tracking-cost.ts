import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { sampleRun } from '../../main/hardware/sample-run.ts';
import { createSupervisor } from '../../main/training/supervisor.ts';
import { createRandom } from '../../shared/statistics/random.ts';
import { vaultWith, wish } from '../training/cohort.ts';
import type { Row, Scale } from './bench.ts';

export const title = 'What tracking costs: an mlp in the whole trainer against its bare loop';

const ROWS = 6_000;
const COLUMNS = 20;

/** Milliseconds of an epoch, bare and tracked by turns, each in a process of its own; medians. */
export async function run({ scale }: { scale: Scale }): Promise<Row[]> {
  const rounds = scale === 'full' ? 9 : 3;
  const epochs = scale === 'full' ? 60 : 30;
  const { dir, client } = await vaultWith(csv(), null);
  const supervisor = createSupervisor({
    client,
    vaultDir: dir,
    watch: (id, pid, signal, started) =>
      sampleRun((input) => client.call('internal.appendPoints', input), dir, id, pid, signal, started),
  });
  const tracked = async (seed: number, checkpointEvery: number): Promise<number> => {
    const params = { epochs, patience: epochs, hidden: '64, 32' };
    const { id } = await supervisor.start(
      wish({ recipe: 'mlp', engine: 'cpu', features: null, target: 'y', params, seed, checkpointEvery }),
    );
    await supervisor.wait(id);
    const [own] = await client.call('runs.series', { ids: [id], keys: ['train/loss'], maxPoints: 4_000 });
    const { times } = own!.series[0]!;
    return (times.at(-1)! - times[0]!) / (times.length - 1);
  };
  const bare: number[] = [];
  const whole: number[] = [];
  const without: number[] = [];
  for (let i = 0; i < rounds; i++) {
    bare.push(bareEpoch(0.6 * ROWS, 0.2 * ROWS, epochs));
    whole.push(await tracked(i + 1, 1));
    without.push(await tracked(i + 1, 100_000));
  }
  await supervisor.close();
  await client.close();
  const cost = median(whole) / median(bare);
  const saving = median(whole) / median(without);
  return [
    {
      name: 'an epoch in the trainer, with store, log, hardware and checkpoints',
      figure: median(whole),
      unit: 'ms',
      baseline: { name: 'the bare loop', figure: median(bare) },
      ratio: cost,
      target: 'at most 1.02×',
      met: cost <= 1.02,
    },
    {
      name: 'an epoch with checkpoints',
      figure: median(whole),
      unit: 'ms',
      baseline: { name: 'the same without', figure: median(without) },
      ratio: saving,
      target: 'at most 1.02×',
      met: saving <= 1.02,
    },
  ];
}

function bareEpoch(rows: number, validation: number, epochs: number): number {
  const child = join(import.meta.dirname, 'children', 'bare-fit.ts');
  return Number(execFileSync(process.execPath, [child, ...[rows, validation, COLUMNS, epochs].map(String)]).toString());
}

function csv(): string {
  const random = createRandom(5);
  const names = Array.from({ length: COLUMNS }, (_, i) => `x${i}`);
  const lines = Array.from({ length: ROWS }, () => {
    const x = names.map(() => random.normal());
    return [...x.map((value) => value.toFixed(6)), x[0]! + random.normal() > 0 ? 1 : 0].join(',');
  });
  return `${[...names, 'y'].join(',')}\n${lines.join('\n')}\n`;
}

const median = (values: number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1]!;
