import { toFailure } from '../../../shared/errors.ts';
import { captureEnvironment } from '../../platform/environment.ts';
import type { VaultClient } from '../../workers/client.ts';
import { Outbox } from '../outbox.ts';
import type { FromTrainer } from '../protocol.ts';
import type { TrainerEnd } from '../run-trainer.ts';
import type { Job, RunNews } from './job.ts';

/** Watches a trainer's process tree until the signal aborts; `startedAt` is when the run first began. */
export type WatchTrainer = (runId: string, pid: number, signal: AbortSignal, startedAt: number) => void;

/** Lets the job's trainer do its work, and what it tells into the store. */
export async function trainJob(
  client: VaultClient,
  job: Job,
  cores: number,
  tell: (news: RunNews) => void,
  watch: WatchTrainer | undefined,
): Promise<TrainerEnd> {
  const { id, engine } = job;
  const trainer = job.trainer!;
  const outbox = new Outbox(client, id, ({ code, message }) => trainer.fail(code, message));
  let starting: Promise<unknown> = Promise.resolve();
  const onMessage = (message: FromTrainer): void => {
    if (message.type === 'started') {
      starting = client
        .call('internal.startRun', {
          id,
          engine: engine.engine,
          engineReason: engine.reason,
          device: engine.device,
          documents: startDocuments(job, message),
        })
        .catch((error: unknown) => {
          const { code, message } = toFailure(error);
          trainer.fail(code, message);
        });
      tell({ type: 'started', id, engine });
    } else if (message.type === 'points') {
      outbox.points(message.points);
      tell({ type: 'points', id, points: message.points });
    } else if (message.type === 'progress') {
      const { done, leftMs, rate } = message;
      outbox.progress({ done, leftMs, rate });
      tell({ type: 'progress', id, done, leftMs, rate });
    } else if (message.type === 'log') outbox.log(message.text);
  };
  const watching = new AbortController();
  if (trainer.pid !== undefined) watch?.(id, trainer.pid, watching.signal, job.startedAt ?? Date.now());
  const end = await trainer.run(job.begin(cores), { onMessage, onText: (text) => outbox.log(text) });
  watching.abort();
  await starting;
  await outbox.drained();
  return end;
}

function startDocuments(
  { engine, version }: Job,
  started: Extract<FromTrainer, { type: 'started' }>,
): Record<string, unknown> {
  return {
    split: started.split,
    features: started.features,
    classes: started.classes,
    environment: captureEnvironment(engine.gpu, engine.driver, engine.packages),
    dataset: { name: version.name, version: version.version, hash: version.hash, subjectMode: version.subjectMode },
  };
}
