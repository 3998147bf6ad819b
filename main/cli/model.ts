import type { Command } from 'commander';
import { AppError } from '../../shared/errors.ts';
import { stage as stages } from '../../shared/model/registration.ts';
import type { RegisterCommand, RunAction } from './command.ts';
import { cardCommand } from './model-card.ts';
import { parseModelRef, parseVersionRef } from './model-ref.ts';

const via = 'command line';

/** The registry: what is in it, what goes in, what becomes of it. */
export const modelCommand: RegisterCommand = (program, run) => {
  const model = program.command('model').description('the registry: models, their versions and stages');
  lookCommands(model, run);
  registerCommand(model, run);
  stageCommand(model, run);
  cardCommand(model, run);
  labelCommands(model, run);
  deleteCommands(model, run);
};

function lookCommands(model: Command, run: RunAction): void {
  const list = model.command('list').description('every model with its newest and its approved version');
  list.action(() =>
    run(list, (context) =>
      context.withVault(async (client) => {
        const { listJson, listText } = await import('./model-text.ts');
        const models = await client.call('models.list', {});
        context.print({ models: models.map(listJson) }, () => listText(models));
      }),
    ),
  );

  const show = model.command('show <model>').description('a model with its versions, or one version: NAME or NAME@v3');
  show.action((ref: string) =>
    run(show, (context) =>
      context.withVault(async (client) => {
        const { modelJson, modelText, versionJson, versionText } = await import('./model-text.ts');
        const { name, version } = parseModelRef(ref);
        const found = await client.call('models.show', { name });
        if (version === null) {
          context.print(modelJson(found), () => modelText(found));
          return;
        }
        const [approval, lineage] = await Promise.all([
          client.call('models.approval', { name, version }),
          client.call('models.lineage', { name, version }),
        ]);
        const own = found.versions.find((one) => one.version === version)!;
        context.print({ ...versionJson(own), approval, lineage }, () => versionText(own, approval, lineage));
      }),
    ),
  );

  const verify = model.command('verify <version>').description('check that the files are as they were registered');
  verify.action((ref: string) =>
    run(verify, (context) =>
      context.withVault(async (client) => {
        const verdict = await client.call('models.verify', parseVersionRef(ref));
        context.print(verdict, () => `${verdict.valid ? 'valid' : 'NOT VALID'}: ${verdict.reason}`);
        context.exitCode = verdict.valid ? 0 : 1;
      }),
    ),
  );
}

function registerCommand(model: Command, run: RunAction): void {
  const register = model
    .command('register <run>')
    .description('register the model of a run as the next version of a model; it begins as a draft')
    .requiredOption('--name <model>', 'the model; made when there is none of this name')
    .option('--path <folder>', 'folder of the run’s artifacts that is the model')
    .option('--description <text>', 'what is particular about this version', '')
    .option('--reason <text>', 'why it is registered', '');
  register.action((named: string, options: { name: string; path?: string; description: string; reason: string }) =>
    run(register, (context) =>
      context.withVault(async (client, vault) => {
        const { findRun } = await import('../store/run-key.ts');
        const { checkInput } = await import('./check-input.ts');
        const { name, description, reason, path = null } = options;
        const wish = { run: findRun(vault.db, named), name, path, description, reason, via } as const;
        const made = await client.call('models.register', checkInput('models.register', wish));
        context.print(
          { ...made, stage: 'draft', run: wish.run },
          () => `registered ${made.name}@v${made.version}, a draft`,
        );
      }),
    ),
  );
}

