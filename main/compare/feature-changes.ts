import type { Difference } from '../../shared/contract/runs.ts';

const shown = 12;

/**
 * Features of each run against those of the first: `13` for the first and for those with the same, `− age + bmi 13` for
 * others (minus: left out, plus: added, then how many there are). null when all use the same.
 */
export function featureChanges(runs: string[][]): Difference | null {
  const [first = []] = runs;
  const values = runs.map((features) => {
    const left = first.filter((name) => !features.includes(name)).map((name) => `− ${name}`);
    const added = features.filter((name) => !first.includes(name)).map((name) => `+ ${name}`);
    const changes = [...left, ...added];
    const listed = changes.length > shown ? [...changes.slice(0, shown), `… ${changes.length - shown} more,`] : changes;
    return [...listed, String(features.length)].join(' ');
  });
  return values.every((value) => value === values[0]) ? null : { key: 'features', values };
}
