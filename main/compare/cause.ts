import type { ParamValue } from '../../shared/model/run.ts';
import type { HeldOutRun } from './held-out.ts';

/**
 * Says that one run does better than another; by what sets them apart where that is a single thing (features left out, one
 * param, the recipe), otherwise by their letters.
 */
export function whatSetsApart(better: HeldOutRun, worse: HeldOutRun, metricName: string): string {
  const plain = `${better.label} does better than ${worse.label} in ${metricName}`;
  const sameRecipe = better.run.recipe === worse.run.recipe;
  const params = differingParams(better.run.params, worse.run.params);
  const gained = better.run.features.filter((name) => !worse.run.features.includes(name));
  const lost = worse.run.features.filter((name) => !better.run.features.includes(name));
  if (!sameRecipe || better.run.engine !== worse.run.engine || better.run.seed !== worse.run.seed) return plain;
  const recipe = better.run.recipe === null ? 'the model' : `the ${better.run.recipe} model`;
  if (params.length === 0 && gained.length > 0 && lost.length === 0) {
    return `Leaving out ${list(gained)} makes ${recipe} worse in ${metricName}`;
  }
  if (params.length === 0 && gained.length === 0 && lost.length > 0) {
    return `Leaving out ${list(lost)} makes ${recipe} better in ${metricName}`;
  }
  if (params.length === 1 && gained.length === 0 && lost.length === 0) {
    const [key] = params as [string];
    const value = (run: HeldOutRun) => String(run.run.params[key] ?? 'none');
    return `With ${key} = ${value(better)} ${recipe} does better in ${metricName} than with ${value(worse)}`;
  }
  return plain;
}

function differingParams(a: Record<string, ParamValue>, b: Record<string, ParamValue>): string[] {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].filter((key) => a[key] !== b[key]);
}

/** `age`, `age and sex`, `age, sex and 3 more`. */
function list(names: string[]): string {
  if (names.length === 1) return names[0]!;
  if (names.length <= 3) return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
  return `${names.slice(0, 2).join(', ')} and ${names.length - 2} more`;
}
