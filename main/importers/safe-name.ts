/** A name from a source as a path below the artifacts folder: no part leads out of it, none is hidden or too long. */
export function safePath(name: string): string {
  const parts = name
    .split(/[\\/]+/)
    .map((part) =>
      part
        .replace(/[^\p{L}\p{N}._ @=+-]/gu, '_')
        .replace(/^\.+/, '_')
        .trim()
        .slice(0, 100),
    )
    .filter((part) => part !== '');
  return parts.length === 0 ? '_' : parts.join('/');
}
