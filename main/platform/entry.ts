/**
 * Address of a child's or worker's entry file. From source it is `main/<path>.ts` (Node runs it as it is); in the build every
 * entry lies flat beside this code as `<name>.js`.
 */
export function entryUrl(path: `${string}/${string}`): URL {
  if (import.meta.url.endsWith('.ts')) return new URL(`../${path}.ts`, import.meta.url);
  return new URL(`./${path.slice(path.lastIndexOf('/') + 1)}.js`, import.meta.url);
}
