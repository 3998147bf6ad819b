/**
 * True when the whole of `text` fits `pattern`: `%` any characters, `_` exactly one (a code point). Linear in practice and
 * never worse than text × pattern, whatever the pattern.
 */
export function matchesLike(text: string, pattern: string): boolean {
  const characters = [...text];
  const wanted = [...pattern];
  let at = 0;
  let want = 0;
  // Where to go on when the characters after the last `%` turn out not to fit.
  let afterPercent = -1;
  let resumeAt = 0;
  while (at < characters.length) {
    const next = wanted[want];
    if (next === '%') {
      afterPercent = ++want;
      resumeAt = at;
    } else if (next !== undefined && (next === '_' || next === characters[at])) {
      want++;
      at++;
    } else if (afterPercent >= 0) {
      want = afterPercent;
      at = ++resumeAt;
    } else {
      return false;
    }
  }
  while (wanted[want] === '%') want++;
  return want === wanted.length;
}

/** As `matchesLike`, whatever the case of letters. */
export const matchesIlike = (text: string, pattern: string): boolean =>
  matchesLike(text.toLowerCase(), pattern.toLowerCase());
