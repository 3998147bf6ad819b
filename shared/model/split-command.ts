/**
 * The words of a command that a person typed, with quotes and backslashes as in a terminal, and nothing else of one: no variable,
 * no pattern, no pipe. Null when a quote is not closed.
 */
export function splitCommand(text: string): string[] | null {
  const words: string[] = [];
  let word: string | null = null;
  for (let i = 0; i < text.length; i++) {
    const character = text[i]!;
    if (/\s/.test(character)) {
      if (word !== null) words.push(word);
      word = null;
    } else if (character === "'" || character === '"') {
      const end = closing(text, i);
      if (end < 0) return null;
      const inside = text.slice(i + 1, end);
      word = (word ?? '') + (character === '"' ? inside.replace(/\\(["\\])/g, '$1') : inside);
      i = end;
    } else if (character === '\\' && i + 1 < text.length) {
      i++;
      word = (word ?? '') + text[i]!;
    } else word = (word ?? '') + character;
  }
  return word === null ? words : [...words, word];
}

/** Where the quote at `from` is closed. */
function closing(text: string, from: number): number {
  for (let i = from + 1; i < text.length; i++) {
    if (text[i] === '\\' && text[from] === '"') i++;
    else if (text[i] === text[from]) return i;
  }
  return -1;
}
