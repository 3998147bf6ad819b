import { setRunDeleted } from '../../store/tracking/experiments.ts';
import { updateTrackedRun } from '../../store/tracking/update-run.ts';
import { optionalEnum, optionalInt64, optionalText } from '../fields.ts';
import { runIdOf, runOf } from '../ids.ts';
import { checkRunName } from '../limits.ts';
import { invalid } from '../mlflow-error.ts';
import type { Route } from '../route.ts';
import { runInfoJson, statusNames, statusOf } from '../run-json.ts';

export const editRunRoutes: Route[] = [
  {
    method: 'POST',
    path: 'mlflow/runs/update',
    async handle({ vault, write }, input) {
      const id = runIdOf(input);
      const status = optionalEnum(input, 'status', statusNames);
      const end = optionalInt64(input, 'end_time');
      if (typeof end === 'bigint' || (end !== undefined && end < 0)) {
        throw invalid("Invalid value for parameter 'end_time' supplied: it is in milliseconds since 1970.");
      }
      const name = optionalText(input, 'run_name') ?? '';
      checkRunName(name);
      await write(({ db }) => {
        const run = runOf(db, id);
        if (run.deleted) throw invalid(`The run ${id} must be in the 'active' state. Current state is deleted.`);
        updateTrackedRun(db, run.pk, {
          ...(status === undefined ? {} : { status: statusOf[status] }),
          ...(end === undefined ? {} : { endedAt: end }),
          ...(name === '' ? {} : { name }),
        });
      });
      return { run_info: runInfoJson(runOf(vault.db, id)) };
    },
  },
  ...(['delete', 'restore'] as const).map(
    (what): Route => ({
      method: 'POST',
      path: `mlflow/runs/${what}`,
      async handle({ write }, input) {
        const id = runIdOf(input);
        await write(({ db }) => setRunDeleted(db, runOf(db, id).pk, what === 'delete'));
      },
    }),
  ),
];
