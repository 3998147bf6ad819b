import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { cohortCsv } from '../training/cohort.ts';
import { jsonOf, oneJsonValue, wardbook } from './wardbook.ts';

const folder = mkdtempSync(join(tmpdir(), 'wardbook-fields-'));
const vault = join(folder, 'vault');
const out = join(folder, 'out');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const text = z.string().min(1);
const hash = z.string().regex(/^[0-9a-f]{64}$/);
const count = z.int().nonnegative();
const runId = z.string().regex(/^[0-9a-f]{32}$/);
const number = z.number().nullable();
const isoTime = z.iso.datetime();
const status = z.enum(['queued', 'running', 'finished', 'failed', 'stopped', 'crashed']);
const engine = z.enum(['tensorflow-gpu', 'webgpu', 'tensorflow', 'cpu']);
const recordOf = <T extends z.ZodType>(value: T) => z.record(z.string(), value);

const metrics = recordOf(
  z.object({ value: number, low: number, high: number, method: text, rows: count, subjects: count.nullable() }),
);
const datasetVersion = z.object({
  name: text,
  version: z.int().positive(),
  hash,
  rows: count,
  subjects: count.nullable(),
  columns: z.array(
    z.object({
      name: text,
      type: z.enum(['number', 'integer', 'category', 'boolean', 'date', 'text', 'image']),
      role: z.enum([
        'subject',
        'site',
        'time',
        'event',
        'target',
        'feature',
        'identifier',
        'free-text',
        'split',
        'ignored',
      ]),
      missing: count,
      distinct: count,
    }),
  ),
  warnings: z.array(z.object({ code: z.string().regex(/^[A-Z_]+$/), message: text })),
});
const trained = z.object({
  id: runId,
  status,
  engine,
  device: text,
  durationMs: z.number(),
  metrics,
  dataset: z.object({ name: text, version: z.int(), hash }),
  split: z.object({
    train: count,
    validation: count,
    test: count,
    folds: count.nullable(),
    subjectsOverlap: z.literal(0),
    hash,
  }),
});
const listed = z.object({
  id: runId,
  name: text,
  study: text,
  status,
  startedAt: isoTime,
  params: recordOf(z.unknown()),
  metrics: recordOf(z.union([z.number(), z.enum(['NaN', 'Infinity', '-Infinity'])])),
  tags: recordOf(z.string()),
});
const draft = z.object({
  draft: hash,
  digest: hash,
  released: count,
  transformed: count,
  refused: z.array(z.object({ rule: text, count })),
});
const written = z.object({ files: z.array(text).length(3), digest: hash, signature: text });
const verdict = z.object({ valid: z.boolean(), reason: text });

let one: string;
let two: string;
let page: string;

beforeAll(async () => {
  const write = (seed: number) => {
    const path = join(folder, `cohort-${seed}.csv`);
    writeFileSync(path, cohortCsv(150, seed));
    return path;
  };
  const imported = ['--name', 'cohort', '--subject', 'patient'];
  datasetVersion.parse(await jsonOf(vault, 'dataset', 'import', write(1), ...imported));
  datasetVersion.parse(await jsonOf(vault, 'dataset', 'import', write(2), ...imported));
  const asked = ['--dataset', 'cohort', '--target', 'outcome', '--drop', 'stage,visit'];
  one = trained.parse(await jsonOf(vault, 'train', 'logistic', ...asked, '--folds', '3')).id;
  two = trained.parse(await jsonOf(vault, 'train', 'mlp', ...asked, '--set', 'epochs=8', '--name', 'small')).id;
  const { files } = written.parse(await jsonOf(vault, 'export', one, '--out', out, '--accept'));
  page = files.find((file) => file.endsWith('.html'))!;
}, 60_000);

