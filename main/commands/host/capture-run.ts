import { join } from 'node:path';
import type { CodeSnapshot } from '../../../shared/model/command.ts';
import { captureEnvironment } from '../../platform/environment.ts';
import { artifactsFolder } from '../../store/artifact-files.ts';
import { noteCommand } from '../../store/commands.ts';
import { captureCommandEnvironment } from '../capture/capture-environment.ts';
import { agreedSeed, seedsIn } from '../capture/seeds.ts';
import { takeSnapshot } from '../capture/snapshot.ts';
import { jobFolder } from '../job-files.ts';
import type { CommandRequest } from '../request.ts';
import type { HostParts } from './host-parts.ts';

const noSnapshot: Omit<CodeSnapshot, 'problem'> = { git: null, files: [], deleted: [], leftOut: [] };

/** The code as it is before the command begins: what a person edits meanwhile is not what ran. Returns the top of the code. */
export async function captureCode(
  { vault, log }: HostParts,
  id: string,
  { argv, folder }: CommandRequest,
  env: NodeJS.ProcessEnv,
): Promise<string> {
  try {
    const places = { scratch: jobFolder(vault.dir, id), kept: artifactsFolder(vault.dir, id) };
    const { snapshot, artifact, root } = await takeSnapshot(folder, argv, places, env);
    const scripts = snapshot.files.filter(
      ({ path, state }) => state !== 'untracked' || argv.some((word) => word.endsWith(path)),
    );
    const seeds = seedsIn(argv, env, root, scripts.map(({ path }) => path).slice(0, 50));
    noteCommand(vault.db, id, {
      record: { seeds },
      documents: { 'code-snapshot': snapshot },
      artifacts: artifact === null ? [] : [artifact],
      seed: agreedSeed(seeds),
      dirty: snapshot.git !== null && snapshot.git.changed + snapshot.git.untracked > 0,
    });
    return root;
  } catch (error) {
    // A command is not kept from running by what could not be read of its folder.
    log('capturing code', error);
    const code: CodeSnapshot = {
      ...noSnapshot,
      problem: 'The code could not be read; the details are in the local log.',
    };
    noteCommand(vault.db, id, { documents: { 'code-snapshot': code } });
    return folder;
  }
}

/** Interpreter, packages and machine, while the command runs already. */
export async function capturePackages(
  { vault, log }: HostParts,
  id: string,
  { argv, folder }: CommandRequest,
  root: string,
  env: NodeJS.ProcessEnv,
  wrap: string[],
): Promise<void> {
  try {
    const job = jobFolder(vault.dir, id);
    const found = await captureCommandEnvironment(argv, root, join(job), { cwd: folder, env, wrap });
    const environment = captureEnvironment(found.gpus[0] ?? null, found.driver, packageTable(found.packages));
    noteCommand(vault.db, id, { documents: { 'command-environment': found, environment } });
  } catch (error) {
    log('capturing packages', error);
  }
}

/** One version by name, for comparing runs; where pip and conda both know a package, pip's counts. */
function packageTable(packages: { name: string; version: string }[]): Record<string, string> {
  return Object.fromEntries(packages.toReversed().map(({ name, version }) => [name, version]));
}
