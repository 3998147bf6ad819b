import { readFileSync } from 'node:fs';
import { listCheckpoints } from '../../store/checkpoint-files.ts';
import { decodeCheckpoint, type SavedCheckpoint } from './format.ts';

export type Readable = {
  /** The newest whole checkpoint of a fit, or its model when it has ended; null when there is none. */
  newest(fit: string): SavedCheckpoint | null;
};

/**
 * What an interrupted run left. A damaged file is passed over for the one before, one of another version of the recipe is no use;
 * `log` is told of both.
 */
export function readCheckpoints(
  vaultDir: string,
  runId: string,
  recipe: { id: string; version: string },
  log: (line: string) => void,
): Readable {
  const files = listCheckpoints(vaultDir, runId);
  return {
    newest(fit) {
      const own = files.filter((file) => file.fit === fit);
      own.sort((a, b) => (b.epoch ?? Number.POSITIVE_INFINITY) - (a.epoch ?? Number.POSITIVE_INFINITY));
      for (const { path, epoch } of own) {
        const which = epoch === null ? `The model of ${fit}` : `The checkpoint of epoch ${epoch} of ${fit}`;
        const saved = readOne(path);
        if (saved === null) {
          log(`${which} is damaged and was passed over.`);
          continue;
        }
        if (saved.header.recipe === recipe.id && saved.header.recipeVersion === recipe.version) return saved;
        log(`${which} is of another version of ${recipe.id}, so this fit begins anew.`);
        return null;
      }
      return null;
    },
  };
}

function readOne(path: string): SavedCheckpoint | null {
  try {
    return decodeCheckpoint(readFileSync(path));
  } catch {
    return null;
  }
}
