import { AppError } from '../../shared/errors.ts';
import { engineId, type RerunVerdict } from '../../shared/model/run.ts';
import type { RegisterCommand } from './command.ts';
import { followRun } from './follow-run.ts';

type Options = { verify?: boolean; engine?: string; seed?: string };

/** `rerun RUN [--verify]`: runs it again from its record and says whether it came to the same. */
export const rerunCommand: RegisterCommand = (program, run) => {
  const command = program
    .command('rerun <run>')
    .description('run it again from its record, and say whether it comes to the same')
    .option('--verify', 'when it does not, run five more seeds to know the noise, unless there are replicates')
    .option('--engine <id>', 'on another engine')
    .option('--seed <n>', 'with another seed');
  command.action((named: string, options: Options) =>
    run(command, async (context) => {
      const engine = options.engine === undefined ? null : engineId.safeParse(options.engine);
      if (engine?.success === false) {
        throw new AppError(
          'INPUT_INVALID',
          `--engine ${options.engine}: the engines are ${engineId.options.join(', ')}.`,
        );
      }
      const seed = options.seed === undefined ? null : Number(options.seed);
      if (seed !== null && !(Number.isInteger(seed) && seed >= 0 && seed < 2 ** 31)) {
        throw new AppError('INPUT_INVALID', `--seed ${options.seed}: give a whole number from 0 to ${2 ** 31 - 1}.`);
      }
      await context.withVault(async (client, vault) => {
        const { findRun } = await import('../store/run-key.ts');
        const id = findRun(vault.db, named);
        const wish = { id, verify: options.verify === true, engine: engine?.data ?? null, seed };
        const followed = await followRun(
          context,
          client,
          (supervisor) => supervisor.rerun(wish),
          (supervisor, made) => supervisor.verdict(made),
        );
        const verdict = followed?.after ?? null;
        if (followed === null || verdict === null) return;
        context.print({ id: followed.id, ...verdict }, () => describeVerdict(followed.id, verdict));
      });
    }),
  );
};

const words: Record<RerunVerdict['verdict'], string> = {
  identical: 'identical: every estimate, every series’ end and every model file',
  'within-noise': 'within noise: each main metric lies in the range of runs that differ in the seed only',
  different: 'different',
};

function describeVerdict(id: string, { verdict, cause, differences, metrics, spread }: RerunVerdict): string {
  return [
    `run ${id}: ${words[verdict]}${cause === null ? '' : `; first cause: ${cause}`}`,
    ...differences.map(({ cause: kind, what, before, now }) => `  ${kind}: ${what} was ${before}, is ${now}`),
    ...metrics
      .filter(({ key }) => /^(test|oof)\//.test(key))
      .map(({ key, before, now }) => `  ${key}: was ${before}, is ${now}`),
    ...spread.map(({ key, low, high, runs }) => `  ${key}: ${low} to ${high} over ${runs} seeds`),
  ].join('\n');
}
