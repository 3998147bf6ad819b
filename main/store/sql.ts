/** A piece of SQL with what is bound to its question marks, in order. */
export type Sql = { text: string; values: (string | number)[] };

/**
 * SQL from a template: a piece of SQL is put in, a string or number is bound and never becomes part of the text.
 */
export function sql(texts: TemplateStringsArray, ...holes: (Sql | string | number)[]): Sql {
  let text = texts[0]!;
  const values: (string | number)[] = [];
  holes.forEach((hole, index) => {
    if (typeof hole === 'object') {
      text += hole.text;
      values.push(...hole.values);
    } else {
      text += '?';
      values.push(hole);
    }
    text += texts[index + 1]!;
  });
  return { text, values };
}

/** SQL that a constant of the program spells out. */
export const raw = (text: string): Sql => ({ text, values: [] });

/** `a and b and c` as a balanced tree: SQLite refuses expressions more than 1000 deep. Of none: true for AND, false for OR. */
export function joined(parts: Sql[], operator: 'AND' | 'OR'): Sql {
  if (parts.length === 0) return raw(operator === 'AND' ? '1' : '0');
  if (parts.length === 1) return parts[0]!;
  const middle = parts.length >> 1;
  return sql`(${joined(parts.slice(0, middle), operator)} ${raw(operator)} ${joined(parts.slice(middle), operator)})`;
}

/** `a, b, c` */
export const listed = (parts: Sql[]): Sql => ({
  text: parts.map((part) => part.text).join(', '),
  values: parts.flatMap((part) => part.values),
});
