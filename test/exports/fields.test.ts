import { expect, test } from 'vitest';
import { deviceName } from '../../main/exports/gate/device-name.ts';
import { brokenLabelRule } from '../../main/exports/gate/labels.ts';
import { createNotes } from '../../main/exports/gate/notes.ts';
import { gateParams } from '../../main/exports/gate/params.ts';
import { gateSplit } from '../../main/exports/gate/split.ts';
import { exportableReport, exportableRun } from '../../shared/model/exportable-run.ts';
import { defaultPolicy } from '../../shared/model/policy.ts';
import { gated } from './gate.ts';
import { cohort, evidenceOf } from './synthetic.ts';

const params = (family: Parameters<typeof gateParams>[0], values: Parameters<typeof gateParams>[1]) =>
  gateParams(family, values, createNotes());

test('params leave by dictionary: known keys, in range, 6 significant digits', () => {
  expect(params('mlp', { learning_rate: 0.00123456789, hidden: '32, 16', epochs: 100, class_weights: false })).toEqual([
    { key: 'hidden', value: [32, 16] },
    { key: 'epochs', value: 100 },
    { key: 'learning_rate', value: 0.00123457 },
    { key: 'class_weights', value: false },
  ]);
});

test.each([
  ['row 3: a path under an unknown key', { data_dir: '/home/jdoe/pat_1234567/' }],
  ['row 4: text where a number is due', { l2: 'Adam # Mrs Jones' }],
  ['row 15: nested JSON in a list', { hidden: '{"a":{"b":"MRN 1234567"}}' }],
  ['a number out of range', { epochs: 19520314 }],
  ['a list of more than 16', { hidden: Array.from({ length: 17 }, () => 8).join(',') }],
  ['a key of the prototype', { constructor: 1, toString: 'x' }],
] as [string, Record<string, string | number>][])('params: %s stays', (_what, values) => {
  const notes = createNotes();
  expect(gateParams('mlp', values, notes)).toEqual([]);
  expect(notes.list().every((line) => line.rule === 'X1' && line.outcome === 'refused')).toBe(true);
});

test.each([
  ['Site A', null],
  ['Kardiologie Nord 2', null],
  ['Site 12345', 'F3'],
  ['S 1-2.3_4 5', 'F3'],
  ['aGVsbG8gTVJOIDEyMzQ1Njc', 'F3'],
  ['Сentre', 'F2'],
  ['Site\u200bA', 'F2'],
  ['Site \u0661\u0662', 'F2'],
  ['Ａlpha', 'F2'],
  ['a/b', 'F2'],
  ['me@host', 'F2'],
  ['A'.repeat(65), 'F2'],
  ['Ward jdoe', 'F3'],
])('F2 and F3 on the label %j: %s', (label, rule) => {
  expect(brokenLabelRule(label, ['jdoe'])).toBe(rule);
});

test('a site label that breaks a rule leaves the report without one', () => {
  const { report, notes } = gated([evidenceOf(cohort(60, 60))], { siteLabel: 'Site 12345' });
  expect(report.site).toBeNull();
  expect(notes.list()).toContainEqual({ rule: 'F3', outcome: 'refused', what: 'site label', count: 1 });
});

test.each([
  ['Intel(R) Xeon(R) Platinum 8358 CPU @ 2.60GHz', 'Intel Xeon Platinum 8358'],
  ['NVIDIA GeForce RTX 3090 Ti', 'NVIDIA GeForce RTX 3090 Ti'],
  ['NVIDIA A100 UUID GPU-5fd4f087-86f3-7a43 host radiology07', 'NVIDIA A100'],
  ['workstation of Dr Jones', null],
])('hardware: %j is told as %j', (name, told) => {
  expect(deviceName(name)).toBe(told);
});

test('row 57: days are UTC, durations whole minutes, clock times stay', () => {
  const run = evidenceOf(cohort(60, 60));
  const start = Date.parse('2026-11-21T23:59:40-05:00');
  run.detail = { ...run.detail, startedAt: start, endedAt: start + 95_000 };
  const [released] = gated([run]).report.runs;
  expect(released).toMatchObject({ day: '2026-11-22', minutes: 2 });
});

test('S1 and S2: parts of a split are rounded, the test part first; one under k keeps all', () => {
  const split = {
    kind: 'shares',
    train: 301,
    validation: 52,
    test: 147,
    folds: null,
    subjectsOverlap: 0,
    unit: 'subjects',
    hash: '',
  } as const;
  const notes = createNotes();
  expect(gateSplit(split, true, defaultPolicy, notes)).toMatchObject({ train: 300, validation: 55, test: 145 });
  const kept = { suppressed: 'S1' };
  expect(gateSplit({ ...split, validation: 9 }, true, defaultPolicy, notes)).toMatchObject({
    train: kept,
    validation: kept,
    test: kept,
  });
  expect(gateSplit({ ...split, validation: 0 }, true, defaultPolicy, notes)).toMatchObject({
    validation: null,
    test: 145,
  });
  expect(gateSplit(split, false, defaultPolicy, notes)).toMatchObject({ train: kept });
});

test('F5, row 46: a dataset is told by an HMAC under the site key, never by its content hash', () => {
  const runs = [evidenceOf(cohort(60, 60))];
  const here = gated(runs).report.datasets[0]!.fingerprint;
  const there = gated(runs, { fingerprintKey: Buffer.alloc(32, 8) }).report.datasets[0]!.fingerprint;
  expect(here.hmac).toMatch(/^[0-9a-f]{32}$/);
  expect(here).not.toEqual(there);
  expect(JSON.stringify(gated(runs).report)).not.toContain('abab');
});

test('X1: an unknown field anywhere stops the report', () => {
  const { report } = gated([evidenceOf(cohort(60, 60))]);
  expect(() => exportableRun.parse({ ...report.runs[0], note: 'x' })).toThrow();
  expect(() => exportableReport.parse({ ...report, extra: 1 })).toThrow();
  const evaluation = { ...report.runs[0]!.evaluation, scores: [0.1] };
  expect(() => exportableReport.parse({ ...report, runs: [{ ...report.runs[0], evaluation }] })).toThrow();
});

test('run ids are new for every report', () => {
  const run = evidenceOf(cohort(60, 60));
  const ids = [gated([run]), gated([run])].map(({ report }) => report.runs[0]!.id);
  expect(new Set(ids).size).toBe(2);
  expect(ids).not.toContain(run.detail.id);
});

test('a run that has not ended is refused', () => {
  const run = evidenceOf(cohort(60, 60));
  run.detail = { ...run.detail, status: 'running' };
  expect(() => gated([run])).toThrow(expect.objectContaining({ code: 'EXPORT_REFUSED' }));
});
