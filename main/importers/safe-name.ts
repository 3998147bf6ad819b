/** A name from a source as a path below the artifacts folder: no part leads out of it, is hidden, or has more than 255 bytes. */
export function safePath(name: string): string {
  const parts = name
    .split(/[\\/]+/)
    .map((part) =>
      part
        .replace(/[^\p{L}\p{N}._ @=+-]/gu, '_')
        .replace(/^\.+/, '_')
        .trim()
        .slice(0, 80),
    )
    .filter((part) => part !== '');
  return parts.length === 0 ? '_' : parts.join('/');
}
