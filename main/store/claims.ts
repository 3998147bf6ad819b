import { availableParallelism } from 'node:os';
import type { TrainingQueue } from '../../shared/contract/training.ts';
import { recordChange } from './change.ts';
import { type ReadableDb, snapshot, transaction } from './open.ts';
import { recoverRuns } from './recover.ts';
import { runKey } from './run-key.ts';
import { readSettings } from './settings.ts';
import { statement } from './statement.ts';
import type { Vault } from './vault.ts';

/** What a run needs of the machine while it trains; `gpuMiB` null with `gpu`: the whole GPU. */
export type Claim = { cores: number; gpu: boolean; gpuMiB: number | null };

/** What all runs together may hold. `gpuMiB` null: nobody knows how much there is, so one run at a time. */
export type Limits = TrainingQueue['limits'];

export type Turn = { granted: true; cores: number } | { granted: false; place: number; why: string };

type Row = {
  uid: string;
  cores: number;
  gpu: number;
  gpu_mib: number | null;
  reported_mib: number | null;
  granted_at: number | null;
};

/** Claims of runs that are queued or train, in the order in which runs were asked for. */
function readClaims(db: ReadableDb): Row[] {
  return statement(
    db,
    `SELECT r.uid, c.cores, c.gpu, c.gpu_mib, c.reported_mib, c.granted_at FROM run r JOIN claim c ON c.run_id = r.id
    WHERE r.status IN ('queued', 'running') ORDER BY r.created_at, r.id`,
  ).all() as Row[];
}

/** As the settings say, or all cores and nine tenths of the GPU's memory, `reported` being that of the engine. */
export function limitsOf(db: ReadableDb, reported: number | null): Limits {
  const { trainingCores, trainingGpuMemoryMiB } = readSettings(db);
  return {
    cores: trainingCores ?? availableParallelism(),
    gpuMiB: trainingGpuMemoryMiB ?? (reported === null ? null : Math.floor(reported * 0.9)),
  };
}

/**
 * Asks whether a queued run of this process may begin; the answer holds for all processes of the vault. A run begins when what
 * it needs is left over by those that train and by those that wait and were asked for before it, so that nobody is overtaken
 * by what it waits for. One that needs more than there is begins when it is alone. Throws RUN_NOT_FOUND.
 */
export function takeTurn(vault: Vault, uid: string, claim: Claim, reportedMiB: number | null): Turn {
  const { db } = vault;
  const turn = transaction(db, (): Turn => {
    const run = runKey(db, uid);
    const limits = limitsOf(db, reportedMiB);
    const cores = Math.min(claim.cores, limits.cores);
    statement(db, 'INSERT OR IGNORE INTO claim (run_id, cores, gpu, gpu_mib, reported_mib) VALUES (?, ?, ?, ?, ?)').run(
      run,
      cores,
      claim.gpu ? 1 : 0,
      claim.gpuMiB,
      reportedMiB,
    );
    const all = readClaims(db);
    const before = all.filter((other, i) => other.granted_at !== null || i < all.findIndex((one) => one.uid === uid));
    const others = before.filter((other) => other.uid !== uid);
    const why = whatIsMissing({ ...claim, cores }, others, limits);
    if (why !== null) {
      return { granted: false, place: 1 + others.filter((other) => other.granted_at === null).length, why };
    }
    statement(db, 'UPDATE claim SET granted_at = ?, cores = ? WHERE run_id = ?').run(Date.now(), cores, run);
    recordChange(db, 'run', run);
    return { granted: true, cores };
  });
  // What holds the place may be the run of a process that is gone.
  if (!turn.granted) recoverRuns(vault);
  return turn;
}

function whatIsMissing(claim: Claim, others: Row[], limits: Limits): string | null {
  const held = others.reduce((sum, { cores }) => sum + cores, 0);
  if (held > 0 && held + claim.cores > limits.cores) {
    const runs = others.length === 1 ? '1 run before it needs' : `${others.length} runs before it need`;
    return `needs ${claim.cores} of ${limits.cores} cores; ${runs} ${held}`;
  }
  const onGpu = others.filter(({ gpu }) => gpu === 1);
  if (!claim.gpu || onGpu.length === 0) return null;
  if (limits.gpuMiB === null || claim.gpuMiB === null) return 'needs the GPU for itself';
  if (onGpu.some(({ gpu_mib }) => gpu_mib === null)) return 'a run before it needs the GPU for itself';
  const heldMiB = onGpu.reduce((sum, { gpu_mib }) => sum + gpu_mib!, 0);
  if (heldMiB + claim.gpuMiB <= limits.gpuMiB) return null;
  return `needs ${claim.gpuMiB} of ${limits.gpuMiB} MiB of GPU memory; runs before it need ${heldMiB}`;
}

/** What trains and what waits, over all processes of the vault. */
export function readQueue(db: ReadableDb): TrainingQueue {
  return snapshot(db, () => {
    const all = readClaims(db);
    const reported = all.find(({ gpu, reported_mib }) => gpu === 1 && reported_mib !== null)?.reported_mib ?? null;
    const limits = limitsOf(db, reported);
    const waiting = all.filter(({ granted_at }) => granted_at === null);
    return {
      running: all
        .filter(({ granted_at }) => granted_at !== null)
        .map(({ uid, cores, gpu, gpu_mib }) => ({ id: uid, cores, gpu: gpu === 1, gpuMiB: gpu_mib })),
      waiting: waiting.map((row, i) => {
        const others = all.filter((other) => other.granted_at !== null || all.indexOf(other) < all.indexOf(row));
        const claim = { cores: row.cores, gpu: row.gpu === 1, gpuMiB: row.gpu_mib };
        return { id: row.uid, place: i + 1, why: whatIsMissing(claim, others, limits) ?? 'begins in a moment' };
      }),
      limits,
    };
  });
}
