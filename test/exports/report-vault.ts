import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunEvidence } from '../../main/exports/evidence.ts';
import { addVersion } from '../../main/store/datasets.ts';
import { openVault } from '../../main/store/open-vault.ts';
import { createRun, finishRun, startRun } from '../../main/store/runs.ts';
import type { Vault } from '../../main/store/vault.ts';

/** Runs `work` on a real vault in a temporary folder whose name begins with `prefix`. */
export async function withVault(
  work: (vault: Vault) => void | Promise<void>,
  prefix = 'wardbook-exports-',
): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), prefix));
  const vault = openVault(join(dir, 'vault'), { purpose: 'test' });
  try {
    await work(vault);
  } finally {
    vault.close();
    rmSync(dir, { recursive: true, force: true });
  }
}

/** Stores a run as the trainer would have, with its dataset, and returns its id. */
export function storeRun(vault: Vault, { detail, evaluation, predictions, dataset }: RunEvidence): string {
  const known = vault.db.prepare('SELECT 1 FROM dataset').get() !== undefined;
  if (!known) addVersion(vault.db, { ...dataset!, blob: 'ef'.repeat(32) });
  const { id } = createRun(vault.db, vault.writerId, {
    study: detail.study,
    name: detail.name,
    recipe: detail.recipe,
    task: detail.task,
    seed: detail.seed,
    target: detail.target,
    dataset: { name: dataset!.name, version: 1 },
    parent: null,
    params: detail.params,
    tags: detail.tags,
    badges: detail.badges,
    fingerprint: null,
    documents: { features: detail.features, split: detail.split, environment: detail.environment },
  });
  startRun(vault.db, vault.writerId, id, {
    engine: 'cpu',
    engineReason: 'chosen',
    device: detail.device!,
    documents: {},
  });
  const part = evaluation!.parts[0]!;
  finishRun(vault.db, id, {
    status: 'finished',
    reason: null,
    result: {
      estimates: Object.fromEntries(
        Object.entries(part.estimates).map(([key, value]) => [`${part.part}/${key}`, value]),
      ),
      predictions,
      documents: { evaluation },
      artifacts: [{ path: 'model.json', bytes: 10, sha256: '99'.repeat(32) }],
      badges: [],
    },
  });
  return id;
}
