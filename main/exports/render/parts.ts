import type { ReleasedCount, ReleasedMetric } from '../../../shared/model/exportable-run.ts';
import { type Child, type Element, h } from './element.ts';
import { fixed, grouped, intervalText } from './words.ts';

/** A value that the gate changed; the class names the rule, so that the preview can mark it. */
export const changed = (rule: string, text: string): Element => h('span', { class: `chg ${rule.toLowerCase()}` }, text);

/** Something kept back: the rule, nothing else (X11). */
export const kept = (rule: string): Element => h('span', { class: 'kept' }, `suppressed ${rule}`);

export const count = (value: ReleasedCount | null): Child =>
  value === null ? '–' : typeof value === 'number' ? changed('S2', grouped(value)) : kept(value.suppressed);

export function metric(released: ReleasedMetric | undefined): Child {
  if (released === undefined) return '–';
  if (released.kind === 'suppressed') return kept(released.suppressed);
  const { value, decimals } = released;
  if (released.kind === 'bound') {
    const sign = released.relation === 'at least' ? '≥' : '≤';
    return h('b', {}, changed(released.rule, `${sign} ${fixed(value, decimals)}`));
  }
  const interval =
    released.low === null || released.high === null
      ? null
      : h('i', {}, intervalText(released.low, released.high, decimals));
  return h('span', { class: 'n' }, h('b', {}, changed('S4', fixed(value, decimals))), interval);
}

/** Swatch of a run: the order of colours is fixed, past eight it repeats. */
export const swatch = (index: number): Element => h('span', { class: `sw s${(index % 8) + 1}` });

/** Facts in two columns; a wide one takes a line of its own. */
export const pairs = (...entries: [string, Child | Child[], 'wide'?][]): Element =>
  h(
    'dl',
    { class: 'kv' },
    entries.flatMap(([term, value, wide]) => [h('dt', {}, term), h('dd', wide ? { class: 'wide' } : {}, value)]),
  );
