import type { Lineage, LineageNode, ModelVersion } from '../../shared/model/registry.ts';
import type { DatasetRef, RunSummary } from '../../shared/model/run.ts';
import type { TrainSpec } from '../../shared/model/train-spec.ts';
import { readDocument } from '../store/documents.ts';
import { type ReadableDb, snapshot } from '../store/open.ts';
import { readRunEvidence } from '../store/registry/evidence.ts';
import { versionKey } from '../store/registry/keys.ts';
import { readVersion } from '../store/registry/read-versions.ts';
import { runKey } from '../store/run-key.ts';
import { readSummaries } from '../store/run-summary.ts';

/** Generations of runs that are followed back. */
const deepest = 8;

/**
 * Where a version comes from and what came of it: the dataset versions and runs before its run, its run, itself, and the runs that
 * applied it to other data. Throws REGISTERED_MODEL_NOT_FOUND or MODEL_VERSION_NOT_FOUND.
 */
export function lineageOf(db: ReadableDb, name: string, version: number): Lineage {
  return snapshot(db, () => {
    const key = versionKey(db, name, version);
    const drawing = startDrawing();
    const own = drawing.add(versionNode(readVersion(db, key.id)));
    if (key.run === null) return drawing.lineage;
    let run = readSummaries(db, [key.run])[0]!;
    drawing.link(addRun(drawing, run), own, 'registered as');
    for (let at = 0; at < deepest && run.parent !== null; at++) {
      const child = drawing.idOf(run.id);
      const how = relation(db, run);
      run = readSummaries(db, [runKey(db, run.parent)])[0]!;
      drawing.link(addRun(drawing, run), child, how);
    }
    for (const evaluation of readRunEvidence(db, key.run).evaluations) {
      const id = drawing.add({
        ...emptyNode,
        id: drawing.idOf(evaluation.id),
        kind: 'evaluation',
        label: evaluation.name,
        detail: 'evaluated on other data',
        run: evaluation.id,
        binned: evaluation.binned,
      });
      drawing.link(own, id, 'applied in');
      if (evaluation.dataset !== null) drawing.link(addDataset(drawing, evaluation.dataset), id, 'tested on');
    }
    return drawing.lineage;
  });
}

type Drawing = ReturnType<typeof startDrawing>;

function startDrawing() {
  const lineage: Lineage = { nodes: [], edges: [] };
  return {
    lineage,
    idOf: (run: string) => `run ${run}`,
    /** Adds a node unless it is there, and returns its id. */
    add(node: LineageNode): string {
      if (!lineage.nodes.some(({ id }) => id === node.id)) lineage.nodes.push(node);
      return node.id;
    },
    link(from: string, to: string, what: string): void {
      lineage.edges.push({ from, to, what });
    },
  };
}

const emptyNode = { run: null, dataset: null, model: null, binned: false };

function versionNode({ model, version, stage }: ModelVersion): LineageNode {
  return {
    ...emptyNode,
    id: 'version',
    kind: 'version',
    label: `${model}@v${version}`,
    detail: stage,
    model: { name: model, version },
  };
}

function addRun(drawing: Drawing, run: RunSummary): string {
  const id = drawing.add({
    ...emptyNode,
    id: drawing.idOf(run.id),
    kind: 'run',
    label: run.name,
    detail: run.recipe ?? 'command',
    run: run.id,
    binned: run.binnedAt !== null,
  });
  if (run.dataset !== null) drawing.link(addDataset(drawing, run.dataset), id, 'learned from');
  return id;
}

const addDataset = (drawing: Drawing, { name, version, hash }: DatasetRef): string =>
  drawing.add({
    ...emptyNode,
    id: `dataset ${name} ${version}`,
    kind: 'dataset',
    label: `${name} v${version}`,
    detail: hash.slice(0, 12),
    dataset: { name, version },
  });

/** How a run came of its parent. */
function relation(db: ReadableDb, run: RunSummary): string {
  const key = runKey(db, run.id);
  const from = readDocument<TrainSpec>(db, key, 'spec')?.from;
  if (from != null && from.kind === 'run' && from.run === run.parent) return 'went on as';
  return readDocument(db, key, 'rerun') === null ? 'parent of' : 'run again as';
}
