import { demandLocalTarget } from '../platform/local-target.ts';
import type { ReadableVault } from '../store/vault.ts';
import { copyRuns } from './copy-runs.ts';
import { planCopy } from './plan.ts';
import { loopbackAddress } from './replay/loopback-client.ts';
import { replayRuns } from './replay/replay-runs.ts';
import type { CopyWish, ReplayWish } from './wish.ts';

/** All of them read the vault only: the audit entry is written before, by `copyAudited` and `replayAudited`. */
export const copyOperations = {
  'internal.planCopy': (vault: ReadableVault, { ids }: { ids: string[] }) => planCopy(vault, ids),
  'internal.checkCopyTarget': (
    _vault: ReadableVault,
    { outDir, anywhere }: { outDir: string; anywhere: boolean },
  ): null => {
    if (!anywhere) demandLocalTarget(outDir);
    return null;
  },
  'internal.copyRuns': (vault: ReadableVault, wish: CopyWish) => copyRuns(vault, wish),
  'internal.checkReplayAddress': (_vault: ReadableVault, { url }: { url: string }) => ({
    port: loopbackAddress(url).port,
  }),
  'internal.replayRuns': (vault: ReadableVault, wish: ReplayWish) => replayRuns(vault, wish),
};
