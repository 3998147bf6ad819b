import { toFailure } from '../../shared/errors.ts';
import type { EngineId } from '../../shared/model/run.ts';
import { connectToParent } from '../platform/parent.ts';
import type { RunResult } from '../store/new-run.ts';
import { describeUnexpected } from './describe-unexpected.ts';
import type { AddableId } from './engines/added/manifest.ts';
import { untilEngineIsLost } from './engines/loss.ts';
import { runEvaluation } from './evaluate/run-evaluation.ts';
import { startHeartbeat } from './heartbeat.ts';
import { type FromTrainer, toTrainer } from './protocol.ts';
import { createReporter, Stopped } from './reporter.ts';
import { runTraining } from './run-training.ts';

// Entry of the trainer: one child process per run. It reads the dataset and writes model files; the supervisor stores the rest.
const parent = connectToParent();
const send = (message: FromTrainer): void => parent.send(message);
const reporter = createReporter(send);

// Ctrl-C on a terminal reaches every process of its group: the supervisor decides what becomes of this one.
process.on('SIGINT', () => {});

parent.onMessage((message) => {
  const asked = toTrainer.parse(message);
  if (asked.type === 'stop') reporter.requestStop();
  else if (asked.type === 'begin') void train(() => runTraining(asked, reporter, send));
  else if (asked.type === 'evaluate') void train(() => runEvaluation(asked, reporter, send));
  else if (asked.type === 'check-engine') void check(asked.id, asked.folder);
  else void probe(asked.engine);
});

async function train(work: () => Promise<RunResult>): Promise<void> {
  startHeartbeat();
  try {
    const result = await Promise.race([work(), untilEngineIsLost]);
    reporter.flush();
    send({ type: 'finished', result });
    parent.exit(0);
  } catch (error) {
    reporter.flush();
    if (error instanceof Stopped) send({ type: 'stopped' });
    else {
      const { failure, log } = describeUnexpected(error);
      if (log !== null) send({ type: 'log', text: `${log}\n` });
      send({ type: 'failed', failure });
    }
    parent.exit(error instanceof Stopped ? 0 : 1);
  }
}

/** For `engines add`: an engine that is not trusted yet. */
async function check(id: AddableId, folder: string): Promise<void> {
  const { checkEngine } = await import('./engines/added/check-engine.ts');
  const { kernels, failures } = await checkEngine(id, folder);
  send({ type: 'checked', kernels: kernels.length, failures });
  parent.exit(0);
}

async function probe(engine: EngineId): Promise<void> {
  const { engineOf } = await import('./engines/all-engines.ts');
  try {
    send({ type: 'probed', found: (await engineOf(engine).find?.()) ?? null, reason: '' });
  } catch (error) {
    send({ type: 'probed', found: null, reason: toFailure(error).message });
  }
  parent.exit(0);
}
