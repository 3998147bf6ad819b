import type { StepRecord } from '../../../shared/model/step-record.ts';
import { parsePythonJson } from '../python-json.ts';
import { SeriesBuilder } from '../series-builder.ts';
import { timeOf, type WandbItem, type WandbRecord, type WandbRun, type WandbUpdate } from './messages.ts';

/** What was read of a W&B run so far. */
export type WandbState = {
  run: WandbRun;
  config: Record<string, unknown>;
  summary: Record<string, unknown>;
  series: SeriesBuilder;
  records: StepRecord[];
  /** Media as the run names them, below its folder `files`. */
  media: Set<string>;
  output: string[];
  exitCode: number | null;
  lastStep: number;
  lastTime: number;
  stats: number;
  skipped: Set<string>;
};

export const startRun = (): WandbState => ({
  run: {},
  config: {},
  summary: {},
  series: new SeriesBuilder(),
  records: [],
  media: new Set(),
  output: [],
  exitCode: null,
  lastStep: 0,
  lastTime: 0,
  stats: 0,
  skipped: new Set(),
});

export function takeRecord(state: WandbState, record: WandbRecord): void {
  if (record.run !== undefined) {
    state.run = { ...state.run, ...record.run };
    state.lastTime = Math.max(state.lastTime, timeOf(record.run.start_time) ?? 0);
    takeUpdate(state.config, record.run.config);
  }
  if (record.config !== undefined) takeUpdate(state.config, record.config);
  if (record.summary !== undefined) takeUpdate(state.summary, record.summary);
  if (record.history !== undefined) takeHistory(state, record.history);
  if (record.stats !== undefined) takeStats(state, record.stats);
  if (record.output_raw?.line !== undefined) state.output.push(record.output_raw.line);
  if (record.exit !== undefined) state.exitCode = record.exit.exit_code ?? 0;
}

const pathOf = ({ key = '', nested_key: nested = [] }: WandbItem): string[] => (nested.length > 0 ? nested : [key]);

function jsonOf({ value_json: text = 'null' }: WandbItem): unknown {
  try {
    return parsePythonJson(text);
  } catch {
    return undefined;
  }
}

/** Sets and removes values by their paths. Keys of prototypes are only keys: the maps have none. */
function takeUpdate(target: Record<string, unknown>, { update = [], remove = [] }: WandbUpdate = {}): void {
  for (const item of update) {
    const value = jsonOf(item);
    if (value !== undefined) target[pathOf(item).join('.')] = value;
  }
  for (const item of remove) delete target[pathOf(item).join('.')];
}

function takeHistory(state: WandbState, { item = [], step }: NonNullable<WandbRecord['history']>): void {
  const row = nestedOf(item);
  const at = typeof row._step === 'number' ? row._step : Number(step?.num ?? 0n);
  const seconds = typeof row._timestamp === 'number' ? row._timestamp : state.lastTime / 1000;
  const time = Math.round(seconds * 1000);
  if (!Number.isSafeInteger(at) || !Number.isSafeInteger(time)) {
    state.skipped.add('steps or times that are no whole numbers below 2^53');
    return;
  }
  state.lastStep = Math.max(state.lastStep, at);
  state.lastTime = Math.max(state.lastTime, time);
  for (const [key, value] of Object.entries(row)) if (!key.startsWith('_')) takeValue(state, key, value, at, time, 0);
}

type Nested = Record<string, unknown>;
const emptyNested = (): Nested => Object.create(null) as Nested;
const isNested = (value: unknown): value is Nested =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Newer files name each leaf by its path, older ones hold whole objects: both come out nested. */
function nestedOf(items: WandbItem[]): Nested {
  const row = emptyNested();
  for (const item of items) {
    const path = pathOf(item);
    let place = row;
    for (const part of path.slice(0, -1)) {
      const inner = place[part];
      const next = isNested(inner) ? inner : emptyNested();
      place[part] = next;
      place = next;
    }
    place[path.at(-1)!] = jsonOf(item);
  }
  return row;
}

const deepest = 20;

function takeValue(state: WandbState, key: string, value: unknown, step: number, time: number, depth: number): void {
  if (key === '' || key.length > 250) state.skipped.add('keys of no or more than 250 characters');
  else if (typeof value === 'number' || typeof value === 'boolean') state.series.add(key, step, Number(value), time);
  else if (!isNested(value) || depth > deepest) state.skipped.add(`${key}: neither a number nor a medium`);
  else if ('_type' in value) takeMedium(state, key, value as Medium, step, time);
  else
    for (const [inner, one] of Object.entries(value)) takeValue(state, `${key}.${inner}`, one, step, time, depth + 1);
}

type Medium = { _type?: unknown; path?: unknown; values?: unknown; bins?: unknown; filenames?: unknown };

function takeMedium(state: WandbState, key: string, medium: Medium, step: number, time: number): void {
  const type = medium._type;
  if (type === 'histogram' && isNumbers(medium.values) && isNumbers(medium.bins)) {
    if (medium.bins.length === medium.values.length + 1) {
      state.records.push({ kind: 'histogram', key, step, time, data: { edges: medium.bins, counts: medium.values } });
      return;
    }
  }
  const names = Array.isArray(medium.filenames) ? medium.filenames : [medium.path];
  const paths = names.filter((name): name is string => typeof name === 'string');
  if (paths.length === 0) {
    state.skipped.add(`${key}: values of the type ${String(type).slice(0, 100)}`);
    return;
  }
  for (const path of paths) state.media.add(path);
  if (type === 'image-file' || type === 'images/separated')
    state.records.push({ kind: 'image', key, step, time, data: { paths } });
}

const isNumbers = (value: unknown): value is number[] =>
  Array.isArray(value) && value.every((one) => typeof one === 'number' && Number.isFinite(one));

/** What the machine was doing: the step is the number of the sample. */
function takeStats(state: WandbState, { timestamp, item = [] }: NonNullable<WandbRecord['stats']>): void {
  const time = timeOf(timestamp) ?? state.lastTime;
  if (!Number.isSafeInteger(time)) return;
  for (const one of item) {
    const value = jsonOf(one);
    const key = `system/${pathOf(one).join('.')}`;
    if (typeof value === 'number' && key.length <= 250) state.series.add(key, state.stats, value, time);
  }
  state.stats += 1;
}