function stageCommand(model: Command, run: RunAction): void {
  const move = model
    .command('stage <version> <stage>')
    .description(`move NAME@v3 to ${stages.options.join(', ')}; approving one retires the one approved before`)
    .requiredOption('--reason <text>', 'why; it is kept in the audit log');
  move.action((ref: string, to: string, { reason }: { reason: string }) =>
    run(move, (context) =>
      context.withVault(async (client) => {
        const { checkInput } = await import('./check-input.ts');
        const wanted = stages.safeParse(to);
        if (!wanted.success) {
          throw new AppError('INPUT_INVALID', `"${to}" is no stage.`, `The stages: ${stages.options.join(', ')}.`);
        }
        const { name, version } = parseVersionRef(ref);
        const input = checkInput('models.stage', { name, version, stage: wanted.data, reason, via });
        const { retired } = await client.call('models.stage', input);
        const others = retired.map((one) => `; v${one} is retired`).join('');
        context.print({ name, version, stage: to, retired }, () => `${name}@v${version} is ${to}${others}`);
      }),
    ),
  );
}

function labelCommands(model: Command, run: RunAction): void {
  const tag = model.command('tag <model> <key=value>').description('put a tag on NAME or NAME@v3; KEY= takes it away');
  tag.action((ref: string, text: string) =>
    run(tag, (context) =>
      context.withVault(async (client) => {
        const { checkInput } = await import('./check-input.ts');
        const split = text.indexOf('=');
        if (split < 1) throw new AppError('INPUT_INVALID', `"${text}" is no tag.`, 'Write KEY=VALUE, such as site=A.');
        const key = text.slice(0, split);
        const value = text.slice(split + 1);
        const input = checkInput('models.tag', { ...parseModelRef(ref), key, value: value === '' ? null : value });
        await client.call('models.tag', input);
        context.print(input, () => (value === '' ? `took ${key} from ${ref}` : `tagged ${ref}: ${text}`));
      }),
    ),
  );

  const alias = model
    .command('alias <version> <alias>')
    .description('point an alias at NAME@v3, or with --remove take it from NAME')
    .option('--remove', 'take the alias away');
  alias.action((ref: string, given: string, { remove }: { remove?: true }) =>
    run(alias, (context) =>
      context.withVault(async (client) => {
        const target = remove === true ? { ...parseModelRef(ref), version: null } : parseVersionRef(ref);
        await client.call('models.alias', { ...target, alias: given, via });
        const text = remove === true ? `took the alias ${given} from ${target.name}` : `${given} is ${ref}`;
        context.print({ ...target, alias: given }, () => text);
      }),
    ),
  );

  const describe = model.command('describe <model> <text>').description('describe NAME or NAME@v3');
  describe.action((ref: string, description: string) =>
    run(describe, (context) =>
      context.withVault(async (client) => {
        const { checkInput } = await import('./check-input.ts');
        const input = checkInput('models.describe', { ...parseModelRef(ref), description });
        await client.call('models.describe', input);
        context.print(input, () => `described ${ref}`);
      }),
    ),
  );

  const rename = model.command('rename <model> <new-name>').description('give a model another name');
  rename.action((name: string, to: string) =>
    run(rename, (context) =>
      context.withVault(async (client) => {
        await client.call('models.rename', { name, to });
        context.print({ name: to.trim() }, () => `the model ${name} is called ${to.trim()} now`);
      }),
    ),
  );
}

function deleteCommands(model: Command, run: RunAction): void {
  const remove = model
    .command('delete <model>')
    .description('take NAME@v3, or NAME with all its versions, out of the registry; runs and files stay');
  remove.action((ref: string) =>
    run(remove, (context) =>
      context.withVault(async (client) => {
        const target = parseModelRef(ref);
        await client.call('models.delete', { ...target, via });
        context.print(target, () => `deleted ${ref}; bring back with: wardbook model restore ${ref}`);
      }),
    ),
  );

  const restore = model.command('restore <model>').description('bring back what was deleted: NAME@v3, or NAME');
  restore.action((ref: string) =>
    run(restore, (context) =>
      context.withVault(async (client) => {
        const target = parseModelRef(ref);
        await client.call('models.restore', { ...target, via });
        context.print(target, () => `${ref} is back`);
      }),
    ),
  );
}
