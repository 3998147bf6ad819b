import { moveToStudy } from '../store/commands.ts';
import { runIdOf } from './ids.ts';
import type { Input, JsonRoute, Route } from './route.ts';

const naming = new Set(['mlflow/experiments/get', 'mlflow/experiments/get-by-name', 'mlflow/experiments/create']);

/**
 * For a server that was started for one run (MLFLOW_RUN_ID): the client refuses to go on with a run of another experiment than
 * the script has named with `set_experiment`, so the run goes to the experiment that was named last before it is asked for.
 */
export function routesOfOwnRun(routes: Route[], run: string): Route[] {
  let named: string | null = null;
  return routes.map((route) => {
    if (!('handle' in route)) return route;
    const { handle } = route;
    if (naming.has(route.path)) {
      return withHandle(route, async (context, input) => {
        const answer = (await handle(context, input)) as {
          experiment_id?: string;
          experiment?: { experiment_id: string };
        };
        named = answer.experiment_id ?? answer.experiment?.experiment_id ?? named;
        return answer;
      });
    }
    if (route.path !== 'mlflow/runs/get') return route;
    return withHandle(route, async (context, input) => {
      const study = named;
      named = null;
      if (study !== null && runIdOf(input) === run)
        await context.write(({ db }) => moveToStudy(db, run, Number(study)));
      return handle(context, input);
    });
  });
}

function withHandle(
  route: JsonRoute,
  handle: (context: Parameters<JsonRoute['handle']>[0], input: Input) => unknown,
): Route {
  return { ...route, handle };
}
