/** Series of one metric that belong in one chart: `train/loss`, `validation/loss` and those of the folds. */
export type Family = { name: string; keys: string[] };

/** What a key says: its fold (null: the whole), its part (`train`, `validation`, …; empty for none) and its metric. */
export type SeriesName = { fold: number | null; part: string; metric: string };

const parts = ['train', 'validation', 'test', 'oof'];

export function seriesName(key: string): SeriesName {
  const [, fold, rest = key] = /^(?:fold-(\d+)\/)?(.*)$/.exec(key) ?? [];
  const slash = rest.indexOf('/');
  const part = rest.slice(0, Math.max(0, slash));
  const known = parts.includes(part);
  return {
    fold: fold === undefined ? null : Number(fold),
    part: known ? part : '',
    metric: known ? rest.slice(slash + 1) : rest,
  };
}

/** Series keys by metric, folds first so that they lie behind, training before validation; loss first, then by name. */
export function families(keys: readonly string[]): Family[] {
  const found = new Map<string, string[]>();
  for (const key of keys) {
    if (key.startsWith('system/')) continue;
    const { metric } = seriesName(key);
    const own = found.get(metric);
    if (own) own.push(key);
    else found.set(metric, [key]);
  }
  const rank = (key: string) => {
    const { fold, part } = seriesName(key);
    return fold === null ? 10_000 + parts.indexOf(part) : fold;
  };
  return [...found]
    .map(([name, own]) => ({ name, keys: own.sort((a, b) => rank(a) - rank(b) || a.localeCompare(b)) }))
    .sort((a, b) => Number(b.name === 'loss') - Number(a.name === 'loss') || a.name.localeCompare(b.name));
}
