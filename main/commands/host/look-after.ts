import { statSync } from 'node:fs';
import { isAlive, machineRestartedSince } from '../../platform/process-identity.ts';
import { noteCommand, noteLogGrowth, readCommand } from '../../store/commands.ts';
import { type StopRequest, takeStopRequest } from '../../store/stop-request.ts';
import { findExit, witnessLives } from '../find-exit.ts';
import { type ExitRecord, jobFolder, logFile, readRecord } from '../job-files.ts';
import type { LaunchPlan } from '../launcher/plan.ts';
import { refusedPackets } from '../network/refused-packets.ts';
import type { HostParts } from './host-parts.ts';
import { launcherOf } from './launch.ts';
import { JobStopper } from './stop-job.ts';

export type Looked = { exit: ExitRecord | null; stopReason: string | null; restarted: boolean; begun: boolean };

const lookMs = 100;
const networkEveryMs = 2_000;

const reasons: Record<StopRequest['how'], string> = {
  ask: 'Stopped by hand.',
  interrupt: 'Stopped with Ctrl-C.',
  kill: 'Stopped by hand, at once.',
};

/** Stays with a command until it has ended: passes on requests to stop it, tells that its log has grown, replaces a lost launcher. */
export async function lookAfter(
  { vault, tree }: HostParts,
  id: string,
  relaunch: (running: NonNullable<LaunchPlan['running']>) => Promise<unknown>,
): Promise<Looked> {
  const folder = jobFolder(vault.dir, id);
  let stopper: JobStopper | null = null;
  let stopReason: string | null = null;
  let pending: StopRequest | null = null;
  let logged = sizeOf(logFile(vault.dir, id));
  let askedNetwork = 0;
  let refused = 0;
  // The system is shut down or a person ends this process: its command is to end too, and to be recorded.
  const onTerm = (): void => {
    stopReason ??= 'Wardbook’s process for this command was asked to end.';
    pending = { how: 'ask' };
  };
  process.on('SIGTERM', onTerm);
  try {
    for (;;) {
      const job = readRecord(folder, 'job');
      if (job !== null) stopper ??= new JobStopper(job, tree);
      const asked = takeStopRequest(vault.dir, id);
      if (asked !== null) {
        stopReason = reasons[asked.how];
        pending = asked;
      }
      if (pending !== null && stopper !== null) {
        stopper.request(pending);
        pending = null;
      }
      const launcher = launcherOf(folder);
      if (launcher !== null && Date.now() - askedNetwork > networkEveryMs) {
        askedNetwork = Date.now();
        refused = noteRefused(vault, id, refusedPackets(launcher.pid), refused);
      }
      const size = sizeOf(logFile(vault.dir, id));
      if (size !== logged) {
        logged = size;
        noteLogGrowth(vault.db, id);
      }
      // Read last: a launcher that is gone has written it before.
      const exit = readRecord(folder, 'exit');
      if (exit !== null) {
        noteRefused(vault, id, exit.refused ?? null, refused);
        if (launcher !== null) await stopper?.end();
        return { exit, stopReason, restarted: false, begun: true };
      }
      if (launcher === null) {
        const { port } = readRecord(folder, 'launcher') ?? {};
        // A witness that is still there holds the last output of a command that has ended.
        if (job === null || port === undefined || !(isAlive(job) || witnessLives(folder))) {
          const restarted = job !== null && machineRestartedSince(job);
          return { exit: findExit(folder), stopReason, restarted, begun: job !== null };
        }
        await relaunch({ job, port });
      }
      await new Promise((resolve) => setTimeout(resolve, lookMs));
    }
  } finally {
    process.off('SIGTERM', onTerm);
  }
}

const sizeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0;

/** Keeps how often the command tried to leave the machine; returns the count. */
function noteRefused(vault: HostParts['vault'], id: string, counted: number | null, before: number): number {
  const record = readCommand(vault.db, id);
  const now = record?.network.off ? (counted ?? before) : before;
  if (record !== null && now !== before) {
    noteCommand(vault.db, id, { record: { network: { ...record.network, refused: now } } });
  }
  return now;
}
