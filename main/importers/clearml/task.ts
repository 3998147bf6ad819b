import type { ParamValue } from '../../../shared/model/run.ts';

/** task.json, as far as it is read; nothing of it is trusted to be there. */
export type ClearmlTask = {
  id: string;
  name?: unknown;
  project_name?: unknown;
  comment?: unknown;
  status?: unknown;
  started?: unknown;
  completed?: unknown;
  tags?: unknown;
  hyperparams?: unknown;
  script?: unknown;
};

/** Params by section and name; those of the section `General` by their name alone. */
export function paramsOf({ hyperparams }: ClearmlTask): Record<string, ParamValue> {
  const params: Record<string, ParamValue> = {};
  for (const [section, entries] of Object.entries(objectOf(hyperparams))) {
    for (const [name, entry] of Object.entries(objectOf(entries))) {
      const { value, type } = objectOf(entry);
      const key = section === 'General' ? name : `${section}/${name}`;
      if (key.length <= 250 && (typeof value === 'string' || typeof value === 'number'))
        params[key] = typed(value, type);
    }
  }
  return params;
}

/** Values are text with the name of their Python type beside. */
function typed(value: string | number, type: unknown): ParamValue {
  if (type === 'bool') return String(value).toLowerCase() === 'true';
  const number = Number(value);
  return (type === 'int' || type === 'float') && value !== '' && Number.isFinite(number)
    ? number
    : String(value).slice(0, 6_000);
}

export function tagsOf({ tags, script }: ClearmlTask): Record<string, string> {
  const own = Array.isArray(tags) ? tags.filter((tag): tag is string => typeof tag === 'string' && tag !== '') : [];
  const { branch, version_num: commit, entry_point: entry } = objectOf(script);
  const known = { 'mlflow.source.name': entry, 'mlflow.source.git.branch': branch, 'mlflow.source.git.commit': commit };
  const named = Object.entries(known).filter(
    (pair): pair is [string, string] => typeof pair[1] === 'string' && pair[1] !== '',
  );
  return Object.fromEntries([...own.map((tag) => [tag.slice(0, 250), ''] as const), ...named]);
}

const objectOf = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
