import { join } from 'node:path';
import { Option } from 'commander';
import { AppError } from '../../shared/errors.ts';
import type { RegisterCommand } from './command.ts';

type Options = { study?: string; out?: string; format: 'csv' | 'parquet'; toMlflow?: string };

/** `copy RUN… | --study S` to a folder of this machine or to a tracking server on it: an audited local copy, not the report. */
export const copyCommand: RegisterCommand = (program, run) => {
  const command = program
    .command('copy [runs...]')
    .description('everything of runs as open files on this machine: unchecked values, audited, not the report')
    .option('--study <name>', 'every run of this study')
    .option('--out <dir>', 'folder on a disk of this machine; a new folder is made in it')
    .addOption(new Option('--format <format>', 'of series and predictions').choices(['csv', 'parquet']).default('csv'))
    .option('--to-mlflow <url>', 'send them to an MLflow server on this machine instead (http://127.0.0.1:5000)');
  command.action((named: string[], options: Options) =>
    run(command, async (context) => {
      check(named, options);
      const { copyAudited, replayAudited, runsOfStudy } = await import('../copy/audited.ts');
      const { findRun } = await import('../store/run-key.ts');
      await context.withVault(async (client, vault) => {
        const ids =
          options.study === undefined
            ? [...new Set(named.map((name) => findRun(vault.db, name)))]
            : await runsOfStudy(client, options.study);
        if (ids.length === 0) throw new AppError('EXPORT_EMPTY', 'That study has no runs. Nothing was written.');
        context.say('A local copy contains unchecked values: it stays on this machine, and the audit log names it.');
        if (options.toMlflow !== undefined) {
          const token = process.env['MLFLOW_TRACKING_TOKEN'] ?? null;
          const done = await replayAudited(client, { ids, url: options.toMlflow, token });
          for (const line of done.skipped) context.say(`not copied: ${line}`);
          context.print(
            done,
            () => `${done.runs} runs, ${done.created} of them new there; ${done.points} points, ${done.files} files`,
          );
          return;
        }
        const done = await copyAudited(client, { ids, outDir: options.out!, format: options.format, artifact: null });
        const files = done.files.map((file) => join(done.folder, file));
        context.print(
          { folder: done.folder, files },
          () => `${done.folder}\n${files.length} files; README.md says what is where`,
        );
      });
    }),
  );
};

function check(named: string[], { study, out, toMlflow }: Options): void {
  if ((named.length === 0) === (study === undefined))
    throw new AppError('INPUT_INVALID', 'Name either runs or a study with --study. Nothing was written.');
  if ((out === undefined) === (toMlflow === undefined))
    throw new AppError('INPUT_INVALID', 'Say where to: either --out DIR or --to-mlflow URL. Nothing was written.');
}
