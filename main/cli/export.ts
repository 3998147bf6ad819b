import { AppError } from '../../shared/errors.ts';
import type { Draft } from '../../shared/model/report.ts';
import type { RegisterCommand } from './command.ts';
import type { CliContext } from './context.ts';

type Options = { out: string; accept?: true | string };

export const exportCommand: RegisterCommand = (program, run) => {
  const command = program
    .command('export [runs...]')
    .description('build a metadata-only report as a draft; sign and write it with --accept')
    .requiredOption('--out <dir>', 'folder for the signed report')
    .option('--accept [digest]', 'sign and write this draft; after runs: without looking at it first');
  command.action((runs: string[], options: Options) =>
    run(command, async (context) => {
      const { digest, named } = readAccept(runs, options.accept);
      await context.withVault(async (client, vault) => {
        if (digest !== null) {
          await accept(context, digest, false);
          return;
        }
        const { findRun } = await import('../store/run-key.ts');
        const draft = await client.call('exports.draft', { ids: named.map((name) => findRun(vault.db, name)) });
        if (options.accept !== undefined) await accept(context, draft.digest, true, draft);
        else context.print(jsonOf(draft), () => textOf(draft));

        async function accept(to: CliContext, wanted: string, unattended: boolean, built?: Draft): Promise<void> {
          const done = await client.call('internal.acceptDraft', { digest: wanted, outDir: options.out, unattended });
          const extra = built === undefined ? {} : jsonOf(built);
          to.print(
            { ...extra, ...done },
            () =>
              `${built === undefined ? '' : `${textOf(built)}\n`}Signed and written:\n${done.files.map((file) => `  ${file}`).join('\n')}`,
          );
        }
      });
    }),
  );
};

/** `--accept` takes a digest, or nothing after runs; a word that is no digest is one more run. */
function readAccept(runs: string[], given: true | string | undefined): { digest: string | null; named: string[] } {
  const isDigest = typeof given === 'string' && /^[0-9a-f]{64}$/.test(given);
  if (isDigest && runs.length === 0) return { digest: given, named: [] };
  if (isDigest) throw new AppError('INPUT_INVALID', 'Name either runs or the digest of a draft, not both.');
  const named = typeof given === 'string' ? [...runs, given] : runs;
  if (named.length === 0)
    throw new AppError('EXPORT_EMPTY', 'No run was named to report on.', 'wardbook export RUN… --out DIR');
  return { digest: null, named };
}

function jsonOf(draft: Draft) {
  const { digest, released, transformed, refused, disclosures, policy, files } = draft;
  return { draft: digest, digest, released, transformed, refused, disclosures, policy, files };
}

function textOf(draft: Draft): string {
  const signs = { released: ' ', transformed: '~', refused: '×' } as const;
  const order = ['released', 'transformed', 'refused'] as const;
  const lines = order.flatMap((outcome) =>
    draft.disclosures
      .filter((line) => line.outcome === outcome)
      .map((line) => `  ${signs[outcome]} ${line.rule.padEnd(4)} ${String(line.count).padStart(5)}  ${line.what}`),
  );
  const refused = draft.refused.reduce((sum, rule) => sum + rule.count, 0);
  return [
    `Draft ${draft.digest}`,
    `${draft.released} released, ${draft.transformed} changed (~), ${refused} refused (×); policy ${draft.policy.id}, k = ${draft.policy.k}`,
    ...lines,
    'These reasons stay on this machine; the report names the rules only.',
    `Sign it with: wardbook export --accept ${draft.digest} --out DIR`,
  ].join('\n');
}
