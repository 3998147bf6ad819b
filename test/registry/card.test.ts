import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ModelCard } from '../../shared/model/registry.ts';
import { cliJson, runCli } from '../cli/run-cli.ts';
import { temporaryFolder } from '../store/vault-fixture.ts';

/* One cohort, trained with folds, registered: everything below is what the command line prints about it. */
let folder: string;
let vault: string;
let run: string;

beforeAll(() => {
  folder = temporaryFolder();
  vault = join(folder, 'vault');
  run = (cliJson(vault, 'demo', '--headless') as { runs: { id: string; recipe: string }[] }).runs[0]!.id;
  cliJson(vault, 'model', 'register', run, '--name', 'readmission', '--description', 'first | try');
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const card = () => cliJson(vault, 'model', 'card', 'readmission@v1') as ModelCard;

test('a card holds data, split, held-out results with intervals and results by group, as the run has them', () => {
  const shown = cliJson(vault, 'show', run) as { estimates: Record<string, unknown>; features: string[] };
  const drafted = card();
  expect(drafted.data).toMatchObject({ dataset: { name: 'synthetic-cohort', version: 1 }, features: shown.features });
  expect(drafted.data!.split!.subjectsOverlap).toBe(0);
  const own = drafted.results[0]!;
  const prefix = own.kind;
  expect(own.estimates[0]!.key).toBe('auc');
  for (const { key, estimate } of own.estimates) expect(estimate).toEqual(shown.estimates[`${prefix}/${key}`]);
  const groups = drafted.groups.map(({ column }) => column);
  expect(groups.length).toBeGreaterThan(1);
  for (const { column, metric, groups: rows } of drafted.groups.slice(0, 1)) {
    expect(drafted.groupable).toContain(column);
    const found = cliJson(vault, 'groups', run, '--by', column, '--bins', '4') as {
      groups: { label: string; tooFew: boolean; estimates: Record<string, unknown> }[];
    };
    expect(rows.map(({ label }) => label)).toEqual(found.groups.map(({ label }) => label));
    expect(rows.map(({ estimate }) => estimate)).toEqual(
      found.groups.map(({ estimates }) => estimates[metric] ?? null),
    );
  }
  expect(drafted.limits.join(' ')).toContain('not tested on data of another place');
}, 60_000);

test('what a person writes on a card is kept, and its Markdown shows it as text', () => {
  const written = 'For ward *staff*\n<script>alert(1)</script> [a](http://b)';
  cliJson(vault, 'model', 'card', 'readmission@v1', '--set', `purpose=${written}`, '--set', 'groups=site,sex');
  expect(card().text).toMatchObject({ purpose: written, groups: ['site', 'sex'], limits: '' });
  expect(card().groups.map(({ column }) => column)).toEqual(['site', 'sex']);
  const { stdout } = runCli(vault, 'model', 'card', 'readmission@v1');
  expect(stdout).toContain('INTERNAL. A copy for use within the group: it contains unchecked values');
  expect(stdout).toContain('For ward \\*staff\\*\n&lt;script\\>alert(1)&lt;/script\\> \\[a\\](http://b)');
  expect(stdout).toContain('first \\| try');
  expect(stdout).toMatch(/\| auc \| 0\.\d+ \| 0\.\d+–0\.\d+ \|/);
});

test('a saved card says INTERNAL in its name, is in the audit log, and replaces nothing', () => {
  const out = join(folder, 'card.md');
  const { files } = cliJson(vault, 'model', 'card', 'readmission@v1', '--out', out) as { files: string[] };
  expect(files).toEqual([join(folder, 'card.INTERNAL.md')]);
  expect(readFileSync(files[0]!, 'utf8')).toBe(runCli(vault, 'model', 'card', 'readmission@v1').stdout);
  const [entry] = (cliJson(vault, 'audit', 'log') as { entries: { action: string; detail: unknown }[] }).entries;
  expect(entry).toMatchObject({ action: 'copy.model-card', detail: { model: 'readmission', version: 1, files: 1 } });
  const again = runCli(vault, 'model', 'card', 'readmission@v1', '--out', out);
  expect([again.status, again.stderr]).toEqual([1, expect.stringContaining('OUTPUT_EXISTS')]);
});

test('a card is not saved into a folder that is kept in step with a server', () => {
  const target = join(folder, 'Dropbox');
  mkdirSync(target);
  const { status, stderr } = runCli(vault, 'model', 'card', 'readmission@v1', '--out', join(target, 'card.md'));
  expect([status, stderr]).toEqual([1, expect.stringContaining('OUTPUT_REFUSED')]);
  expect(existsSync(join(target, 'card.INTERNAL.md'))).toBe(false);
});

test('the command line moves, tags, describes, deletes and brings back, and says what stands in the way', () => {
  const m = (...args: string[]) => cliJson(vault, 'model', ...args);
  expect(m('stage', 'readmission@v1', 'approved', '--reason', 'agreed')).toMatchObject({
    stage: 'approved',
    retired: [],
  });
  expect(m('show', 'readmission@v1')).toMatchObject({
    stage: 'approved',
    aliases: ['approved'],
    approval: { blockers: [] },
    moves: [{ to: 'draft' }, { from: 'draft', to: 'approved', reason: 'agreed', via: 'command line' }],
  });
  m('tag', 'readmission@v1', 'site=A');
  m('alias', 'readmission@v1', 'champion');
  m('describe', 'readmission', 'of the ward');
  m('rename', 'readmission', 'return');
  expect(m('show', 'return')).toMatchObject({
    description: 'of the ward',
    aliases: [
      { alias: 'approved', version: 1 },
      { alias: 'champion', version: 1 },
    ],
    versions: [{ tags: { site: 'A' } }],
  });
  expect(m('verify', 'return@v1')).toMatchObject({ valid: true });
  const refused = runCli(vault, 'model', 'delete', 'return');
  expect([refused.status, refused.stderr]).toEqual([1, expect.stringContaining('MODEL_NEEDED')]);
  expect(runCli(vault, 'model', 'stage', 'return@v1', 'done', '--reason', 'x').stderr).toContain('draft, candidate');
  expect(runCli(vault, 'model', 'stage', 'return@v1', 'retired').status).toBe(2);
  m('stage', 'return@v1', 'retired', '--reason', 'over');
  m('delete', 'return@v1');
  expect(m('show', 'return')).toMatchObject({ versions: [] });
  m('restore', 'return@v1');
  m('rename', 'return', 'readmission');
  expect(m('list')).toMatchObject({ models: [{ name: 'readmission', versions: 1, newest: { stage: 'retired' } }] });
}, 60_000);
