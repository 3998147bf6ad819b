import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasSampleData, jsonOf, whas500 } from '../acceptance/wardbook.ts';
import { notRun } from '../not-run.ts';
import { canOpenWindow } from './browser.ts';
import { type DrivenApp, openApp } from './driven-app.ts';
import { comparePage } from './pages/compare-page.ts';
import { datasetsPage } from './pages/datasets-page.ts';
import { exportPage } from './pages/export-page.ts';
import { runPage } from './pages/run-page.ts';
import { runsPage } from './pages/runs-page.ts';
import { trainPage } from './pages/train-page.ts';
import { textOf } from './text-of.ts';

const what = 'the main job by hand in the window, on WHAS500';
if (!hasSampleData) notRun(what, 'there is no ../shared/data/whas500.csv');

describe.runIf(hasSampleData && canOpenWindow(what))('WHAS500 by hand in the window', () => {
  let app: DrivenApp;
  let logistic = '';
  let mlp = '';

  beforeAll(async () => {
    app = await openApp();
  });
  afterAll(async () => {
    expect(await app.close()).toBe(0);
  });

  test('an empty vault invites to import a table or to try the synthetic cohort', async () => {
    await app.page.getByRole('heading', { name: 'Nothing in this vault yet' }).waitFor();
    expect(await app.page.getByRole('button', { name: 'Try it' }).isEnabled()).toBe(true);
    await app.page.getByRole('main').getByRole('link', { name: 'Import data' }).last().click();
    await app.page.getByRole('heading', { name: 'Datasets', level: 1 }).waitFor();
  });

  test('the imported table shows its subjects, the role of each column and what looks like the outcome', async () => {
    const datasets = datasetsPage(app);
    await datasets.importTable(whas500);
    expect(await datasets.facts()).toMatch(/500 rows[\s\S]*500 subjects/);
    expect(await datasets.column('patient_id')).toContain('subject');
    expect(await datasets.column('lenfol')).toMatch(/time/);
    expect(await datasets.warnings()).toContain('lenfol');
  });

  test('Train proposes the event as target, leaves out what follows it, and five folds with the reason', async () => {
    await app.page.getByRole('link', { name: 'Train', exact: true }).last().click();
    const train = trainPage(app);
    await train.feature('age').waitFor();
    expect(await train.target()).toMatch(/^fstat/);
    for (const name of ['lenfol', 'los', 'patient_id']) expect(await train.feature(name).isChecked()).toBe(false);
    expect(await train.feature('patient_id').isEnabled()).toBe(false);
    expect(await train.feature('age').isChecked()).toBe(true);
    expect(await train.folds()).toBe('5');
    await expect.poll(() => train.split()).toMatch(/500 subjects/);
  });

  test('Start leads to the run, which draws its curves while it trains and ends as done', async () => {
    const train = trainPage(app);
    await train.chooseRecipe('logistic');
    await train.name('penalised');
    logistic = await train.start();
    const run = runPage(app);
    await run.lines('Loss').first().waitFor();
    await run.becomes('Done');
  });

  test('the evaluation draws the ROC, and its confusion matrix holds every patient', async () => {
    const run = runPage(app);
    await run.show('Evaluation');
    await run.lines('ROC').first().waitFor();
    await app.page
      .getByText(/AUC 0\.\d\d/)
      .first()
      .waitFor();
    expect((await run.confusion()).reduce((sum, cell) => sum + cell)).toBe(500);
  });

  test('the arrows move the threshold and with it the matrix, which is then exploratory; the look is counted', async () => {
    const run = runPage(app);
    const before = await run.confusion();
    const looks = await run.looks();
    await app.press('Shift+ArrowLeft');
    await run.exploratory.waitFor();
    await expect.poll(() => run.confusion()).not.toEqual(before);
    expect((await run.confusion()).reduce((sum, cell) => sum + cell)).toBe(500);
    await expect.poll(() => run.looks()).not.toBe(looks);
    await app.page.getByRole('button', { name: /chosen on/ }).click();
    await expect.poll(() => run.confusion()).toEqual(before);
  });

  test('a second run with another recipe stands beside the first in the list', async () => {
    const train = trainPage(app);
    await train.open('whas500');
    await train.chooseRecipe('mlp');
    await train.set('Epochs', '10');
    await train.name('network');
    mlp = await train.start();
    await runPage(app).becomes('Done');
    const runs = runsPage(app);
    await runs.open();
    await expect.poll(() => runs.rows.count()).toBe(2);
    await datasetsPage(app).open();
    await app.page.getByRole('row', { name: /^whas500 v1 500 500 17 2 / }).waitFor();
    await runs.open();
  });

  test('x selects what the filter left, c compares it: both runs, what changed, and a verdict', async () => {
    const runs = runsPage(app);
    await app.press('/');
    await app.page.keyboard.type('dataset.n');
    await runs.completion('dataset.name').waitFor();
    await app.press('Tab');
    await app.page.keyboard.type(' = whas500');
    await expect.poll(() => runs.wrong.count()).toBe(1);
    await app.press('Control+a');
    await app.page.keyboard.type('dataset.name = "whas500"');
    await expect.poll(() => runs.foot()).toMatch(/2 of 2 match/);
    await app.press('Enter', 'x', 'j', 'x');
    await runs.selected.getByText('2 selected').waitFor();
    await app.press('c');
    const compare = comparePage(app);
    await compare.row('penalised').waitFor();
    expect(await textOf(compare.row('network'))).toMatch(/0\.\d+\s*\[0\.\d+–0\.\d+\]/);
    expect(await textOf(compare.changed)).toMatch(/logistic[\s\S]*mlp|mlp[\s\S]*logistic/);
    await compare.reality.getByText(/^(Real|No difference|Not shown)$/).waitFor();
  });

  test('the command line prints the numbers that the screens show', async () => {
    const compare = comparePage(app);
    const said = await textOf(compare.reality);
    const compared = await jsonOf<{ tests: { sentence: string; verdict: string }[] }>(
      app.vault,
      'compare',
      ...app.page.url().split('/compare/')[1]!.split(','),
    );
    expect(said).toContain(compared.tests[0]!.sentence);
    const shown = await jsonOf<{ estimates: Record<string, { value: number; low: number; high: number }> }>(
      app.vault,
      'show',
      logistic,
    );
    const { value, low, high } = shown.estimates['oof/auc']!;
    const digits = (text: string) => text.match(/\d\.\d+/g)!;
    const screen = digits(await textOf(compare.row('penalised'))).slice(0, 3);
    expect(screen).toEqual([value, low, high].map((number) => number.toFixed(screen[0]!.length - 2)));
    const { total, runs } = await jsonOf<{ total: number; runs: { id: string }[] }>(app.vault, 'runs');
    expect([total, runs.map(({ id }) => id).sort()]).toEqual([2, [logistic, mlp].sort()]);
  });

  test('e leads to the report; its preview is the draft to the last byte, and signing writes exactly that', async () => {
    await app.press('e');
    const report = exportPage(app);
    await report.paper.getByText(/AUC/).first().waitFor();
    expect(await report.sign.isEnabled()).toBe(false);
    const json = await report.json();
    await report.showReport();
    const shown = await textOf(report.paper.locator('.page'));
    const folder = join(app.vault, '..', 'reports');
    mkdirSync(folder);
    const files = await report.signInto(folder);
    const [place] = readdirSync(folder);
    expect(files.sort()).toEqual(
      ['manifest.json', 'report.html', 'report.json'].map((name) => join(folder, place!, name)),
    );
    expect(readFileSync(files[2]!, 'utf8')).toBe(json);
    expect(words(shown)).toBe(words(bodyOf(readFileSync(files[1]!, 'utf8'))));
    expect(await report.verify(files[1]!)).toMatch(/^Valid/);
    expect(await jsonOf(app.vault, 'verify', files[1]!)).toMatchObject({ valid: true });
  });

  test('the release is in the audit log, whose chain holds', async () => {
    await app.page.getByRole('link', { name: 'Show the audit entry' }).click();
    const log = app.page.getByRole('table', { name: 'Audit log' });
    await log.getByText('Report signed and saved').waitFor();
    await app.page.getByText(/chain checked: \d+ entries, none changed/).waitFor();
    await app.page.getByText('connections since start: 0', { exact: true }).waitFor();
  });

  test('a site label is kept, and one that may not leave in a report is not', async () => {
    await app.go('/settings');
    const label = app.page.getByRole('textbox', { name: 'Site label' });
    await label.fill('1st floor');
    await label.press('Enter');
    await label.fill('Cardiology');
    await label.press('Enter');
    await app.page.getByRole('navigation').getByText('Cardiology').waitFor();
    expect(await app.call('settings.get', {})).toMatchObject({ siteLabel: 'Cardiology' });
  });

  test('nothing of this was refused by the content security policy, and nothing failed', () => {
    expect(app.problems).toEqual([]);
    expect(app.errors()).toBe('');
  });
});

const words = (text: string) => text.replaceAll(/\s+/g, ' ').trim();

/** The text of an HTML file's body, as a browser would read it. */
function bodyOf(html: string): string {
  const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
  return html
    .replace(/^[\s\S]*<body[^>]*>/, '')
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll(/&(\w+|#39);/g, (_, name: string) => entities[name]!);
}
