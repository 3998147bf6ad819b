import type { ReadableDb } from '../open.ts';
import { disorderFlag, readChunk, summarise } from './chunk.ts';
import { mergePoints } from './merge.ts';
import { joinPoints, type Points } from './points.ts';
import { type ListedChunk, listChunks } from './pyramid.ts';

/**
 * A series in step order as stretches that do not overlap: a chunk that stands for itself, not read yet, or points in memory
 * (from the journal, or merged from sources that overlap or are out of order).
 */
export type Stretch = { count: number; lowStep: number; highStep: number } & (
  | { chunk: ListedChunk; points: null }
  | { chunk: null; points: Points }
);

type Source = { lowStep: number; highStep: number; ordered: boolean; chunk: ListedChunk | null; points: Points | null };

/** `pending`: the series' points in the journal. `everyPoint`: several points of one step are kept. */
export function readStretches(
  db: ReadableDb,
  seriesId: number,
  pending: Points | undefined,
  everyPoint: boolean,
): Stretch[] {
  const sources: Source[] = listChunks(db, seriesId).map((chunk) => ({
    lowStep: chunk.lowStep,
    highStep: chunk.highStep,
    ordered: (chunk.flags & disorderFlag) === 0,
    chunk,
    points: null,
  }));
  if (pending !== undefined) {
    const { lowStep, highStep, flags } = summarise(pending);
    sources.push({ lowStep, highStep, ordered: (flags & disorderFlag) === 0, chunk: null, points: pending });
  }
  sources.sort((a, b) => a.lowStep - b.lowStep);
  return overlapping(sources).map((group) => toStretch(db, seriesId, group, everyPoint));
}

/** Groups of sources that share steps with one another; most hold one. */
function overlapping(sources: Source[]): Source[][] {
  const groups: Source[][] = [];
  let highStep = Number.NEGATIVE_INFINITY;
  for (const source of sources) {
    if (source.lowStep > highStep) groups.push([source]);
    else groups.at(-1)!.push(source);
    highStep = Math.max(highStep, source.highStep);
  }
  return groups;
}

function toStretch(db: ReadableDb, seriesId: number, group: Source[], everyPoint: boolean): Stretch {
  const only = group[0]!;
  if (group.length === 1 && only.ordered) {
    const { lowStep, highStep, chunk, points } = only;
    if (chunk !== null) return { count: chunk.count, lowStep, highStep, chunk, points: null };
    return { count: points!.steps.length, lowStep, highStep, chunk: null, points: points! };
  }
  // Within one write the order in which points came counts: chunks by number, then the journal.
  const inOrder = group.toSorted((a, b) => (a.chunk?.ordinal ?? Infinity) - (b.chunk?.ordinal ?? Infinity));
  const merged = mergePoints(
    joinPoints(inOrder.map((source) => source.points ?? readChunk(db, seriesId, source.chunk!.ordinal))),
    everyPoint,
  );
  const { steps } = merged;
  return { count: steps.length, lowStep: steps[0]!, highStep: steps.at(-1)!, chunk: null, points: merged };
}

/** The points of a stretch in step order. */
export function pointsOf(db: ReadableDb, seriesId: number, stretch: Stretch): Points {
  return stretch.points ?? readChunk(db, seriesId, stretch.chunk.ordinal);
}
