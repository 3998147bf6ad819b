import { clientPython } from '../tracking/clients/python.ts';
import type { Row, Scale } from './bench.ts';
import { againstMlflow, againstNothing, logByTurns } from './children/logged-by-turns.ts';
import { startEmpty, startMlflow, startWardbook } from './children/tracking-sides.ts';

export const title = 'Tracking server: log_batch calls of the real client against mlflow server';

export async function run({ scale }: { scale: Scale }): Promise<Row[]> {
  const python = clientPython(3);
  if (python === null)
    throw new Error('no Python with MLflow 3 is here: set WARDBOOK_MLFLOW3, or run node tools/python-clients.mjs');
  const calls = scale === 'full' ? 1_000 : 100;
  const what = `${calls} log_batch calls of 1,000 points`;
  const all = [await startWardbook(), await startEmpty(), await startMlflow(1), await startMlflow(4)];
  const sides = all.filter((side) => side !== null);
  try {
    const [own, nothing, ...others] = await logByTurns(python, sides, 'batch', calls);
    return [
      ...(await againstMlflow(python, own!, others, what, 5)),
      againstNothing(own!, nothing!, `${what}, and the client alone`, null),
    ];
  } finally {
    for (const side of sides) await side.stop();
  }
}
