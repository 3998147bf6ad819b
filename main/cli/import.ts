import { Argument } from 'commander';
import { AppError } from '../../shared/errors.ts';
import { plural } from '../../shared/format.ts';
import { type ImportFormat, type ImportSummary, importFormats } from '../../shared/model/run-import.ts';
import type { RegisterCommand } from './command.ts';
import type { CliContext } from './context.ts';

/** `import FORMAT PATH`: runs that other programs recorded. */
export const importCommand: RegisterCommand = (program, run) => {
  const command = program
    .command('import')
    .description('take over the runs that another program recorded; a second time only what is new')
    .addArgument(new Argument('<format>', 'what the path holds').choices(importFormats))
    .argument('<path>', 'a folder or a file; it is only read')
    .option('--study <name>', 'put all runs there (default: as the source says)')
    .option('--watch', 'go on while a job writes, until Ctrl-C');
  command.action((format: ImportFormat, path: string, options: { study?: string; watch?: true }) =>
    run(command, (context) => importRuns(context, format, path, options.study ?? null, options.watch === true)),
  );
};

async function importRuns(
  context: CliContext,
  format: ImportFormat,
  path: string,
  study: string | null,
  watch: boolean,
): Promise<void> {
  const { startRunImport } = await import('../importers/source-process.ts');
  const running = startRunImport(context.vaultDir, {
    format,
    path,
    study,
    watch,
    onProgress: ({ bytesDone, bytesTotal, runsDone, runsTotal, points }) =>
      context.progress(
        'import',
        bytesTotal === 0 ? 1 : Math.min(1, bytesDone / bytesTotal),
        `${runsDone} of ${runsTotal} runs, ${points.toLocaleString('en')} points`,
      ),
  });
  let interrupted = false;
  const interrupt = (): void => {
    interrupted = true;
    running.cancel();
  };
  process.once('SIGINT', interrupt);
  try {
    const summary = await running.done;
    for (const { path: skipped, reason } of summary.skipped) context.say(`skipped: ${skipped}: ${reason}`);
    context.print(summary, () => summaryText(summary));
  } catch (error) {
    if (interrupted && error instanceof AppError) throw new AppError('CANCELLED', error.message);
    throw error;
  } finally {
    process.off('SIGINT', interrupt);
  }
}

function summaryText({ added, updated, unchanged, points, models, studies, skipped }: ImportSummary): string {
  const parts = [
    `${plural(added, 'run')} added`,
    `${updated} brought up to date`,
    `${unchanged} unchanged`,
    `${plural(points, 'point')} added`,
    ...(models === 0 ? [] : [`${plural(models, 'model version')} registered`]),
    plural(studies, 'study', 'studies'),
    `${skipped.length} skipped`,
  ];
  return parts.join(', ');
}
