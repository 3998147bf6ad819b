import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { toFailure } from '../../shared/errors.ts';
import type { HostParts } from '../commands/host/host-parts.ts';
import { hostCommand, hostOrphan } from '../commands/host/run-host.ts';
import { commandRequest } from '../commands/request.ts';
import type { HostReply } from '../commands/start-host.ts';
import { sampleRun } from '../hardware/sample-run.ts';
import { processTree } from '../hardware/tree.ts';
import { createLog } from '../platform/log.ts';
import { adoptCommand } from '../store/commands.ts';
import { setDurability } from '../store/open.ts';
import { openVault } from '../store/open-vault.ts';
import { readSettings } from '../store/settings.ts';
import type { Vault } from '../store/vault.ts';
import { startTrackingServer } from '../tracking/server.ts';

/**
 * The process that looks after one command of one's own, as a writer of the vault with a tracking server for its client. It
 * outlives whoever started it. With `--adopt RUN` it goes on with a command whose host is gone.
 */

const { values } = parseArgs({ options: { vault: { type: 'string' }, adopt: { type: 'string' } } });
const dir = values.vault ?? '';
const log = createLog(join(dir, 'logs', 'command.log'), { '<vault>': dir });
// A closed terminal or a Ctrl-C in it is not meant for this process.
for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => {});

const answer = (reply: HostReply): void => void process.stdout.write(`${JSON.stringify(reply)}\n`);
process.stdout.on('error', () => {});

try {
  if (values.adopt === undefined) {
    const request = commandRequest.parse(JSON.parse(await text(process.stdin)));
    await withVault((vault) =>
      hostCommand(partsOf(vault), request, process.env, (id) => answer({ ok: true, value: { id } })),
    );
  } else {
    const id = values.adopt;
    await withVault(async (vault) => {
      if (adoptCommand(vault.db, vault.writerId, id)) await hostOrphan(partsOf(vault), id);
    });
  }
  process.exit(0);
} catch (error) {
  log('a command', error);
  answer({ ok: false, error: toFailure(error) });
  process.exit(1);
}

async function withVault(work: (vault: Vault) => Promise<void>): Promise<void> {
  const vault = openVault(dir, { purpose: 'command' });
  setDurability(vault.db, readSettings(vault.db).durability);
  try {
    await work(vault);
  } finally {
    vault.close();
  }
}

function partsOf(vault: Vault): HostParts {
  return {
    vault,
    startTracker: (options) => startTrackingServer(vault, options),
    watchHardware: (id, pid, signal, startedAt) =>
      sampleRun((input) => vault.metrics.append(input.id, input.points), vault.dir, id, pid, signal, startedAt),
    tree: processTree,
    log,
  };
}
