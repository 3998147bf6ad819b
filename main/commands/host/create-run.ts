import { randomBytes } from 'node:crypto';
import { basename } from 'node:path';
import { AppError } from '../../../shared/errors.ts';
import type { CommandRecord } from '../../../shared/model/command.ts';
import { appendAudit } from '../../store/audit.ts';
import { addCommandJob } from '../../store/commands.ts';
import { makePrivateFolder } from '../../store/files.ts';
import { createRun } from '../../store/runs.ts';
import type { Vault } from '../../store/vault.ts';
import { findProgram } from '../capture/find-program.ts';
import { jobFolder, writeRecord } from '../job-files.ts';
import { createMask } from '../launcher/mask.ts';
import type { ClosedNetwork } from '../network/close-network.ts';
import type { CommandRequest } from '../request.ts';

/**
 * Records a command as a queued run of this process and makes its job folder. Arguments are masked like the output. Throws
 * COMMAND_NOT_FOUND, FILE_NOT_FOUND (the folder), NAME_INVALID.
 */
export function createCommandRun(
  vault: Vault,
  request: CommandRequest,
  network: ClosedNetwork,
  env: NodeJS.ProcessEnv,
): { id: string; token: string } {
  const { argv, folder, allowNetwork } = request;
  if (findProgram(argv[0]!, folder, env) === null) {
    throw new AppError(
      'COMMAND_NOT_FOUND',
      `There is no program ${argv[0]!.slice(0, 200)} here, or it may not be run.`,
      'Write the command as you would in a terminal, after --.',
    );
  }
  const mask = createMask(env);
  const shown = argv.map((word) => masked(mask.line, word));
  const record: CommandRecord = {
    argv: shown,
    folder,
    entry: request.entry,
    network: { off: network.off, how: network.how, reason: allowNetwork, refused: 0 },
    exitCode: null,
    signal: null,
    traceback: null,
    seeds: [],
  };
  const { id } = createRun(vault.db, vault.writerId, {
    study: request.study,
    name: request.name ?? request.entry ?? nameOf(shown),
    recipe: null,
    task: null,
    seed: null,
    target: null,
    dataset: null,
    parent: null,
    params: request.params,
    tags: {},
    badges: [],
    fingerprint: null,
    documents: { command: record },
  });
  const token = randomBytes(32).toString('hex');
  const job = jobFolder(vault.dir, id);
  makePrivateFolder(job);
  writeRecord(job, 'access', { token });
  addCommandJob(vault.db, id);
  if (allowNetwork !== null) appendAudit(vault, 'command.network-allowed', { run: id, reason: allowNetwork });
  return { id, token };
}

function masked(line: (text: string) => string, word: string): string {
  return Buffer.from(line(Buffer.from(word, 'utf8').toString('latin1')), 'latin1').toString('utf8');
}

/** `train.py --epochs 3`: what a person would call it. */
function nameOf(argv: string[]): string {
  const script = argv.findIndex((word) => /\.(py|ipynb|r|rmd|jl|js|ts|sh)$/i.test(word));
  const words =
    script < 0 ? [basename(argv[0]!), ...argv.slice(1)] : [basename(argv[script]!), ...argv.slice(script + 1)];
  return words.join(' ').slice(0, 120);
}
