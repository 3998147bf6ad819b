import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { NewRun, RunResult } from '../../main/store/new-run.ts';
import { moveVersion } from '../../main/store/registry/move-version.ts';
import { registerRun } from '../../main/store/registry/register-run.ts';
import { createRun, finishRun, startRun } from '../../main/store/runs.ts';
import type { Vault } from '../../main/store/vault.ts';
import type { Estimate } from '../../shared/model/estimate.ts';
import type { Stage } from '../../shared/model/registration.ts';
import { newRun, runResult } from '../store/new-run-fixture.ts';

export const auc = (value: number, subjects = 400): Estimate => ({
  value,
  low: value - 0.04,
  high: value + 0.04,
  method: 'DeLong',
  rows: subjects,
  subjects,
});

/** A finished run with the files of a model on disk. */
export function finishedRun(vault: Vault, own: Partial<NewRun> = {}, result: Partial<RunResult> = {}): string {
  const { id } = createRun(vault.db, vault.writerId, newRun({ recipe: 'logistic', task: 'binary', ...own }));
  startRun(vault.db, vault.writerId, id, { engine: 'cpu', engineReason: 'chosen', device: 'CPU', documents: {} });
  const artifacts = [writeModelFile(vault, id, 'model.json', '{"a":1}'), writeModelFile(vault, id, 'weights.bin', 'w')];
  const ended = runResult({ estimates: { 'test/auc': auc(0.8) }, artifacts, ...result });
  finishRun(vault.db, id, { status: 'finished', reason: null, result: ended });
  return id;
}

/** Puts a file among a run's artifacts and says what a run records about it. */
export function writeModelFile(vault: Vault, run: string, path: string, content: string) {
  const file = join(vault.dir, 'runs', run, 'artifacts', path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
  return { path, bytes: Buffer.byteLength(content), sha256: createHash('sha256').update(content).digest('hex') };
}

/** Registers a run as the next version of `risk`, or of another model. */
export const register = (vault: Vault, run: string, name = 'risk'): number =>
  registerRun(vault, { run, name, path: null, description: '', reason: '', via: 'window' }).version;

export const move = (vault: Vault, version: number, stage: Stage, reason = 'because') =>
  moveVersion(vault, { name: 'risk', version, stage, reason, via: 'window', retireOthers: false });
