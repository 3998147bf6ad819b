import { AppError } from '../../shared/errors.ts';
import type { CommandRequest } from '../commands/request.ts';
import type { RegisterCommand } from './command.ts';

type Options = { study: string; name?: string; allowNetwork?: boolean; reason?: string; param: string[] };

/** `run -- COMMAND…`: any command, tracked; `run ENTRY`: one of `wardbook.project.yaml`. Ends with the command's own status. */
export const runCommand: RegisterCommand = (program, run) => {
  const command = program
    .command('run')
    .description('run any command and track it: wardbook run -- python train.py')
    .argument('<command...>', 'after --, the command and its arguments; before it, an entry of wardbook.project.yaml')
    .option('--study <name>', 'the study to file the run under', 'Default')
    .option('--name <name>', 'a name for the run')
    .option(
      '-P, --param <name=value>',
      'a param of the entry; can be given several times',
      (value, all: string[]) => [...all, value],
      [],
    )
    .option('--allow-network', 'let the command reach the network, this once (needs --reason)')
    .option('--reason <text>', 'why it may; kept in the audit log');
  command.action((words: string[], options: Options) =>
    run(command, async (context) => {
      const request = await requestOf(words, options);
      const { startCommandHost } = await import('../commands/start-host.ts');
      const { followCommand } = await import('./follow-command.ts');
      await context.withVault(async (client, vault) => {
        if (!request.network.off)
          context.say(`The network is not switched off for this command: ${request.network.how}.`);
        const { id } = await startCommandHost(context.vaultDir, request.request, process.env);
        await followCommand(context, client, vault, id);
      });
    }),
  );
};

async function requestOf(words: string[], options: Options) {
  const { closeNetwork } = await import('../commands/network/close-network.ts');
  const allowed = options.allowNetwork === true;
  const reason = options.reason?.trim() ?? '';
  if (allowed !== (reason !== '')) {
    throw new AppError(
      'INPUT_INVALID',
      allowed
        ? '--allow-network needs --reason TEXT, which the audit log keeps.'
        : '--reason goes with --allow-network.',
    );
  }
  const whole: CommandRequest = {
    argv: words,
    folder: process.cwd(),
    study: options.study,
    name: options.name ?? null,
    entry: null,
    params: {},
    allowNetwork: allowed ? reason : null,
  };
  const network = allowed ? { off: false, how: 'it was allowed' } : await closeNetwork();
  return { request: await fromProject(whole, options.param), network };
}

/** A single word that is an entry of the project file stands for the entry's command. */
async function fromProject(request: CommandRequest, params: string[]): Promise<CommandRequest> {
  const { findProject } = await import('../commands/project/find-project.ts');
  const { commandOfEntry } = await import('../commands/project/command-of-entry.ts');
  const [word = ''] = request.argv;
  const project = request.argv.length === 1 && !process.argv.includes('--') ? findProject(request.folder) : null;
  if (project !== null) return { ...request, ...commandOfEntry(project, word, params) };
  if (params.length === 0) return request;
  throw new AppError(
    'ENTRY_NOT_FOUND',
    '-P is for an entry of wardbook.project.yaml; there is none of that name here.',
  );
}
