/** Where each screen lives, so that no feature spells another's address. */
export const to = {
  runs: '/',
  study: (name: string) => `/study/${encodeURIComponent(name)}`,
  run: (id: string, tab?: string) => (tab ? `/run/${id}/${tab}` : `/run/${id}`),
  compare: (ids: readonly string[] = []) => (ids.length > 0 ? `/compare/${ids.join(',')}` : '/compare'),
  train: '/train',
  /** Train with a dataset version chosen. */
  trainOn: (name: string, version?: number) =>
    `/train/${encodeURIComponent(name)}${version === undefined ? '' : `/${version}`}`,
  datasets: '/datasets',
  dataset: (name: string) => `/datasets/${encodeURIComponent(name)}`,
  models: '/models',
  model: (name: string, version?: number) =>
    `/models/${encodeURIComponent(name)}${version === undefined ? '' : `/${version}`}`,
  hardware: '/hardware',
  export: (ids: readonly string[] = []) => (ids.length > 0 ? `/export/${ids.join(',')}` : '/export'),
  activity: '/activity',
  settings: '/settings',
};

/** The runs named in an address, in their order, each once. */
export function idsOf(part: string | undefined): string[] {
  return [...new Set((part ?? '').split(',').filter((id) => /^[0-9a-f]{32}$/.test(id)))];
}
