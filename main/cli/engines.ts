import type { RegisterCommand } from './command.ts';

export const enginesCommand: RegisterCommand = (program, run) => {
  const engines = program
    .command('engines')
    .description('what computes: list, add and remove engines; never downloads');

  const list = engines.command('list').description('every engine with its device and why it can be used or not');
  list.option('--verify', 'hash every file of the added engines');
  list.action((options: { verify?: boolean }) =>
    run(list, async (context) => {
      const { describeEngines } = await import('../training/engines/describe-engines.ts');
      const described = await describeEngines(options.verify === true);
      if (described.some(({ added }) => added?.verified === false)) context.exitCode = 1;
      context.print(described, () =>
        described
          .map(({ id, available, device, reason, memoryMiB, freeMemoryMiB, added }) => {
            const memory = memoryMiB === null ? '' : `, ${freeMemoryMiB ?? '?'} of ${memoryMiB} MiB free`;
            const state = available ? `${device}${memory} (${reason})` : `not available: ${reason}`;
            const files = added === null ? '' : `\n${' '.repeat(16)}${added.folder}, ${added.mib} MiB${verdict(added)}`;
            return `${id.padEnd(15)} ${state}${files}`;
          })
          .join('\n'),
      );
    }),
  );

  const add = engines.command('add <folder>').description('check an engine folder, test its kernels and keep a copy');
  add.action((folder: string) =>
    run(add, async (context) => {
      const { addEngine } = await import('../training/engines/added/add-engine.ts');
      const { testInChild } = await import('../training/engines/added/self-test.ts');
      const { enginesFolder } = await import('../platform/paths.ts');
      const kept = await addEngine(folder, {
        engines: enginesFolder(),
        selfTest: testInChild,
        say: (step) => context.say(`${step}…`),
      });
      const { versions } = kept.manifest;
      const result = { id: kept.id, tensorflow: versions.tensorflow, addon: versions.addon, kernels: kept.kernels };
      context.print(
        result,
        () => `Added ${kept.id}: TensorFlow ${versions.tensorflow}, ${kept.kernels} kernels agree.`,
      );
    }),
  );

  const remove = engines.command('remove <id>').description('forget an added engine and delete its files');
  remove.action((id: string) =>
    run(remove, async (context) => {
      const { removeEngine } = await import('../training/engines/added/remove-engine.ts');
      const { enginesFolder } = await import('../platform/paths.ts');
      const removed = removeEngine(enginesFolder(), id);
      context.print({ id: removed }, () => `Removed ${removed}.`);
    }),
  );
};

const verdict = ({ verified }: { verified: boolean | null }): string =>
  verified === null ? '' : verified ? ', unchanged' : ', changed';
