import { createTrackedRun, type NewTrackedRun } from '../../store/tracking/create-run.ts';
import { optionalInt64, optionalText } from '../fields.ts';
import { activeExperimentOf, runIdOf, runOf } from '../ids.ts';
import { checkRunName, cutTagValue, tagsOf } from '../limits.ts';
import { invalid } from '../mlflow-error.ts';
import type { Input, Route } from '../route.ts';
import { nameTag, noteTag, parentTag, runJson } from '../run-json.ts';
import { inventRunName } from '../run-name.ts';
import { readRelations } from '../run-relations.ts';

export const runRoutes: Route[] = [
  {
    method: 'POST',
    path: 'mlflow/runs/create',
    async handle({ vault, write }, input) {
      const run = newRunOf(input);
      const id = await write(({ db }) => {
        const experiment = activeExperimentOf(db, optionalText(input, 'experiment_id') || '0');
        return createTrackedRun(db, { ...run, study: experiment.id });
      });
      const created = runOf(vault.db, id);
      return { run: runJson(created, readRelations(vault.db, [created.pk])(created.pk)) };
    },
  },
  {
    method: 'GET',
    path: 'mlflow/runs/get',
    handle({ vault }, input) {
      const run = runOf(vault.db, runIdOf(input));
      return { run: runJson(run, readRelations(vault.db, [run.pk])(run.pk)) };
    },
  },
];

/** The name of a run and its tag are one thing; so are its note and the tag of that. */
function newRunOf(input: Input): Omit<NewTrackedRun, 'study'> {
  const tags = tagsOf(input, cutTagValue);
  const tagged = (key: string): string | undefined => tags.find((tag) => tag.key === key)?.value;
  const given = optionalText(input, 'run_name') ?? '';
  const byTag = tagged(nameTag) ?? '';
  if (given !== '' && byTag !== '' && given !== byTag) {
    throw invalid(
      `Both 'run_name' and the tag '${nameTag}' were given, with different values: give one of them, or the same twice.`,
    );
  }
  const startedAt = optionalInt64(input, 'start_time');
  if (startedAt !== undefined && (typeof startedAt === 'bigint' || startedAt < 0)) {
    throw invalid(
      "Invalid value for parameter 'start_time' supplied: it is in milliseconds since 1970, and not negative.",
    );
  }
  return {
    name: checkRunName(given || byTag || inventRunName()),
    user: optionalText(input, 'user_id') || tagged('mlflow.user') || null,
    startedAt: startedAt || Date.now(),
    note: tagged(noteTag) ?? '',
    parent: tagged(parentTag) ?? null,
    tags: tags.filter(({ key }) => key !== nameTag && key !== noteTag),
  };
}
