/** JSON as Python writes it: NaN, Infinity and -Infinity are numbers there. Throws a SyntaxError for anything else that is not JSON. */
export function parsePythonJson(text: string): unknown {
  if (!/NaN|Infinity/.test(text)) return JSON.parse(text);
  const marked = text.replace(tokens, (_, quoted: string | undefined, number: string | undefined) =>
    quoted === undefined ? `{${marker}:"${number}"}` : quoted,
  );
  return JSON.parse(marked, (_, value) => {
    if (typeof value === 'object' && value !== null && mark in value) return Number(value[mark]);
    return value;
  });
}

/** A string, or one of the words outside of strings. */
const tokens = /("(?:[^"\\]|\\.)*")|(-?Infinity|NaN)/g;
const mark = '\u0000';
const marker = JSON.stringify(mark);
