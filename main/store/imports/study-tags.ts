import { transaction, type WritableDb } from '../open.ts';
import { findExperimentByName, setExperimentTag } from '../tracking/experiments.ts';

/** Gives the study of a name the tags that its experiment has in a source; nothing happens when there is no such study. */
export function followStudyTags(db: WritableDb, name: string, tags: Record<string, string>): void {
  transaction(db, () => {
    const study = findExperimentByName(db, name);
    if (study === null) return;
    const here = new Map(study.tags.map(({ key, value }) => [key, value]));
    for (const [key, value] of Object.entries(tags))
      if (here.get(key) !== value) setExperimentTag(db, study.id, key, value);
  });
}
