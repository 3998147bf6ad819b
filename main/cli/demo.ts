import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Comparison } from '../../shared/contract/runs.ts';
import { runLetter } from '../../shared/model/run-letter.ts';
import type { TrainWish } from '../../shared/model/train-spec.ts';
import { userDataFolder } from '../platform/paths.ts';
import type { Vault } from '../store/vault.ts';
import type { VaultClient } from '../workers/client.ts';
import type { RegisterCommand } from './command.ts';
import type { CliContext } from './context.ts';
import { estimateText } from './estimate-text.ts';
import { textTable } from './text-table.ts';
import { trainedRun } from './trained-run.ts';

/** Measured in a laboratory, so missing for a patient who only came by: the third run does without. */
const laboratory = ['creatinine', 'hba1c', 'nt_probnp'];

/** The main job from start to end on the synthetic cohort: import, three runs, compare, export, verify; then the window. */
export const demoCommand: RegisterCommand = (program, run) => {
  const command = program
    .command('demo')
    .description('the main job from start to end on a synthetic cohort')
    .option('--headless', 'stay in the terminal: do not open the window at the end');
  command.action((options: { headless?: boolean }) =>
    run(command, async (context) => {
      const named = context.options.vault ?? process.env.WARDBOOK_VAULT;
      if (named === undefined) context.vaultDir = join(userDataFolder(), 'demo-vault');
      const result = await context.withVault((client, vault) => mainJob(context, client, vault));
      context.print(result, () => `\nThe demo's vault is ${result.vault}\nThe report is ${result.report}`);
      if (!result.verified) context.exitCode = 1;
      if (options.headless !== true && context.options.json !== true) await openWindow(context);
    }),
  );
};

async function mainJob(context: CliContext, client: VaultClient, vault: Vault) {
  const { importSynthetic } = await import('../datasets/synthetic.ts');
  await client.call('internal.recoverRuns', {});
  const dataset = await importSynthetic(vault, {
    onProgress: (progress) =>
      context.progress(
        'Importing the synthetic cohort',
        progress.bytesDone / Math.max(1, progress.bytesTotal),
        `${progress.rows} rows`,
      ),
  });
  context.say(
    `${dataset.name} v${dataset.version}: ${dataset.rows} rows of ${dataset.subjects} patients, ${dataset.columns.length} columns`,
  );

  const ids = await trainThree(context, client, dataset.name);
  const comparison = await client.call('runs.compare', { ids, metric: null });
  for (const line of comparisonText(comparison)) context.say(line);

  const report = await writeReport(vault, ids);
  const { verifyReport } = await import('../exports/verify.ts');
  const verification = verifyReport(report, null);
  context.say(`\nReport written and checked: ${verification.valid ? 'valid' : 'NOT valid'} (${verification.reason})`);
  const runs = await Promise.all(
    ids.map(async (id) => {
      const { status, metrics } = await trainedRun(client, id);
      const { recipe } = await client.call('runs.show', { id });
      return { id, recipe, status, metrics };
    }),
  );
  return {
    vault: context.vaultDir,
    dataset: {
      name: dataset.name,
      version: dataset.version,
      hash: dataset.hash,
      rows: dataset.rows,
      subjects: dataset.subjects,
    },
    runs,
    report,
    verified: verification.valid,
  };
}

async function trainThree(context: CliContext, client: VaultClient, dataset: string): Promise<string[]> {
  const { createSupervisor } = await import('../training/supervisor.ts');
  const { sampleRun } = await import('../hardware/sample-run.ts');
  const labels = new Map<string, string>();
  const supervisor = createSupervisor({
    client,
    vaultDir: context.vaultDir,
    onNews(news) {
      if (news.type === 'progress') context.progress(`Training ${labels.get(news.id) ?? ''}`, news.done, '');
    },
    watch: (id, pid, signal, started) =>
      sampleRun((input) => client.call('internal.appendPoints', input), context.vaultDir, id, pid, signal, started),
  });
  const base = {
    dataset: { name: dataset, version: null },
    target: 'readmitted_1y',
    features: null,
    params: {},
    split: { kind: 'folds', folds: 5 },
    seed: 1,
    engine: null,
    study: 'synthetic cohort',
  } satisfies Partial<TrainWish>;
  const wishes: TrainWish[] = [
    { ...base, recipe: 'logistic', drop: [], name: 'logistic, all columns' },
    { ...base, recipe: 'mlp', drop: [], params: { batch_size: 128 }, name: 'mlp, all columns' },
    { ...base, recipe: 'logistic', drop: laboratory, name: 'logistic, without laboratory' },
  ];
  const ids: string[] = [];
  for (const wish of wishes) {
    const { id } = await supervisor.start(wish);
    labels.set(id, wish.name!);
    await supervisor.wait(id);
    ids.push(id);
  }
  await supervisor.close();
  return ids;
}

function comparisonText(comparison: Comparison): string[] {
  const keys = ['auc', 'brier', 'sensitivity', 'specificity'];
  const rows = comparison.runs.map((run, index) => [
    runLetter(index),
    run.name,
    ...keys.map((key) => estimateText(run.estimates[`oof/${key}`])),
  ]);
  return ['', textTable(['', 'run', ...keys], rows), '', ...comparison.tests.map((test) => test.sentence), ''];
}

async function writeReport(vault: Vault, ids: string[]): Promise<string> {
  const { createDraft } = await import('../exports/draft.ts');
  const { acceptDraft } = await import('../exports/accept.ts');
  const draft = createDraft(vault, ids);
  const out = join(vault.dir, '..', 'demo-report');
  const { files } = acceptDraft(vault, draft.digest, out, { unattended: true });
  return files.find((file) => file.endsWith('.html')) ?? files[0]!;
}

/** Starts the app that this command line belongs to on the demo's vault; whoever wraps the command line names it. */
function openWindow(context: CliContext): Promise<void> {
  const app = process.env.WARDBOOK_APP;
  if (app === undefined) return Promise.resolve();
  const command = app.endsWith('.mjs') ? [process.execPath, app] : [app];
  const child = spawn(command[0]!, [...command.slice(1), '--vault', context.vaultDir], { stdio: 'inherit' });
  // Without a display or a browser the app says so itself, and the demo is done all the same.
  return new Promise((resolve) => {
    child.on('error', () => resolve()).on('exit', () => resolve());
  });
}