test.each<[string, () => string[], z.ZodType]>([
  ['dataset list', () => ['dataset', 'list'], z.array(z.object({ name: text, versions: z.array(z.object({ hash })) }))],
  ['dataset show', () => ['dataset', 'show', 'cohort@v1'], datasetVersion],
  [
    'dataset diff',
    () => ['dataset', 'diff', 'cohort@v1', 'cohort@v2'],
    z.object({ rows: z.object({ added: count, removed: count, changed: count, unchanged: count }) }),
  ],
  ['dataset verify', () => ['dataset', 'verify', 'cohort'], verdict],
  [
    'recipes',
    () => ['recipes'],
    z.array(
      z.object({
        id: text,
        task: z.array(z.enum(['binary', 'multiclass', 'regression', 'survival'])),
        params: z.array(
          z.object({
            name: text,
            type: text,
            default: z.unknown(),
            min: number,
            max: number,
            choices: z.array(z.string()).nullable(),
          }),
        ),
      }),
    ),
  ],
  [
    'predictions',
    () => ['predictions', one],
    z.object({
      rows: z
        .array(z.object({ subject: text, fold: count.nullable(), split: text, truth: text, score: z.number() }))
        .min(150),
    }),
  ],
  ['runs', () => ['runs'], z.object({ total: z.literal(2), runs: z.array(listed).length(2), next: z.null() })],
  ['runs, one page of two', () => ['runs', '--limit', '1'], z.object({ total: z.literal(2), next: text })],
  [
    'show',
    () => ['show', two],
    listed.extend({
      dataset: z.object({ name: text, version: z.int(), hash }),
      code: z.object({ appVersion: text, commit: z.string().nullable() }),
      environment: z.object({ node: text, os: text, packages: recordOf(text) }),
      hardware: z.object({ cpu: text, cores: count, memoryMiB: z.number(), gpu: z.string().nullable() }),
      artifacts: z.array(z.object({ path: text, bytes: count, sha256: hash })),
    }),
  ],
  [
    'metrics',
    () => ['metrics', two, 'train/loss', '--points', '100'],
    z.object({
      key: z.literal('train/loss'),
      count,
      steps: z.array(count).min(8),
      values: z.array(z.number()).min(8),
      times: z.array(isoTime).min(8),
      downsampled: z.literal(false),
    }),
  ],
  [
    'compare',
    () => ['compare', one, two],
    z.object({
      runs: z.array(z.object({ id: runId })).length(2),
      differs: z.object({
        params: z.array(z.unknown()),
        data: z.array(z.unknown()),
        code: z.array(z.unknown()),
        environment: z.array(z.unknown()),
        hardware: z.array(z.unknown()),
      }),
      metrics: z.unknown(),
      tests: z
        .array(
          z.object({
            a: runId,
            b: runId,
            metric: text,
            difference: number,
            low: number,
            high: number,
            p: number,
            verdict: z.enum(['real', 'no-difference', 'cannot-tell', 'not-comparable']),
            sentence: text,
          }),
        )
        .min(1),
    }),
  ],
  ['tag', () => ['tag', two, 'site=A'], z.object({ id: runId, tags: z.object({ site: z.literal('A') }) })],
  ['note', () => ['note', two, 'look again'], z.object({ id: runId })],
  ['rename', () => ['rename', two, 'later'], z.object({ id: runId, name: z.literal('later') })],
  ['bin', () => ['bin', two], z.object({ ids: z.array(runId) })],
  ['restore', () => ['restore', two], z.object({ ids: z.array(runId) })],
  ['study list', () => ['study', 'list'], z.object({ studies: z.array(z.object({ name: text, runs: count })) })],
  ['study create', () => ['study', 'create', 'Ward 3'], z.object({ name: z.literal('Ward 3') })],
  ['study rename', () => ['study', 'rename', 'Ward 3', 'Ward 4'], z.object({ name: z.literal('Ward 4') })],
  ['export', () => ['export', one, two, '--out', out], draft],
  ['verify', () => ['verify', page], verdict.extend({ valid: z.literal(true), trusted: z.boolean(), signedBy: text })],
  ['audit verify', () => ['audit', 'verify'], z.object({ valid: z.literal(true), entries: count, firstBad: z.null() })],
  ['audit log', () => ['audit', 'log'], z.object({ entries: z.array(z.object({ at: isoTime, action: text })).min(1) })],
  [
    'hardware',
    () => ['hardware'],
    z.object({
      cpu: z.object({ cores: count }),
      memory: z.object({ usedMiB: number, totalMiB: number }),
      disk: z.object({ usedGiB: number, totalGiB: number }),
      gpus: z.array(
        z.object({ name: text, utilization: number, memoryUsedMiB: number, powerW: number, temperatureC: number }),
      ),
    }),
  ],
  [
    'doctor',
    () => ['doctor'],
    z.object({
      version: text,
      host: z.object({ reason: text }),
      engines: z
        .array(z.object({ id: engine, available: z.boolean(), device: z.string().nullable(), reason: text }))
        .length(4),
      gpus: z.array(z.object({ name: text, memoryMiB: number })),
      vault: z.object({ path: text }),
      keys: z.object({ protection: text }),
      encryption: z.object({ vault: text }),
    }),
  ],
])('%s --json prints one value with the fields of docs/cli.md', async (_, args, schema) => {
  const { status: ended, stdout, stderr } = await wardbook(vault, ...args());
  expect(ended, stderr).toBe(0);
  expect(schema.safeParse(oneJsonValue(stdout)).error?.message).toBeUndefined();
});

test('export --accept DIGEST writes that draft, byte for byte as its digest says', async () => {
  const { digest, files } = draft
    .extend({ files: z.array(z.object({ name: text, bytes: count })) })
    .parse(await jsonOf(vault, 'export', one, two, '--out', out));
  const done = written.parse(await jsonOf(vault, 'export', '--accept', digest, '--out', out));
  expect(done.digest).toBe(digest);
  for (const { name, bytes } of files)
    expect(readFileSync(done.files.find((file) => file.endsWith(name))!).length).toBe(bytes);
});
