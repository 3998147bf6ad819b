import type { Report } from '../../main/training/recipes/recipe.ts';

export type Heard = { points: { key: string; step: number; value: number }[]; lines: string[] };

/** A report that keeps what it is told. */
export function quietReport(): Report & Heard {
  const heard: Heard = { points: [], lines: [] };
  return {
    ...heard,
    point: (key, step, value) => void heard.points.push({ key, step, value }),
    log: (line) => void heard.lines.push(line),
    progress() {},
    nondeterministic: (operation) => void heard.lines.push(operation),
    smallerBatch: (before, now) => void heard.lines.push(`${before} → ${now}`),
    async breathe() {},
  };
}
