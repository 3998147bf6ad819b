import type { ParamValue, Task } from './run.ts';
import type { ParamDeclaration } from './train-spec.ts';

/** Whether a param counts for a task beside the other params, values or their texts; null: the task is not known yet. */
export function isApplicable(
  param: ParamDeclaration,
  task: Task | null,
  params: Readonly<Record<string, ParamValue>>,
): boolean {
  if (task !== null && param.tasks !== undefined && !param.tasks.includes(task)) return false;
  return param.when === undefined || String(params[param.when.param]) === String(param.when.is);
}

/** The params that count, as a run records them: what makes no difference to it is left out. */
export function applicableParams(
  declared: readonly ParamDeclaration[],
  task: Task,
  params: Readonly<Record<string, ParamValue>>,
): Record<string, ParamValue> {
  return Object.fromEntries(
    declared.flatMap((param) =>
      param.name in params && isApplicable(param, task, params) ? [[param.name, params[param.name]!]] : [],
    ),
  );
}
