import { clientPython } from '../tracking/clients/python.ts';
import type { Row, Scale } from './bench.ts';
import { againstMlflow, againstNothing, logByTurns } from './children/logged-by-turns.ts';
import { type Side, startEmpty, startMlflow, startWardbook } from './children/tracking-sides.ts';

export const title = 'Tracking server: single log_metric calls of the real client';

/** First without mlflow server, whose idle processes take time of their own, then against it. */
export async function run({ scale }: { scale: Scale }): Promise<Row[]> {
  const python = clientPython(3);
  if (python === null)
    throw new Error('no Python with MLflow 3 is here: set WARDBOOK_MLFLOW3, or run node tools/python-clients.mjs');
  const calls = scale === 'full' ? 10_000 : 1_000;
  const what = `${calls} log_metric calls`;
  const started: Side[] = [await startWardbook(), await startEmpty()];
  try {
    const [alone, nothing] = await logByTurns(python, started, 'single', calls);
    const sides = [started[0]!, await startMlflow(1), await startMlflow(4)].filter((side) => side !== null);
    started.push(...sides.slice(1));
    const [own, ...others] = await logByTurns(python, sides, 'single', calls);
    return [
      againstNothing(alone!, nothing!, `${what}, and the client alone`, 1.3),
      ...(await againstMlflow(python, own!, others, what, 2)),
    ];
  } finally {
    for (const side of started) await side.stop();
  }
}
