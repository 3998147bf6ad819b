import { rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { commandPlace, endCommandRun, startCommandRun } from '../../store/commands.ts';
import { hasSpool, jobFolder, logFile, readRecord, removeJobFolder, socketName } from '../job-files.ts';
import { deliverOver } from '../launcher/deliver.ts';
import type { LaunchPlan } from '../launcher/plan.ts';
import { Spool } from '../launcher/spool.ts';
import { closeNetwork } from '../network/close-network.ts';
import type { CommandRequest } from '../request.ts';
import { captureCode, capturePackages } from './capture-run.ts';
import { createCommandRun } from './create-run.ts';
import { findTraceback } from './find-traceback.ts';
import type { HostParts } from './host-parts.ts';
import { jobEnvironment } from './job-environment.ts';
import { judgeEnd } from './judge-end.ts';
import { launcherOf, startLauncher } from './launch.ts';
import { lookAfter } from './look-after.ts';
import { enterNetworkOf, hostProgram, jobVariables, processOfJob, whenJobStarted } from './other-processes.ts';

/** Records a command as a run, starts it and stays until it has ended. `onMade` is told the run's id, before it begins. */
export async function hostCommand(
  parts: HostParts,
  request: CommandRequest,
  env: NodeJS.ProcessEnv,
  onMade: (id: string) => void,
): Promise<void> {
  const { vault } = parts;
  const network =
    request.allowNetwork === null
      ? await closeNetwork()
      : { off: false, how: 'allowed for this run', wrap: [] as string[] };
  const { id, token } = createCommandRun(vault, request, network, env);
  onMade(id);
  const root = await captureCode(parts, id, request, env);
  const plan: LaunchPlan = {
    folder: jobFolder(vault.dir, id),
    logFile: logFile(vault.dir, id),
    token,
    running: null,
    argv: request.argv,
    cwd: request.folder,
    env: jobEnvironment(
      { id, experiment: commandPlace(vault.db, id).experiment, token },
      request.allowNetwork !== null,
      env,
    ),
    tracked: true,
    host: hostProgram(vault.dir, id),
  };
  const launcher = await startLauncher(plan, network.wrap, env);
  if (launcher === null) {
    endCommandRun(vault.db, id, {
      status: 'failed',
      reason: 'Wardbook could not start the process that stays with the command.',
      code: 'INTERNAL',
      endedAt: Date.now(),
      record: {},
    });
    return;
  }
  startCommandRun(vault.db, id);
  void capturePackages(parts, id, request, root, env, network.wrap);
  await serveUntilEnd(parts, id, (running) =>
    startLauncher({ ...plan, running }, enterNetworkOf(processOfJob(plan.folder, running.job)), env),
  );
}

/** Goes on with a command whose host is gone; it has been made this process's own. */
export async function hostOrphan(parts: HostParts, id: string): Promise<void> {
  const { vault } = parts;
  const folder = jobFolder(vault.dir, id);
  const { token } = readRecord(folder, 'access') ?? { token: '' };
  await serveUntilEnd(parts, id, (running) => {
    const log = logFile(vault.dir, id);
    const plan: LaunchPlan = {
      folder,
      logFile: log,
      token,
      running,
      argv: [],
      cwd: folder,
      env: {},
      tracked: false,
      host: hostProgram(vault.dir, id),
    };
    const pid = processOfJob(folder, running.job);
    return startLauncher(plan, enterNetworkOf(pid), jobVariables(pid));
  });
}

async function serveUntilEnd(
  parts: HostParts,
  id: string,
  relaunch: (running: NonNullable<LaunchPlan['running']>) => Promise<unknown>,
): Promise<void> {
  const { vault, startTracker, watchHardware } = parts;
  const folder = jobFolder(vault.dir, id);
  const { token } = readRecord(folder, 'access') ?? {};
  const port = readRecord(folder, 'launcher')?.port;
  process.chdir(folder);
  // Of a host that was killed; nobody else listens there, since this process owns the run.
  rmSync(socketName, { force: true });
  const tracker =
    token === undefined || port === undefined ? null : await startTracker({ run: id, socket: socketName, port, token });
  const measuring = new AbortController();
  const { startedAt } = commandPlace(vault.db, id);
  void whenJobStarted(folder, measuring.signal).then((job) => {
    if (job !== null) watchHardware(id, job.pid, measuring.signal, startedAt ?? Date.now());
  });
  const looked = await lookAfter(parts, id, relaunch);
  measuring.abort();
  // A launcher hands over what it has spooled before it goes; what a dead one left is handed over here.
  while (launcherOf(folder) !== null) await sleep(20);
  if (hasSpool(folder) && tracker !== null && token !== undefined && port !== undefined) {
    await new Spool(folder).drain((call) => deliverOver(socketName, token, port, call, () => {}));
  }
  await tracker?.close();
  const traceback = looked.exit?.code === 0 ? null : findTraceback(logFile(vault.dir, id));
  endCommandRun(vault.db, id, judgeEnd({ ...looked, traceback }));
  process.chdir(vault.dir);
  removeJobFolder(vault.dir, id);
}
