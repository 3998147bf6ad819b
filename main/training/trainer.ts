import { toFailure } from '../../shared/errors.ts';
import { connectToParent } from '../platform/parent.ts';
import { describeUnexpected } from './describe-unexpected.ts';
import { startHeartbeat } from './heartbeat.ts';
import { type FromTrainer, toTrainer } from './protocol.ts';
import { createReporter, Stopped } from './reporter.ts';
import { type Begin, runTraining } from './run-training.ts';

// Entry of the trainer: one child process per run. It reads the dataset and writes model files; the supervisor stores the rest.
const parent = connectToParent();
const send = (message: FromTrainer): void => parent.send(message);
const reporter = createReporter(send);

// Ctrl-C on a terminal reaches every process of its group: the supervisor decides what becomes of this one.
process.on('SIGINT', () => {});

parent.onMessage((message) => {
  const asked = toTrainer.parse(message);
  if (asked.type === 'stop') reporter.requestStop();
  else if (asked.type === 'begin') void train(asked);
  else void probe();
});

async function train(begin: Begin): Promise<void> {
  startHeartbeat();
  try {
    const result = await runTraining(begin, reporter, send);
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

async function probe(): Promise<void> {
  const { openGpu } = await import('./engines/open-gpu.ts');
  try {
    send({ type: 'gpu', gpu: await openGpu(), reason: '' });
  } catch (error) {
    send({ type: 'gpu', gpu: null, reason: toFailure(error).message });
  }
  parent.exit(0);
}
