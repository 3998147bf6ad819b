import type { DatasetFit } from '../../../shared/model/run.ts';
import type { TrainSpec } from '../../../shared/model/train-spec.ts';
import type { StoredVersion } from '../../store/datasets.ts';
import { lookAlikes } from '../../store/images/look-alikes.ts';
import type { Cells } from '../../store/table/cells.ts';
import { openTable, type Table } from '../../store/table/open-table.ts';
import { TEST } from '../../store/table/split.ts';
import { readModel } from '../kept-model/open-model.ts';
import { pairsFor } from '../plan/keep-together.ts';
import { planOnTable } from '../plan/plan-run.ts';
import { seenSubjects } from './seen-subjects.ts';
import { liesElsewhere } from './unit-conversions.ts';

/** A run whose model is to be applied, with the data that it was trained on. */
export type Applied = { run: string; spec: TrainSpec; version: StoredVersion };

/** The rows that are left to test on, and how the dataset fits the model. */
export type FittedDataset = {
  fit: DatasetFit;
  rows: Int32Array;
  y: Float64Array;
  subject: Int32Array | null;
};

/** Compares a dataset with what a model was trained on; writes nothing. MODEL_NOT_FOUND, MODEL_DAMAGED. */
export function fitDataset(vaultDir: string, applied: Applied, version: StoredVersion): FittedDataset {
  const { head, members } = readModel(vaultDir, applied.run);
  const trained = openTable(vaultDir, applied.version);
  const table = openTable(vaultDir, version);
  try {
    const plan = planOnTable(trained, applied.version, applied.spec, pairsFor(vaultDir, applied.version, applied.spec));
    const seenAt = [...plan.rows.keys()].filter((i) => plan.split.part === null || plan.split.part[i] !== TEST);
    const features = new Map(
      members.flatMap(({ preprocessing }) =>
        'images' in preprocessing ? [] : preprocessing.features.map((one) => [one.feature, one.kind] as const),
      ),
    );
    const ofImages = members.some(({ preprocessing }) => 'images' in preprocessing);
    const has = new Set(table.columns.map(({ name }) => name));
    const missingColumns = [...features.keys(), head.target].filter((name) => !has.has(name));
    const fit: DatasetFit = {
      refused: [],
      missingColumns,
      otherTypes: [],
      newCategories: [],
      units: [],
      rows: 0,
      subjects: null,
      subjectsSeenInTraining: null,
      excludedRows: 0,
    };
    if (ofImages && version.images === null) fit.refused.push('It is a table, and the model looks at images.');
    if (missingColumns.length > 0) fit.refused.push(`These columns are missing: ${missingColumns.join(', ')}.`);
    const target = has.has(head.target) ? readTruth(table.column(head.target), head.target, plan.classes, fit) : null;
    const withTarget = target === null ? [] : [...target.keys()].filter((row) => !Number.isNaN(target[row]!));
    const ofOthers = leaveOutSeen(withTarget, fit, {
      seen: { table: trained, mode: applied.version.subjectMode, at: seenAt.map((i) => plan.subject?.[i] ?? -1) },
      now: { table, mode: version.subjectMode },
    });
    const trainedRows = seenAt.map((i) => plan.rows[i]!);
    let rows = ofOthers;
    if (ofImages && version.images !== null) {
      const alike = lookAlikes(vaultDir, { version: applied.version, rows: trainedRows }, { version, rows: ofOthers });
      fit.imagesSeenInTraining = alike.size;
      rows = ofOthers.filter((row) => !alike.has(row));
    }
    for (const [name, kind] of features) {
      if (!has.has(name)) continue;
      const [before, now] = [trained.column(name), table.column(name)];
      if ((now.kind === 'numeric') !== (kind === 'number')) {
        fit.otherTypes.push({ column: name, expected: kind === 'number' ? 'numbers' : 'levels', found: now.type });
      } else if (now.kind === 'levels' && before.kind === 'levels')
        compareLevels(name, before, trainedRows, now, rows, fit);
      else if (now.kind === 'numeric' && before.kind === 'numeric') {
        const elsewhere = liesElsewhere(present(before.values, trainedRows), present(now.values, rows));
        if (elsewhere !== null) fit.units.push({ column: name, ...elsewhere });
      }
    }
    if (fit.otherTypes.length > 0) {
      const columns = fit.otherTypes.map(({ column, expected }) => `${column} (${expected} expected)`).join(', ');
      fit.refused.push(`These columns hold something else than in training: ${columns}.`);
    }
    if (fit.refused.length === 0 && rows.length === 0) fit.refused.push('No row with a target is left to test on.');
    const persons = table.subjects();
    return {
      fit,
      rows: Int32Array.from(rows),
      y: Float64Array.from(rows, (row) => target![row]!),
      subject: persons === null ? null : Int32Array.from(rows, (row) => persons[row]!),
    };
  } finally {
    trained.close();
    table.close();
  }
}

