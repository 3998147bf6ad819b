import type { StudySummary } from '../../shared/contract/runs.ts';
import type { RegisterCommand } from './command.ts';

/** `study list`, `study create NAME`, `study rename NAME NEW`. */
export const studyCommand: RegisterCommand = (program, run) => {
  const study = program.command('study').description('studies: named groups of runs');

  const list = study.command('list').description('every study and how many runs it has');
  list.action(() =>
    run(list, async (context) => {
      await context.withVault(async (client) => {
        const { textTable } = await import('./text-table.ts');
        const studies = await client.call('studies.list', {});
        const rows = studies.map((one) => [one.name, String(one.runs)]);
        context.print({ studies: await asJson(studies) }, () => textTable(['study', 'runs'], rows));
      });
    }),
  );

  const create = study.command('create <name>').description('make an empty study');
  create.action((name: string) =>
    run(create, async (context) => {
      await context.withVault(async (client) => {
        const [made] = await asJson([await client.call('studies.create', { name })]);
        context.print(made, () => `made the study ${made!.name}`);
      });
    }),
  );

  const rename = study.command('rename <name> <new-name>').description('give a study another name');
  rename.action((name: string, to: string) =>
    run(rename, async (context) => {
      await context.withVault(async (client) => {
        await client.call('studies.rename', { name, to });
        context.print({ name: to.trim() }, () => `the study ${name} is called ${to.trim()} now`);
      });
    }),
  );
};

async function asJson(studies: StudySummary[]) {
  const { isoTime } = await import('./json-run.ts');
  return studies.map((one) => ({ ...one, createdAt: isoTime(one.createdAt) }));
}
