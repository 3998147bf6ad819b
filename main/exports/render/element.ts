/** A piece of the page: text is always a text node, attributes are always quoted and escaped (PRIVACY X8). */
export type Element = { tag: string; attributes: Record<string, string | number>; children: Child[] };
export type Child = Element | string | null;

export function h(
  tag: string,
  attributes: Record<string, string | number> = {},
  ...children: (Child | Child[])[]
): Element {
  return { tag, attributes, children: children.flat() };
}

const empty = new Set(['meta', 'br', 'col']);
const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escapeText = (text: string): string => text.replace(/[&<>"]/g, (character) => entities[character]!);

export function markup(child: Child): string {
  if (child === null) return '';
  if (typeof child === 'string') return escapeText(child);
  const attributes = Object.entries(child.attributes).map(([name, value]) => ` ${name}="${escapeText(String(value))}"`);
  const open = `<${child.tag}${attributes.join('')}>`;
  return empty.has(child.tag) ? open : `${open}${child.children.map(markup).join('')}</${child.tag}>`;
}
