/** Series of one metric that belong in one chart: `train/loss` and `validation/loss`. */
export type Family = { name: string; keys: string[] };

const parts = ['train', 'validation', 'test', 'oof'];

/** Series keys by metric, training before validation, without the hardware's; loss first, then by name. */
export function families(keys: readonly string[]): Family[] {
  const found = new Map<string, string[]>();
  for (const key of keys) {
    const [part, rest] = [key.slice(0, key.indexOf('/')), key.slice(key.indexOf('/') + 1)];
    if (part === 'system') continue;
    const name = parts.includes(part) ? rest : key;
    const own = found.get(name);
    if (own) own.push(key);
    else found.set(name, [key]);
  }
  const rank = (key: string) => parts.findIndex((part) => key.startsWith(`${part}/`));
  return [...found]
    .map(([name, own]) => ({ name, keys: own.sort((a, b) => rank(a) - rank(b) || a.localeCompare(b)) }))
    .sort((a, b) => Number(b.name === 'loss') - Number(a.name === 'loss') || a.name.localeCompare(b.name));
}