const present = (values: Float64Array, rows: number[]): Float64Array =>
  Float64Array.from(rows, (row) => values[row]!).filter(Number.isFinite);

/** The model's index of each row's class, by name, or the value; NaN where there is none. */
function readTruth(cells: Cells, name: string, classes: string[], fit: DatasetFit): Float64Array | null {
  if (classes.length === 0) {
    if (cells.kind === 'numeric') return cells.values;
    fit.refused.push(`Column "${name}" holds no numbers, and the model predicts one.`);
    return null;
  }
  const index = new Map(classes.map((label, k) => [label, k]));
  const unknown = new Set<string>();
  const truth = Float64Array.from(cells.missing, (gone, row) => {
    if (gone === 1) return Number.NaN;
    const label = cells.kind === 'numeric' ? String(cells.values[row]) : cells.dictionary[cells.codes[row]!]!;
    const k = index.get(label);
    if (k === undefined) unknown.add(label);
    return k ?? Number.NaN;
  });
  if (unknown.size > 0) {
    fit.refused.push(
      `Column "${name}" has ${unknown.size} ${unknown.size === 1 ? 'class' : 'classes'} that the model does not know; it knows ${classes.join(', ')}.`,
    );
  }
  return truth;
}

type Sides = {
  seen: { table: Table; mode: StoredVersion['subjectMode']; at: number[] };
  now: { table: Table; mode: StoredVersion['subjectMode'] };
};

/** Rows of persons that the model has not seen; all of them when nobody can say. */
function leaveOutSeen(rows: number[], fit: DatasetFit, { seen, now }: Sides): number[] {
  fit.rows = rows.length;
  const persons = now.table.subjects();
  if (persons === null) return rows;
  const distinct = [...new Set(rows.map((row) => persons[row]!))];
  fit.subjects = distinct.length;
  const known = seenSubjects(
    { mode: seen.mode, persons: [...new Set(seen.at)], label: (person) => seen.table.subjectLabel(person) },
    { mode: now.mode, persons: distinct, label: (person) => now.table.subjectLabel(person) },
  );
  if (known === null) return rows;
  const left = rows.filter((row) => !known.has(persons[row]!));
  fit.subjectsSeenInTraining = known.size;
  fit.excludedRows = rows.length - left.length;
  return left;
}

type Levels = Extract<Cells, { kind: 'levels' }>;

function compareLevels(
  column: string,
  before: Levels,
  trainedRows: number[],
  now: Levels,
  rows: number[],
  fit: DatasetFit,
): void {
  const known = new Set(trainedRows.map((row) => before.dictionary[before.codes[row]!]));
  const unknown = rows.filter((row) => now.missing[row] === 0 && !known.has(now.dictionary[now.codes[row]!]!));
  if (unknown.length === 0) return;
  const levels = [...new Set(unknown.map((row) => now.dictionary[now.codes[row]!]!))].sort();
  fit.newCategories.push({ column, levels: levels.slice(0, 50), rows: unknown.length });
}
