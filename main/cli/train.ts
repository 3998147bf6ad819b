import { AppError } from '../../shared/errors.ts';
import { engineId, type Task, task } from '../../shared/model/run.ts';
import { type SplitRequest, type TrainWish, trainSpec } from '../../shared/model/train-spec.ts';
import type { Vault } from '../store/vault.ts';
import type { RegisterCommand } from './command.ts';
import { parseDatasetRef } from './dataset-ref.ts';
import { followAndPrint } from './follow-run.ts';

type Options = {
  dataset: string;
  target: string;
  time?: string;
  event?: string;
  features?: string;
  drop?: string;
  set: string[];
  split?: string;
  splitColumn?: string;
  folds?: string;
  seed: string;
  engine?: string;
  task?: string;
  cores?: string;
  deterministic: boolean;
  checkpointEvery: string;
  allowSmallerBatch?: boolean;
  allowNearDuplicates?: boolean;
  from?: string;
  skipDone?: boolean;
  study: string;
  name?: string;
};

export const trainCommand: RegisterCommand = (program, run) => {
  const command = program
    .command('train <recipe>')
    .description('train one run')
    .requiredOption('--dataset <name[@vK]>', 'the dataset, or one version of it')
    .requiredOption('--target <column>', 'what to predict')
    .option('--time <column>', 'time to event, for survival recipes')
    .option('--event <column>', 'event indicator, for survival recipes')
    .option('--features <a,b,…>', 'exactly these columns (default: every column with the role feature)')
    .option('--drop <a,b,…>', 'all features but these')
    .option(
      '--set <name=value>',
      'a param of the recipe; can be given several times',
      (value, all: string[]) => [...all, value],
      [],
    )
    .option('--split <train/validation/test>', 'shares of subjects, such as 0.6/0.2/0.2')
    .option('--split-column <column>', 'a column that says train, val or validation, test')
    .option('--folds <k>', 'k folds by subject with out-of-fold predictions')
    .option('--seed <n>', 'seed of split, start weights and order', '1')
    .option('--engine <id>', `one of ${engineId.options.join(', ')} (default: the best there is)`)
    .option('--task <task>', `one of ${task.options.join(', ')} (default: what the target's values suggest)`)
    .option('--cores <n>', 'threads it may use (default: what the recipe uses by itself)')
    .option('--deterministic', 'only operations that repeat exactly, where the engine has them (default)')
    .option('--no-deterministic', 'also operations that may differ in the last digits')
    .option('--checkpoint-every <n>', 'epochs or trees between checkpoints', '1')
    .option('--allow-smaller-batch', 'when memory runs out, halve the batch and go on')
    .option('--allow-near-duplicates', 'train although nearly the same image is on two sides of the split')
    .option('--from <run|folder>', 'the model to start from: that of a run, or a model folder')
    .option('--skip-done', 'when a run has done the very same, print that one instead')
    .option('--study <name>', 'the study to file the run under', 'Default')
    .option('--name <name>', 'a name for the run');
  command.action((recipe: string, options: Options) =>
    run(command, async (context) => {
      const spec = await specOf(recipe, options);
      await context.withVault(async (client, vault) => {
        if (options.from !== undefined) spec.from = await startOf(vault, options.from);
        const { alreadyDone } = await client.call('training.estimate', trainSpec.parse(spec));
        if (alreadyDone !== null) {
          context.say(`already done: ${alreadyDone}`);
          if (options.skipDone) {
            const { describeTrained, trainedRun } = await import('./trained-run.ts');
            const done = await trainedRun(client, alreadyDone);
            context.print({ ...done, alreadyDone: true }, () => describeTrained(done));
            return;
          }
        }
        await followAndPrint(context, client, (supervisor) => supervisor.start(spec));
      });
    }),
  );
};

const parseList = (text: string): string[] =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');

