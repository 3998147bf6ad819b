import { homedir } from 'node:os';
import { AppError } from '../../shared/errors.ts';
import type { DraftFile } from '../store/drafts.ts';
import type { RunEvidence } from './evidence.ts';

/**
 * The last look (X4), at the bytes themselves: local ids, content hashes and folders of this computer must not be in them.
 * The gate already keeps them out; this finds a mistake in the gate. Throws EXPORT_REFUSED without saying what it found.
 */
export function scanBytes(files: DraftFile[], evidence: RunEvidence[], vaultDir: string): void {
  const forbidden = [vaultDir, homedir(), ...evidence.flatMap(localIds)].filter((word) => word.length >= 6);
  for (const file of files) {
    const text = file.bytes.toString('utf8');
    if (forbidden.some((word) => text.includes(word))) {
      throw new AppError(
        'EXPORT_REFUSED',
        `The report was stopped: ${file.name} holds something that only this computer should know.`,
        'Nothing was written. Please report this: it is a fault in Wardbook.',
      );
    }
  }
}

const localIds = ({ detail, dataset }: RunEvidence): string[] => [
  detail.id,
  ...(detail.parent === null ? [] : [detail.parent]),
  ...(dataset === null ? [] : [dataset.hash, dataset.sourceName]),
  ...(detail.split === null ? [] : [detail.split.hash]),
  ...detail.artifacts.map((artifact) => artifact.sha256),
];
