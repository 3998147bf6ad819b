import { statSync } from 'node:fs';
import { type Command, Option } from 'commander';
import { AppError } from '../../shared/errors.ts';
import type { RegisterCommand } from './command.ts';
import type { CliContext } from './context.ts';
import { parseDatasetRef } from './dataset-ref.ts';

type ImportOptions = {
  name: string;
  subject?: string;
  subjectPerRow?: true;
  subjectExact?: true;
  kind?: 'table' | 'images' | 'dicom' | 'ecg';
  labels?: string;
  reference?: true;
};

export const datasetCommand: RegisterCommand = (program, run) => {
  const dataset = program
    .command('dataset')
    .description('import tables and folders of images, and look at what was imported');

  const importing = addImportOptions(dataset.command('import <path>'));
  importing.action((path: string, options: ImportOptions) =>
    run(importing, (context) => importFile(context, path, options)),
  );

  const list = dataset.command('list').description('every dataset and its versions');
  list.action(() =>
    run(list, (context) =>
      context.withVault(async (client) => {
        const { listText } = await import('./dataset-text.ts');
        const datasets = await client.call('datasets.list', {});
        context.print(datasets, () => listText(datasets));
      }),
    ),
  );

  const show = dataset.command('show <dataset>').description('columns, types, roles and warnings of N or N@vK');
  show.action((ref: string) =>
    run(show, (context) =>
      context.withVault(async (client) => {
        const { versionJson, versionText } = await import('./dataset-text.ts');
        const version = await client.call('datasets.show', parseDatasetRef(ref));
        context.print(versionJson(version), () => versionText(version));
      }),
    ),
  );

  const diff = dataset.command('diff <from> <to>').description('what changed between two versions, in counts');
  diff.action((from: string, to: string) =>
    run(diff, (context) =>
      context.withVault(async (client) => {
        const { diffText } = await import('./dataset-text.ts');
        const found = await client.call('datasets.diff', { from: parseDatasetRef(from), to: parseDatasetRef(to) });
        context.print(found, () => diffText(found));
      }),
    ),
  );

  const duplicates = dataset.command('duplicates <dataset>').description('images of N or N@vK that look the same');
  duplicates.action((ref: string) =>
    run(duplicates, (context) =>
      context.withVault(async (client) => {
        const { duplicatesText } = await import('./dataset-text.ts');
        const found = await client.call('datasets.duplicates', parseDatasetRef(ref));
        context.print(found, () => duplicatesText(found));
      }),
    ),
  );

  const verify = dataset
    .command('verify <dataset>')
    .description('check that the stored files are as they were imported');
  verify.action((ref: string) =>
    run(verify, (context) =>
      context.withVault(async (client) => {
        const verdict = await client.call('datasets.verify', parseDatasetRef(ref));
        context.print(verdict, () => `${verdict.valid ? 'valid' : 'NOT VALID'}: ${verdict.reason}`);
        context.exitCode = verdict.valid ? 0 : 1;
      }),
    ),
  );
};

function addImportOptions(command: Command): Command {
  return command
    .description(
      'import a CSV or TSV file or a folder of images; changed content makes the next version, unchanged content makes none',
    )
    .requiredOption('--name <name>', 'name of the dataset')
    .option('--subject <column>', 'the column that says which person a row belongs to')
    .addOption(
      new Option('--subject-per-row', 'declare that every row is another person (audited)').conflicts('subject'),
    )
    .addOption(
      new Option('--subject-exact', 'take ids as they are, without grouping those that look like one person').conflicts(
        'subjectPerRow',
      ),
    )
    .addOption(
      new Option('--kind <kind>', 'what the path holds; a folder holds images unless this says otherwise').choices([
        'table',
        'images',
        'dicom',
        'ecg',
      ]),
    )
    .option('--labels <file>', 'the labels table of a folder of images, where its name does not say so')
    .option('--reference', 'leave large files where they are (folders of images only)');
}

async function importFile(context: CliContext, path: string, options: ImportOptions): Promise<void> {
  const kind = kindOf(path, options);
  if (options.subjectExact === true && options.subject === undefined) {
    throw new AppError(
      'INPUT_INVALID',
      '--subject-exact needs --subject COL: it says how the ids of that column are read.',
    );
  }
  const { importAny } = await import('../datasets/import-any.ts');
  const { versionJson, versionText } = await import('./dataset-text.ts');
  const stop = new AbortController();
  const interrupt = (): void => stop.abort();
  process.once('SIGINT', interrupt);
  try {
    await context.withVault(async (_, vault) => {
      const startedAt = Date.now();
      const version = await importAny(vault, {
        kind,
        ...(options.labels === undefined ? {} : { labels: options.labels }),
        path,
        name: options.name,
        subject:
          options.subject !== undefined
            ? { kind: 'column', column: options.subject, exact: options.subjectExact === true }
            : { kind: options.subjectPerRow === true ? 'per-row' : 'none' },
        signal: stop.signal,
        onProgress: ({ bytesDone, bytesTotal, rows, bytesPerSecond, leftMs }) => {
          const rate = `${(bytesPerSecond / 1e6).toFixed(1)} MB/s`;
          const left = leftMs === null ? '' : `, ${Math.ceil(leftMs / 1000)} s left`;
          context.progress(
            'import',
            bytesDone / bytesTotal,
            `${rows.toLocaleString('en')} ${kind === 'table' ? 'rows' : 'images'}, ${rate}${left}`,
          );
        },
      });
      if (version.createdAt < startedAt)
        context.say(`Nothing changed since ${version.name}@v${version.version}; no new version was made.`);
      for (const { code, message } of version.warnings) context.say(`warning: ${code}: ${message}`);
      context.print(versionJson(version), () => versionText({ ...version, warnings: [] }));
    });
  } catch (error) {
    if (stop.signal.aborted) throw new AppError('CANCELLED', 'The import was stopped. The vault is as it was.');
    throw error;
  } finally {
    process.off('SIGINT', interrupt);
  }
}

/** What the options and the path say is to be imported. KIND_UNSUPPORTED, INPUT_INVALID. */
function kindOf(path: string, { kind, labels, reference }: ImportOptions): 'table' | 'images' | 'dicom' {
  if (kind === 'ecg') {
    throw new AppError(
      'KIND_UNSUPPORTED',
      '--kind ecg is not supported by this version. Nothing was imported.',
      'Import a CSV or TSV file, or a folder of images.',
    );
  }
  if (reference === true) {
    throw new AppError(
      'KIND_UNSUPPORTED',
      '--reference is not supported by this version: files are always copied into the vault. Nothing was imported.',
      'Leave it out.',
    );
  }
  const folder = statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
  const found = kind ?? (folder ? 'images' : 'table');
  if (found === 'table' && labels !== undefined) {
    throw new AppError(
      'INPUT_INVALID',
      '--labels belongs to a folder of images. Nothing was imported.',
      'Leave it out.',
    );
  }
  return found;
}
