import type { WritableDb } from '../store/open.ts';
import {
  deleteRunTag,
  type LoggableRun,
  type Pair,
  setRunParent,
  setRunTags,
  setRunText,
} from '../store/tracking/log.ts';
import { checkRunName } from './limits.ts';
import { notFound } from './mlflow-error.ts';
import { nameTag, noteTag, parentTag } from './run-json.ts';

/** Sets tags, of which those for the name, the note and the parent are columns of ours. */
export function writeRunTags(db: WritableDb, run: LoggableRun, tags: Pair[]): void {
  for (const { key, value } of tags) {
    if (key === nameTag && value !== '') setRunText(db, run, 'name', checkRunName(value));
    else if (key === noteTag) setRunText(db, run, 'note', value);
    else if (key === parentTag) setRunParent(db, run, value);
  }
  setRunTags(
    db,
    run,
    tags.filter(({ key }) => key !== nameTag && key !== noteTag),
  );
}

/** Throws RESOURCE_DOES_NOT_EXIST when the run has no such tag. The name stays: a run has one always. */
export function removeRunTag(db: WritableDb, run: LoggableRun, key: string, note: string): void {
  if (key === noteTag && note !== '') setRunText(db, run, 'note', '');
  else if (key === parentTag && deleteRunTag(db, run, key)) setRunParent(db, run, '');
  else if (key !== nameTag && !deleteRunTag(db, run, key)) {
    throw notFound(`No tag with name: ${key} in run with id ${run.id}`);
  }
}
