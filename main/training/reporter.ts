import type { MetricPoint } from '../../shared/model/series.ts';
import type { FromTrainer } from './protocol.ts';
import type { Report } from './recipes/recipe.ts';

/** Points and progress leave the trainer at most this often. */
const EVERY_MS = 50;

/** Thrown by `breathe` when the run is to stop. */
export class Stopped extends Error {}

export type Reporter = {
  /** A fit's own report: its series get `prefix`, its progress fills `from` to `to` of the whole. */
  fit(prefix: string, from: number, to: number): Report;
  log(line: string): void;
  progress(done: number): void;
  requestStop(): void;
  breathe(): Promise<void>;
  flush(): void;
};

/** Gathers what a run tells and sends it in batches; the first point leaves at once. */
export function createReporter(send: (message: FromTrainer) => void): Reporter {
  const started = Date.now();
  let points: MetricPoint[] = [];
  let lines: string[] = [];
  let done = 0;
  let sentDone = 0;
  let lastFlush = 0;
  let stopping = false;

  const flush = (): void => {
    lastFlush = Date.now();
    if (points.length > 0) send({ type: 'points', points });
    if (lines.length > 0) send({ type: 'log', text: `${lines.join('\n')}\n` });
    points = [];
    lines = [];
    if (done === sentDone) return;
    sentDone = done;
    const spent = lastFlush - started;
    send({
      type: 'progress',
      done,
      leftMs: done > 0.02 && spent > 500 ? Math.round((spent / done) * (1 - done)) : null,
    });
  };
  const breathe = async (): Promise<void> => {
    if (Date.now() - lastFlush >= EVERY_MS) flush();
    // Lets messages of the supervisor in.
    await new Promise((resolve) => setImmediate(resolve));
    if (stopping) throw new Stopped();
  };
  const log = (line: string): void => void lines.push(line);
  const progress = (value: number): void => {
    // Never backwards: early stopping moves the end.
    done = Math.max(done, Math.min(1, value));
  };
  return {
    fit: (prefix, from, to) => ({
      point: (key, step, value) => void points.push({ key: `${prefix}${key}`, step, value, time: Date.now() }),
      log: (line) => log(prefix === '' ? line : `${prefix.replace('/', '')}: ${line}`),
      progress: (value) => progress(from + (to - from) * value),
      breathe,
    }),
    log,
    progress,
    requestStop: () => {
      stopping = true;
    },
    breathe,
    flush,
  };
}
