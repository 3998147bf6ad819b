import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SeenSeed } from '../../../shared/model/command.ts';

const argument = /^(?:--?)?((?:[\w.-]+[._-])?(?:seed|random[_-]?state))(?:=(-?\d+))?$/i;
const variable = /(?:^|_)SEED$|^PYTHONHASHSEED$/i;
const calls =
  /\b(random\.seed|np\.random\.seed|numpy\.random\.seed|torch\.manual_seed|torch\.cuda\.manual_seed_all|tf\.random\.set_seed|tensorflow\.random\.set_seed|seed_everything|set_seed|default_rng|set\.seed|random_state\s*=|seed\s*=)\s*\(?\s*(-?\d+)/g;
const mostSeeds = 50;

/** Seeds in plain sight: arguments, variables and literal numbers in the scripts. One that is computed cannot be seen. */
export function seedsIn(argv: string[], env: NodeJS.ProcessEnv, root: string, scripts: string[]): SeenSeed[] {
  const found: SeenSeed[] = [];
  const add = (where: string, text: string | undefined): void => {
    const value = Number(text);
    if (text !== undefined && /^-?\d+$/.test(text) && Number.isSafeInteger(value)) found.push({ where, value });
  };
  argv.forEach((text, i) => {
    const match = argument.exec(text);
    if (match !== null) add(`argument ${match[1]}`, match[2] ?? argv[i + 1]);
  });
  for (const [name, value] of Object.entries(env)) if (variable.test(name)) add(`variable ${name}`, value);
  for (const path of scripts) for (const seed of seedsInFile(root, path)) add(seed.where, seed.text);
  return found.slice(0, mostSeeds);
}

function seedsInFile(root: string, path: string): { where: string; text: string }[] {
  try {
    const lines = readFileSync(join(root, path), 'utf8').split('\n');
    return lines.flatMap((line, i) =>
      line.trimStart().startsWith('#')
        ? []
        : [...line.matchAll(calls)].map((match) => ({
            where: `${path}:${i + 1} ${match[1]!.replace(/\s*=$/, '')}`,
            text: match[2]!,
          })),
    );
  } catch {
    return [];
  }
}

/** The one seed of a run, when all that can be seen agree. */
export function agreedSeed(seeds: SeenSeed[]): number | null {
  const values = new Set(seeds.map(({ value }) => value));
  return values.size === 1 ? [...values][0]! : null;
}
