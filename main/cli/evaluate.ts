import type { RegisterCommand } from './command.ts';
import { parseDatasetRef } from './dataset-ref.ts';
import { followRun } from './follow-run.ts';
import { describeTrained } from './trained-run.ts';

type Options = { dataset: string; study?: string; name?: string };

/** `evaluate RUN --dataset N[@vK]`: external validation of a stored model. */
export const evaluateCommand: RegisterCommand = (program, run) => {
  const command = program
    .command('evaluate <run>')
    .description('apply the stored model of a run, behind its fitted preprocessing, to other data')
    .requiredOption('--dataset <name[@vK]>', 'the dataset, or one version of it')
    .option('--study <name>', 'the study to file the run under (default: that of the run)')
    .option('--name <name>', 'a name for the new run');
  command.action((named: string, options: Options) =>
    run(command, async (context) => {
      await context.withVault(async (client, vault) => {
        const { findRun } = await import('../store/run-key.ts');
        const { describeFit } = await import('../training/evaluate/run-evaluation.ts');
        const parent = findRun(vault.db, named);
        const dataset = parseDatasetRef(options.dataset);
        const followed = await followRun(context, client, (supervisor) =>
          supervisor.evaluate({ run: parent, dataset, study: options.study ?? null, name: options.name ?? null }),
        );
        if (followed === null) return;
        const { evaluationOf } = await client.call('runs.show', { id: followed.id });
        const { run: _, ...fit } = evaluationOf!;
        const { subjectsSeenInTraining } = fit;
        context.print({ ...followed.trained, parent, subjectsSeenInTraining, fit }, () =>
          [describeTrained(followed.trained), ...describeFit(fit)].join('\n'),
        );
      });
    }),
  );
};
