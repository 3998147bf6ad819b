import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';
import { basename } from 'node:path';
import { z } from 'zod';
import type { EventFile, RunFolder } from './find-folders.ts';
import { type RunState, startRun } from './run-state.ts';

/** How far the files of a run were read, and what is needed to understand what follows: kept in the vault as JSON. */
const progress = z.strictObject({
  files: z.array(z.strictObject({ name: z.string(), offset: z.int().nonnegative(), mark: z.string() })),
  /** What each tag is, by its first value. */
  plugins: z.record(z.string(), z.string()),
  ended: z.enum(['finished', 'failed']).nullable(),
  firstTime: z.number().nullable(),
  lastTime: z.number().nullable(),
  highestStep: z.number().nullable(),
  newestStep: z.number().nullable(),
  fileVersion: z.number(),
  skipped: z.array(z.string()),
});

const markBytes = 64;

/** Offsets by the places of the files, as far as they were read. */
export function writeProgress(state: RunState, { files }: RunFolder, offsets: readonly number[]): string {
  const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);
  const kept: z.infer<typeof progress> = {
    files: files.map((file, at) => ({
      name: basename(file.path),
      offset: offsets[at]!,
      mark: markOf(file, offsets[at]!),
    })),
    plugins: Object.fromEntries(
      [...state.metadata].map(([tag, metadata]) => [tag, metadata.plugin_data?.plugin_name ?? '']),
    ),
    ended: state.ended,
    firstTime: finite(state.firstTime),
    lastTime: finite(state.lastTime),
    highestStep: finite(state.highestStep),
    newestStep: finite(state.newestStep),
    fileVersion: state.fileVersion,
    skipped: [...state.skipped],
  };
  return JSON.stringify(kept);
}

/**
 * Where reading goes on, from what `writeProgress` wrote; null when it has to begin anew: a file was replaced, cut or is gone, a
 * new one comes before those that were read, or one that is not the last has grown.
 */
export function resume(text: string | null, { files }: RunFolder): { state: RunState; offsets: number[] } | null {
  if (text === null) return null;
  const parsed = progress.safeParse(parseOrNull(text));
  if (!parsed.success || parsed.data.files.length > files.length) return null;
  const { files: before, plugins, firstTime, lastTime, highestStep, newestStep, skipped, ...kept } = parsed.data;
  const goesOn = before.every(({ name, offset, mark }, at) => {
    const file = files[at]!;
    if (basename(file.path) !== name || file.bytes < offset || markOf(file, offset) !== mark) return false;
    return at === before.length - 1 || file.bytes === offset;
  });
  if (!goesOn) return null;
  const state: RunState = {
    ...startRun(),
    ...kept,
    firstTime: firstTime ?? Number.POSITIVE_INFINITY,
    lastTime: lastTime ?? Number.NEGATIVE_INFINITY,
    highestStep: highestStep ?? Number.NEGATIVE_INFINITY,
    newestStep: newestStep ?? Number.NEGATIVE_INFINITY,
    stepBefore: highestStep ?? Number.NEGATIVE_INFINITY,
    skipped: new Set(skipped),
    metadata: new Map(Object.entries(plugins).map(([tag, plugin]) => [tag, { plugin_data: { plugin_name: plugin } }])),
  };
  return { state, offsets: files.map((_, at) => before[at]?.offset ?? 0) };
}

function parseOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Tells a file that grew from one that was replaced: of its first bytes, and of those before the offset. */
function markOf({ path }: EventFile, offset: number): string {
  const head = Buffer.alloc(Math.min(markBytes, offset));
  const tail = Buffer.alloc(Math.min(markBytes, offset));
  const handle = openSync(path, 'r');
  try {
    readSync(handle, head, 0, head.length, 0);
    readSync(handle, tail, 0, tail.length, offset - tail.length);
  } finally {
    closeSync(handle);
  }
  return createHash('sha256').update(head).update(tail).digest('hex').slice(0, 16);
}