async function specOf(recipeId: string, options: Options): Promise<TrainWish> {
  const { findRecipe } = await import('../training/recipes/declarations.ts');
  const { parseParam } = await import('../training/recipes/check-params.ts');
  const recipe = findRecipe(recipeId);
  if (options.time !== undefined || options.event !== undefined) {
    throw new AppError('INPUT_INVALID', `--time and --event are for survival recipes; ${recipeId} predicts classes.`);
  }
  const params = options.set.map((setting) => {
    const at = setting.indexOf('=');
    if (at < 1) throw new AppError('PARAM_INVALID', `--set ${setting}: write name=value.`);
    const name = setting.slice(0, at).trim();
    return [name, parseParam(recipe, name, setting.slice(at + 1))] as const;
  });
  const seed = Number(options.seed);
  if (!Number.isInteger(seed) || seed < 0 || seed >= 2 ** 31) {
    throw new AppError('INPUT_INVALID', `--seed ${options.seed}: give a whole number from 0 to ${2 ** 31 - 1}.`);
  }
  const engine = options.engine === undefined ? null : engineId.safeParse(options.engine);
  if (engine?.success === false) {
    throw new AppError('INPUT_INVALID', `--engine ${options.engine}: the engines are ${engineId.options.join(', ')}.`);
  }
  return {
    recipe: recipeId,
    dataset: parseDatasetRef(options.dataset),
    target: options.target,
    features: options.features === undefined ? null : parseList(options.features),
    drop: parseList(options.drop ?? ''),
    params: Object.fromEntries(params),
    split: splitOf(options),
    seed,
    engine: engine?.data ?? null,
    task: taskOf(options.task),
    cores: options.cores === undefined ? null : wholeNumber('--cores', options.cores, 1024),
    deterministic: options.deterministic,
    checkpointEvery: wholeNumber('--checkpoint-every', options.checkpointEvery, 100_000),
    allowSmallerBatch: options.allowSmallerBatch === true,
    allowNearDuplicates: options.allowNearDuplicates === true,
    study: options.study,
    name: options.name ?? null,
  };
}

function taskOf(asked: string | undefined): Task | null {
  if (asked === undefined) return null;
  const parsed = task.safeParse(asked);
  if (parsed.success) return parsed.data;
  throw new AppError('INPUT_INVALID', `--task ${asked}: the tasks are ${task.options.join(', ')}.`);
}

function wholeNumber(option: string, text: string, most: number): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= most) return value;
  throw new AppError('INPUT_INVALID', `${option} ${text}: give a whole number from 1 to ${most}.`);
}

/** A model folder becomes the vault's own copy of it; what is no file or folder names a run. */
async function startOf(vault: Vault, named: string): Promise<TrainWish['from']> {
  const { statSync } = await import('node:fs');
  const { isKerasFile } = await import('../training/recipes/cnn/layers/other-formats.ts');
  const there = statSync(named, { throwIfNoEntry: false });
  if (there?.isDirectory() || (there && isKerasFile(named))) {
    const { addModelFolder } = await import('../training/add-model-folder.ts');
    return { kind: 'model', hash: addModelFolder(vault.dir, named).hash };
  }
  const { findRun } = await import('../store/run-key.ts');
  return { kind: 'run', run: findRun(vault.db, named) };
}

function splitOf({ split, splitColumn, folds }: Options): SplitRequest {
  const given = [split, splitColumn, folds].filter((option) => option !== undefined).length;
  if (given > 1) throw new AppError('INPUT_INVALID', 'Give one of --split, --split-column and --folds.');
  if (splitColumn !== undefined) return { kind: 'column', column: splitColumn };
  if (folds !== undefined) {
    const count = Number(folds);
    if (Number.isInteger(count) && count >= 2 && count <= 50) return { kind: 'folds', folds: count };
    throw new AppError('SPLIT_INVALID', `--folds ${folds}: give a whole number from 2 to 50.`);
  }
  const shares = (split ?? '0.6/0.2/0.2').split('/').map(Number);
  // Two shares are training and test.
  const [train, validation, test] = shares.length === 2 ? [shares[0]!, 0, shares[1]!] : shares;
  if (shares.length < 2 || shares.length > 3 || shares.some((share) => !Number.isFinite(share))) {
    throw new AppError(
      'SPLIT_INVALID',
      `--split ${split}: write shares such as 0.6/0.2/0.2, or 0.8/0.2 without validation.`,
    );
  }
  return { kind: 'shares', train: train!, validation: validation!, test: test! };
}
