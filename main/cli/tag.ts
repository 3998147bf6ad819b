import { AppError } from '../../shared/errors.ts';
import type { RegisterCommand } from './command.ts';

/** `tag RUN K=V`; `K=` takes the tag away. */
export const tagCommand: RegisterCommand = (program, run) => {
  const command = program.command('tag <run> <key=value>').description('put a tag on a run; KEY= takes it away');
  command.action((named: string, tag: string) =>
    run(command, async (context) => {
      const split = tag.indexOf('=');
      if (split < 1) throw new AppError('INPUT_INVALID', `"${tag}" is no tag.`, 'Write KEY=VALUE, such as site=A.');
      const key = tag.slice(0, split);
      const value = tag.slice(split + 1);
      await context.withVault(async (client, vault) => {
        const { findRun } = await import('../store/run-key.ts');
        const { checkInput } = await import('./check-input.ts');
        const id = findRun(vault.db, named);
        await client.call('runs.tag', checkInput('runs.tag', { ids: [id], key, value: value === '' ? null : value }));
        const { tags } = await client.call('runs.show', { id });
        context.print({ id, tags }, () => (value === '' ? `took ${key} from run ${id}` : `tagged run ${id}: ${tag}`));
      });
    }),
  );
};
