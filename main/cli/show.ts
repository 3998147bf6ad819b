import type { RunDetail } from '../../shared/model/run.ts';
import type { RegisterCommand } from './command.ts';
import { estimateText } from './estimate-text.ts';

/** `show RUN`: everything recorded about one run. */
export const showCommand: RegisterCommand = (program, run) => {
  const command = program.command('show <run>').description('everything recorded about one run');
  command.action((named: string) =>
    run(command, async (context) => {
      await context.withVault(async (client, vault) => {
        const { findRun } = await import('../store/run-key.ts');
        const { jsonRunDetail } = await import('./json-run.ts');
        const { textTable } = await import('./text-table.ts');
        const detail = await client.call('runs.show', { id: findRun(vault.db, named) });
        context.print(jsonRunDetail(detail), () => textTable(['what', 'value'], facts(detail)));
      });
    }),
  );
};

function facts(detail: RunDetail): string[][] {
  const { dataset, environment, split } = detail;
  const known: [string, string | number | null][] = [
    ['id', detail.id],
    ['name', detail.name],
    ['study', detail.study],
    ['status', detail.status],
    ['reason', detail.reason],
    ['recipe', detail.recipe],
    ['engine', detail.engine],
    ['device', detail.device],
    ['seed', detail.seed],
    ['dataset', dataset === null ? null : `${dataset.name}@v${dataset.version}`],
    ['target', detail.target],
    ['features', detail.features.length === 0 ? null : detail.features.join(', ')],
    [
      'split',
      split === null
        ? null
        : `${split.train}/${split.validation}/${split.test} ${split.unit}, ${split.folds ?? 'no'} folds`,
    ],
    ['started', detail.startedAt === null ? null : new Date(detail.startedAt).toISOString()],
    ['ended', detail.endedAt === null ? null : new Date(detail.endedAt).toISOString()],
    ['code', environment === null ? null : `Wardbook ${environment.appVersion} ${environment.commit ?? ''}`],
    [
      'environment',
      environment === null ? null : `${environment.os}, ${environment.cpu}, ${environment.gpu ?? 'no GPU'}`,
    ],
    ['note', detail.note],
    ...Object.entries(detail.params).map(([key, value]): [string, string] => [`params.${key}`, String(value)]),
    ...Object.entries(detail.tags).map(([key, value]): [string, string] => [`tags.${key}`, value]),
    ...Object.entries(detail.metrics).map(([key, value]): [string, string] => [`metrics.${key}`, String(value)]),
    ...importanceFacts(detail.importance),
    ...detail.artifacts.map(({ path, bytes }): [string, string] => [`artifact ${path}`, `${bytes} bytes`]),
  ];
  return known.filter(([, value]) => value !== null && value !== '').map(([what, value]) => [what, String(value)]);
}

/** What each feature is worth, the most needed first. */
function importanceFacts(importance: RunDetail['importance']): [string, string][] {
  if (importance === null) return [];
  const { metric, rows, repeats, features } = importance;
  const lost = metric === 'auc' ? 'AUC lost' : 'RMSE gained';
  const sorted = features.toSorted((a, b) => b.mean - a.mean);
  return [
    ['importance', `${lost}, ${repeats} repeats, ${rows} rows`],
    ...sorted.map(({ name, mean, low, high }): [string, string] => [
      `importance ${name}`,
      estimateText({ value: mean, low, high }),
    ]),
  ];
}
