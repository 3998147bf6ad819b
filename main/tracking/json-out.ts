import type { Int64 } from './fields.ts';

// ES2025, in every engine we run on, but not yet in the compiler's library.
const { rawJSON } = JSON as unknown as { rawJSON(text: string): unknown };

/** A whole number as a JSON number with all its digits. */
export const int64Json = (value: Int64): unknown => (typeof value === 'bigint' ? rawJSON(String(value)) : value);

/** A double as protobuf's JSON has it: what is not finite as text. */
export function doubleJson(value: number): number | string {
  return Number.isFinite(value) ? value : Number.isNaN(value) ? 'NaN' : value > 0 ? 'Infinity' : '-Infinity';
}

/** Fields whose value is undefined or null are left out, as protobuf does. */
export function present(fields: Record<string, unknown>): Record<string, unknown> {
  const kept: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fields)) if (value !== undefined && value !== null) kept[name] = value;
  return kept;
}

/** JSON that is already text, sent as it is. */
export class JsonText {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}
export const jsonText = (text: string): JsonText => new JsonText(text);
