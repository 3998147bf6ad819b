import type { RegisterCommand } from './command.ts';

export const auditCommand: RegisterCommand = (program, run) => {
  const audit = program.command('audit').description('the log of what was done with data and reports');

  const verify = audit.command('verify').description('check the chain of the log');
  verify.action(() =>
    run(verify, async (context) => {
      await context.withVault(async (client) => {
        const verdict = await client.call('audit.verify', {});
        if (!verdict.valid) context.exitCode = 1;
        context.print(verdict, () =>
          verdict.valid
            ? `valid: ${verdict.entries} entries in one unbroken chain`
            : `NOT valid: entry ${verdict.firstBad} of ${verdict.entries} does not follow from the one before it`,
        );
      });
    }),
  );

  const log = audit
    .command('log')
    .description('print the log, newest first')
    .option('--limit <n>', 'at most this many entries', '100');
  log.action((options: { limit: string }) =>
    run(log, async (context) => {
      await context.withVault(async (client) => {
        const limit = Math.min(1_000, Math.max(1, Number.parseInt(options.limit, 10) || 100));
        const { entries, total } = await client.call('audit.list', { limit, before: null });
        const shown = entries.map((entry) => ({ ...entry, at: new Date(entry.at).toISOString() }));
        const text = (detail: object): string =>
          Object.entries(detail)
            .map(([key, value]) => `${key}=${value}`)
            .join(' ');
        context.print({ total, entries: shown }, () =>
          shown.map((entry) => `${entry.sequence}  ${entry.at}  ${entry.action}  ${text(entry.detail)}`).join('\n'),
        );
      });
    }),
  );
};
