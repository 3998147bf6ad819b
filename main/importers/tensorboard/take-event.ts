import { decodeEvent, type SummaryMetadata, type SummaryValue, type TensorboardEvent } from './messages.ts';
import type { RunState } from './run-state.ts';
import { readScalarEvent, type ScalarEvent } from './scalar-event.ts';
import { takeValue } from './take-value.ts';

const scalar: ScalarEvent = { wallTime: 0, step: 0, tag: '', value: 0 };

/** Takes the event in a range of a buffer, which is used again afterwards. What is no event is noted and left out. */
export function takeEvent(run: RunState, buffer: Buffer, start: number, end: number): void {
  if (readScalarEvent(buffer, start, end, scalar)) {
    const time = milliseconds(scalar.wallTime);
    noteTime(run, time);
    const tag = tagOf(run, scalar.tag);
    purgeBackwards(run, scalar.step, [tag]);
    if (scalar.step > run.highestStep) run.highestStep = scalar.step;
    run.series.add(tag, scalar.step, scalar.value, time);
    return;
  }
  let event: TensorboardEvent;
  try {
    // The library may keep views of the bytes.
    event = decodeEvent(buffer.subarray(start, end).slice());
  } catch {
    run.skipped.add('a record that is no event');
    return;
  }
  takeDecoded(run, event);
}

function takeDecoded(run: RunState, event: TensorboardEvent): void {
  const step = Number(event.step ?? 0n);
  const time = milliseconds(event.wall_time ?? 0);
  if (event.file_version !== undefined) {
    run.fileVersion = Number(/^brain\.Event:(\d+)$/.exec(event.file_version)?.[1] ?? 0);
    return;
  }
  if (!Number.isSafeInteger(step)) {
    run.skipped.add('steps beyond 2^53');
    return;
  }
  const values = event.summary?.value ?? [];
  if (event.session_log?.status === sessionStart && run.fileVersion >= 2) purge(run, step, null);
  if (event.summary !== undefined) {
    purgeBackwards(
      run,
      step,
      values.map((value) => value.tag ?? ''),
    );
  }
  if (values.length > 0) noteTime(run, time);
  if (values.length > 0 && step > run.highestStep) run.highestStep = step;
  for (const value of values) {
    const metadata = metadataOf(run, value);
    takeValue(run, value, metadata, step, time);
  }
}

const sessionStart = 1;

function metadataOf(run: RunState, { tag = '', metadata }: SummaryValue): SummaryMetadata {
  const known = run.metadata.get(tag);
  if (known !== undefined) return known;
  const first = metadata ?? {};
  run.metadata.set(tag, first);
  return first;
}

/** Files of version 1 say nothing of restarts: a step that goes back takes back the later ones of its tags. */
function purgeBackwards(run: RunState, step: number, tags: string[]): void {
  if (run.fileVersion >= 2) return;
  if (step < run.newestStep) purge(run, step, tags);
  else run.newestStep = step;
}

/** Takes back this step and later ones, of all tags or of some. */
function purge(run: RunState, step: number, tags: string[] | null): void {
  if (step <= run.stepBefore) run.takesBack = true;
  for (const [key, list] of run.series.lists) if (tags === null || tags.includes(key)) list.dropFrom(step);
  const kept = run.records.filter((record) => record.step < step || (tags !== null && !tags.includes(record.key)));
  if (kept.length === run.records.length) return;
  run.records = kept;
  const stays = new Set(kept);
  for (const record of run.images.keys()) if (!stays.has(record)) run.images.delete(record);
}

function noteTime(run: RunState, time: number): void {
  if (time < run.firstTime) run.firstTime = time;
  if (time > run.lastTime) run.lastTime = time;
}

/** Seconds since 1970 as whole ms; 0 for what is no time. */
function milliseconds(seconds: number): number {
  const time = Math.round(seconds * 1000);
  return Number.isSafeInteger(time) ? time : 0;
}

function tagOf(run: RunState, bytes: string): string {
  let tag = run.tags.get(bytes);
  if (tag === undefined) {
    tag = Buffer.from(bytes, 'latin1').toString('utf8');
    run.tags.set(bytes, tag);
  }
  return tag;
}
