import type { SkippedSource } from '../../../shared/model/run-import.ts';
import type { ImportedRun } from '../../store/imports/imported-run.ts';
import type { Reading } from '../importer.ts';
import { parsePythonJson } from '../python-json.ts';
import { safePath } from '../safe-name.ts';
import { SeriesBuilder } from '../series-builder.ts';
import type { Session } from './session.ts';

type ClearmlEvent = Record<string, unknown>;

/** Values that ClearML reports without an iteration have this one. */
const singleValue = -(2 ** 31);

/** Scalars become series `metric/variant`, plots artifacts (Plotly as JSON), images artifacts by step, console lines the log. */
export async function takeEvents(
  run: ImportedRun,
  session: Session,
  shown: string,
  skipped: SkippedSource[],
  reading: Reading,
): Promise<void> {
  const series = new SeriesBuilder();
  const reasons = new Set<string>();
  for (const event of eventsOf(session.text('metrics.jsonl'), reasons)) {
    const { metric, variant, value, type } = event;
    const step = numberOr(event.iter, 0);
    const time = numberOr(event.timestamp, 0);
    const key = [metric, variant].filter((part) => typeof part === 'string' && part !== '').join('/');
    if (key === '' || key.length > 250 || !Number.isSafeInteger(step) || !Number.isSafeInteger(time)) {
      reasons.add('values without a usable name, iteration or time');
    } else if (type === 'training_stats_scalar' && typeof value === 'number') {
      series.add(key, step === singleValue ? 0 : step, value, time);
    } else if (type === 'plot' && typeof event.plot_str === 'string') {
      const path = `plots/${safePath(key)}/step-${step}.plotly.json`;
      run.files.push({ path, bytes: Buffer.from(event.plot_str) });
    } else if (type === 'training_debug_image' && typeof event.key === 'string') {
      const file = session.data(event.key);
      if (file === null) reasons.add(`${key}: its image is not in the session`);
      else {
        run.files.push(file);
        run.records.push({ kind: 'image', key, step, time, data: { paths: [file.path] } });
      }
    } else reasons.add(`${key}: neither a scalar, plot nor image`);
  }
  await reading.pause();
  run.log = eventsOf(session.text('log.jsonl'), reasons)
    .map((event) => (typeof event.msg === 'string' ? `${event.msg}\n` : ''))
    .join('');
  run.series = series.finish();
  run.files = [...new Map(run.files.map((file) => [file.path, file])).values()];
  skipped.push(...[...reasons].map((reason) => ({ path: shown, reason })));
}

/** Each line is a list of events; the last one may be cut. */
function eventsOf(text: string | null, reasons: Set<string>): ClearmlEvent[] {
  const events: ClearmlEvent[] = [];
  for (const line of (text ?? '').split('\n')) {
    if (line.trim() === '') continue;
    try {
      const list = parsePythonJson(line);
      const found = Array.isArray(list) ? list : [list];
      events.push(...found.filter((event): event is ClearmlEvent => typeof event === 'object' && event !== null));
    } catch {
      reasons.add('a line that is not JSON');
    }
  }
  return events;
}

const numberOr = (value: unknown, otherwise: number): number => (typeof value === 'number' ? value : otherwise);
