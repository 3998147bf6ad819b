import type { RunBadge } from '../../shared/model/run.ts';
import type { MetricPoint } from '../../shared/model/series.ts';
import { createPace } from './pace.ts';
import type { FromTrainer } from './protocol.ts';
import type { Report } from './recipes/recipe.ts';

/** Points and progress leave the trainer at most this often. */
const EVERY_MS = 50;
/** A point is in the store long before it is this old, or the run has no supervisor any more. */
const RECENT_MS = 5_000;

/** Thrown by `breathe` when the run is to stop. */
export class Stopped extends Error {}

export type Reporter = {
  /** A fit's own report: its series get `prefix`, its progress fills `from` to `to` of the whole. */
  fit(prefix: string, from: number, to: number): Report;
  log(line: string): void;
  progress(done: number): void;
  /** An epoch or tree is done: gives the rate. */
  step(step: number, unit: string): void;
  requestStop(): void;
  breathe(): Promise<void>;
  /** How often the run has breathed. */
  breaths(): number;
  /** `work` is awaited when the run is about to stop, before `breathe` throws. */
  atStop(work: () => Promise<void>): void;
  /** Points of the last seconds: what may not have arrived when everything is killed now. */
  recentPoints(): MetricPoint[];
  /** Points told before the run was interrupted: again, in case they had not arrived. */
  repeat(points: MetricPoint[]): void;
  badges(): RunBadge[];
  flush(): void;
};

/** Gathers what a run tells and sends it in batches; the first point leaves at once. */
export function createReporter(send: (message: FromTrainer) => void): Reporter {
  const pace = createPace();
  const badges = new Set<RunBadge>();
  const operations = new Set<string>();
  let points: MetricPoint[] = [];
  let recent: MetricPoint[] = [];
  let lines: string[] = [];
  let done = 0;
  let sentDone = 0;
  let lastFlush = 0;
  let breaths = 0;
  let stopping = false;
  let beforeStop: () => Promise<void> = async () => {};

  const flush = (): void => {
    lastFlush = Date.now();
    if (points.length > 0) send({ type: 'points', points });
    if (lines.length > 0) send({ type: 'log', text: `${lines.join('\n')}\n` });
    points = [];
    lines = [];
    if (done === sentDone) return;
    sentDone = done;
    send({ type: 'progress', done, leftMs: pace.left(done), rate: pace.rate() });
  };
  const breathe = async (): Promise<void> => {
    breaths++;
    if (Date.now() - lastFlush >= EVERY_MS) flush();
    // Lets messages of the supervisor in.
    await new Promise((resolve) => setImmediate(resolve));
    if (!stopping) return;
    await beforeStop();
    throw new Stopped();
  };
  const log = (line: string): void => void lines.push(line);
  const progress = (value: number): void => {
    // Never backwards: early stopping moves the end.
    done = Math.max(done, Math.min(1, value));
  };
  const recentPoints = (): MetricPoint[] => {
    const oldest = Date.now() - RECENT_MS;
    const from = recent.findIndex(({ time }) => time >= oldest);
    recent = from < 0 ? [] : recent.slice(from);
    return recent;
  };
  const point = (key: string, step: number, value: number): void => {
    const told = { key, step, value, time: Date.now() };
    points.push(told);
    recent.push(told);
    if (recent.length > 10_000) recentPoints();
  };
  return {
    fit: (prefix, from, to) => ({
      point: (key, step, value) => point(`${prefix}${key}`, step, value),
      log: (line) => log(prefix === '' ? line : `${prefix.replace('/', '')}: ${line}`),
      progress: (value) => progress(from + (to - from) * value),
      nondeterministic(operation) {
        badges.add('not-bit-reproducible');
        if (operations.has(operation)) return;
        operations.add(operation);
        log(`${operation} does not repeat exactly on this engine, so a rerun may differ in the last digits.`);
      },
      smallerBatch(before, now) {
        badges.add('smaller-batch');
        log(`Memory ran out with a batch of ${before}; goes on with ${now}.`);
      },
      breathe,
    }),
    log,
    progress,
    step: pace.step,
    requestStop: () => {
      stopping = true;
    },
    breathe,
    breaths: () => breaths,
    atStop: (work) => {
      beforeStop = work;
    },
    recentPoints,
    repeat: (told) => void points.push(...told),
    badges: () => [...badges],
    flush,
  };
}
