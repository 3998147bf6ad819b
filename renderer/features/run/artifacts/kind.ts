/** How a file is shown. `other`: not at all, since it is neither text nor a picture that the window draws. */
export type ArtifactKind = 'image' | 'markdown' | 'html' | 'table' | 'json' | 'text' | 'other';

const byEnding: Record<string, Exclude<ArtifactKind, 'other'>> = {
  png: 'image',
  jpg: 'image',
  jpeg: 'image',
  gif: 'image',
  webp: 'image',
  bmp: 'image',
  svg: 'image',
  md: 'markdown',
  markdown: 'markdown',
  html: 'html',
  htm: 'html',
  csv: 'table',
  tsv: 'table',
  tab: 'table',
  json: 'json',
};

export const imageTypes: Record<string, string> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  bmp: 'image/bmp',
  svg: 'image/svg+xml',
};

const MB = 2 ** 20;
/** Most of a file that is read to show it. Of text and tables the beginning is shown, of the others all or nothing. */
export const readAtMost: Record<Exclude<ArtifactKind, 'other'>, number> = {
  image: 64 * MB,
  markdown: 2 * MB,
  html: 8 * MB,
  table: 8 * MB,
  json: 16 * MB,
  text: MB,
};

export const endingOf = (path: string): string => /\.([^./]+)$/.exec(path)?.[1]?.toLowerCase() ?? '';

/** What the name promises; a name that says nothing is `text` until the first bytes say otherwise. */
export const kindOf = (path: string): Exclude<ArtifactKind, 'other'> => byEnding[endingOf(path)] ?? 'text';

/** Whether bytes are text: no NUL (but UTF-16 with its mark) and hardly a control character. An empty file is. */
export function looksLikeText(head: Uint8Array): boolean {
  if ((head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff)) return true;
  const looked = head.subarray(0, 4_096);
  let control = 0;
  for (const byte of looked) {
    if (byte === 0) return false;
    if (byte < 9 || (byte > 13 && byte < 27)) control += 1;
  }
  return control * 50 <= looked.length;
}

/** Text of a file in UTF-8, or UTF-16 with its mark; a beginning that was cut ends at its last whole line. */
export function decodeText(bytes: Uint8Array, cut: boolean): string {
  const big = bytes[0] === 0xfe && bytes[1] === 0xff;
  const small = bytes[0] === 0xff && bytes[1] === 0xfe;
  const text = new TextDecoder(big ? 'utf-16be' : small ? 'utf-16le' : 'utf-8').decode(bytes);
  if (!cut) return text;
  const end = text.lastIndexOf('\n');
  return end < 0 ? text : text.slice(0, end + 1);
}
