import { rmSync } from 'node:fs';
import { judge, killOneEverySecond, killRepeatedly, prepareVault, type Verdict } from '../store/killed-writers.ts';
import { seededRandom, temporaryFolder } from '../store/vault-fixture.ts';
import type { Row, Scale } from './bench.ts';

export const title = 'Writers killed with SIGKILL';

const lanes = 4;
const sum = (verdicts: Verdict[], pick: (verdict: Verdict) => number): number =>
  verdicts.reduce((total, verdict) => total + pick(verdict), 0);

async function inFolder<T>(work: (dir: string) => Promise<T>): Promise<T> {
  const dir = temporaryFolder();
  try {
    return await work(dir);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

function rowsOf(name: string, verdicts: Verdict[]): Row[] {
  const acknowledged = sum(verdicts, (verdict) => verdict.acknowledged).toLocaleString('en-US');
  const wrong = sum(verdicts, (verdict) => verdict.lost + verdict.changed + verdict.twice + verdict.miscounted);
  const sound = verdicts.filter((verdict) => verdict.integrity === 'ok').length;
  return [
    {
      name: `${name}: lost, changed or doubled of ${acknowledged} acknowledged`,
      figure: wrong,
      unit: 'points',
      target: '0',
      met: wrong === 0,
    },
    {
      name: `${name}: databases with integrity_check ok, of ${verdicts.length}`,
      figure: sound,
      unit: 'databases',
      target: String(verdicts.length),
      met: sound === verdicts.length,
    },
  ];
}

export async function run({ scale }: { scale: Scale }): Promise<Row[]> {
  const kills = scale === 'full' ? 200 : 40;
  const seconds = scale === 'full' ? 30 : 10;
  const killed = await Promise.all(
    Array.from({ length: lanes }, (_, lane) =>
      inFolder(async (dir) => {
        const vaultRun = prepareVault(dir);
        await killRepeatedly(dir, vaultRun, kills / lanes, seededRandom(lane));
        return judge(dir, vaultRun, kills / lanes);
      }),
    ),
  );
  const several = await inFolder(async (dir) => {
    const vaultRun = prepareVault(dir);
    return judge(dir, vaultRun, await killOneEverySecond(dir, vaultRun, seconds, seededRandom(3)));
  });
  return [
    ...rowsOf(`${kills} kills at random moments`, killed),
    ...rowsOf(`8 processes on 8 shared series for ${seconds} s, one killed every second`, [several]),
  ];
}
