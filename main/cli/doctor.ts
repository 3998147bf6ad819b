import { existsSync } from 'node:fs';
import type { HardwareSample } from '../../shared/model/hardware.ts';
import type { RegisterCommand } from './command.ts';
import type { CliContext } from './context.ts';

export const doctorCommand: RegisterCommand = (program, run) => {
  const command = program.command('doctor').description('what this machine offers and what is missing, with reasons');
  command.action(() =>
    run(command, async (context) => {
      const report = await examine(context);
      context.print(report, () => describe(report));
    }),
  );
};

type Report = Awaited<ReturnType<typeof examine>>;

/** Looks only: a vault that does not exist is not made. */
async function examine(context: CliContext) {
  const { appCommit, appVersion } = await import('../platform/version.ts');
  const { findHost } = await import('../platform/find-host.ts');
  const { describeEngines } = await import('../training/engines/describe-engines.ts');
  const [engines, gpus] = await Promise.all([describeEngines(true), readGpus(context.vaultDir)]);
  const vault = await vaultFacts(context);
  return {
    version: appVersion,
    commit: appCommit,
    node: process.versions.node,
    host: findHost(),
    engines,
    gpus: gpus.map(({ name, memoryMiB }) => ({ name, memoryMiB })),
    ...vault,
    encryption: { vault: 'none', reason: 'Wardbook does not encrypt the vault: keep it on an encrypted disk' },
  };
}

async function vaultFacts({ vaultDir, withVault }: CliContext) {
  const { databaseFile } = await import('../store/files.ts');
  if (!existsSync(databaseFile(vaultDir))) {
    return { vault: { path: vaultDir, exists: false, runs: 0, datasets: 0 }, keys: null };
  }
  const { keyFacts } = await import('../store/keys.ts');
  return withVault(async (client) => {
    const { all } = await client.call('runs.list', {
      study: null,
      filter: '',
      sort: null,
      limit: 1,
      cursor: null,
      bin: false,
    });
    const datasets = await client.call('datasets.list', {});
    return { vault: { path: vaultDir, exists: true, runs: all, datasets: datasets.length }, keys: keyFacts(vaultDir) };
  });
}

/** The third reading: nvidia-smi needs a moment for its first. */
async function readGpus(folder: string): Promise<HardwareSample['gpus']> {
  const { createSampler } = await import('../hardware/sampler.ts');
  const sampler = createSampler({ folder, activeMs: 400 });
  const gpus = await new Promise<HardwareSample['gpus']>((resolve) => {
    // A sampler does not keep a process alive.
    const awake = setInterval(() => sampler.look(), 1_000);
    let seen = 0;
    sampler.onSample((sample) => {
      seen += 1;
      if (seen < 3) return;
      clearInterval(awake);
      resolve(sample.gpus);
    });
    sampler.look();
  });
  sampler.close();
  return gpus;
}

function describe(report: Report): string {
  const { host, vault, keys } = report;
  const lines = [
    [
      'Wardbook',
      `${report.version}${report.commit === null ? '' : ` (${report.commit.slice(0, 8)})`}, Node ${report.node}`,
    ],
    ['Window', host.id === null ? host.reason : `${host.id}: ${host.reason}`],
    ...report.engines.map(({ id, available, device, reason, memoryMiB, freeMemoryMiB }) => [
      id,
      available
        ? `${device ?? ''}${freeMemoryMiB === null ? '' : `, ${freeMemoryMiB} of ${memoryMiB} MiB free`} (${reason})`
        : `not available: ${reason}`,
    ]),
    [
      'GPUs',
      report.gpus.length === 0
        ? 'none found'
        : report.gpus
            .map(({ name, memoryMiB }) => `${name}${memoryMiB === null ? '' : `, ${memoryMiB} MiB`}`)
            .join('; '),
    ],
    [
      'Vault',
      vault.exists
        ? `${vault.path}: ${vault.runs} runs, ${vault.datasets} datasets`
        : `${vault.path}: not there yet; the first import makes it`,
    ],
    [
      'Keys',
      keys === null
        ? 'made with the vault'
        : keys.protection === 'unprotected'
          ? `unprotected key ${keys.keyId}`
          : `key ${keys.keyId}, protected by the keyring`,
    ],
    ['Encryption', report.encryption.reason],
  ];
  return lines.map(([name, text]) => `${name!.padEnd(15)} ${text}`).join('\n');
}
