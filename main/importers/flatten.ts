import type { ParamValue } from '../../shared/model/run.ts';

const deepest = 20;
const longest = 6_000;

/** Nested settings as params: keys joined by dots, lists and what lies deeper than 20 levels as JSON, no value beyond 6,000 characters. */
export function flattenParams(value: unknown, prefix = '', depth = 0): Record<string, ParamValue> {
  const out: Record<string, ParamValue> = {};
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    if (prefix !== '') out[prefix] = paramOf(value);
    return out;
  }
  for (const [key, inner] of Object.entries(value)) {
    const name = prefix === '' ? key : `${prefix}.${key}`;
    if (name === '' || name.length > 250) continue;
    const nested = typeof inner === 'object' && inner !== null && !Array.isArray(inner);
    if (nested && depth < deepest) Object.assign(out, flattenParams(inner, name, depth + 1));
    else out[name] = paramOf(inner);
  }
  return out;
}

function paramOf(value: unknown): ParamValue {
  if (typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  return text.slice(0, longest);
}
