import type { Distribution } from '../../shared/model/dataset.ts';
import { decodeCodes, decodeTexts, isMissing } from '../store/table/blocks.ts';
import type { StoredColumn } from '../store/table/layout.ts';
import type { TableFile } from '../store/table/table-file.ts';
import { hashNumber } from '../store/table/text-hash.ts';
import { countDistinct } from './distinct-numbers.ts';
import type { RawProfile, TextFacts } from './raw-profile.ts';

const SHOWN_LEVELS = 20;
const SAMPLE = 500;

/** A column of levels: counts per level are exact. */
export function profileLevels(file: TableFile, column: Omit<StoredColumn, 'type'>, rows: number): RawProfile {
  const counts = new Float64Array(column.dictionary.length);
  let missing = 0;
  for (const block of column.blocks) {
    for (const code of decodeCodes(file.readBlock(block), block.rows).codes) {
      if (code < 0) missing += 1;
      else counts[code]! += 1;
    }
  }
  const facts = textFacts(rows - missing, column.dictionary.length);
  for (const [code, level] of column.dictionary.entries()) facts.add(level, counts[code]!);
  const distinct = column.dictionary.length;
  const texts = facts.end();
  return {
    type: isCategory(distinct, rows - missing, texts) ? 'category' : 'text',
    missing,
    nonFinite: null,
    distinct,
    distribution: mostFrequent(column.dictionary, counts),
    facts: texts,
  };
}

/** A column with too many levels for a dictionary. */
export function profileTexts(file: TableFile, column: Omit<StoredColumn, 'type'>): RawProfile {
  const distinct = countDistinct();
  let missing = 0;
  let rows = 0;
  const facts = textFacts(0, 0);
  for (const block of column.blocks) {
    const cells = decodeTexts(file.readBlock(block), block.rows);
    for (let row = 0; row < block.rows; row++) {
      rows += 1;
      if (isMissing(cells.bitmap, row)) missing += 1;
      else {
        const text = cells.text(row);
        distinct.add(hashNumber(text));
        facts.add(text, 1);
      }
    }
  }
  const texts = facts.end();
  return {
    type: 'text',
    missing,
    nonFinite: null,
    distinct: distinct.count(),
    distribution: { kind: 'none' },
    facts: { ...texts, unique: distinct.count() === rows - missing },
  };
}

/** Few enough levels to model: up to 50, or one for every five cells up to 1,000, each short. */
function isCategory(distinct: number, cells: number, facts: TextFacts): boolean {
  if (facts.meanLength > 40 || facts.meanWords > 6) return false;
  if (distinct <= 50) return distinct < cells || distinct <= 2;
  return distinct <= 1000 && distinct * 5 <= cells;
}

function mostFrequent(dictionary: string[], counts: Float64Array): Distribution {
  const order = dictionary.map((_, code) => code).sort((a, b) => counts[b]! - counts[a]! || a - b);
  const shown = order.slice(0, SHOWN_LEVELS);
  return {
    kind: 'levels',
    levels: shown.map((code) => ({ level: dictionary[code]!, count: counts[code]! })),
    other: order.slice(SHOWN_LEVELS).reduce((sum, code) => sum + counts[code]!, 0),
  };
}

/** Gathers how long the texts are, and the first of them for the search for identifiers. */
function textFacts(cells: number, distinct: number): { add(text: string, times: number): void; end(): TextFacts } {
  const sample: string[] = [];
  let times = 0;
  let length = 0;
  let words = 0;
  return {
    add(text, count) {
      if (sample.length < SAMPLE) sample.push(text);
      times += count;
      length += text.length * count;
      words += wordsIn(text) * count;
    },
    end: () => ({
      kind: 'texts',
      sample,
      meanLength: times === 0 ? 0 : length / times,
      meanWords: times === 0 ? 0 : words / times,
      unique: cells > 0 && distinct === cells,
    }),
  };
}

function wordsIn(text: string): number {
  let words = 1;
  for (let at = text.indexOf(' '); at !== -1; at = text.indexOf(' ', at + 1)) words += 1;
  return words;
}
