import type { DatasetWarning, ImageSummary, SkippedFile } from '../../../shared/model/dataset.ts';
import type { DicomFacts } from '../../store/images/decode/decoded.ts';

export type ImageFacts = {
  bits: number;
  stored: 'plain' | 'CMYK' | 'palette' | 'alpha';
  burnedInText: DicomFacts['burnedInText'];
};

/** What a person should know about the images of a version; counts, never names. */
export function imageWarnings(facts: ImageFacts[], summary: ImageSummary, skipped: SkippedFile[]): DatasetWarning[] {
  const found = [skippedWarning(skipped), convertedWarning(facts, summary), textWarning(facts), sameWarning(summary)];
  return found.filter((warning) => warning !== null);
}

const words: Record<SkippedFile['code'], string> = {
  FILE_MISSING: 'named in the labels table but not there',
  FILE_EMPTY: 'empty',
  FILE_UNREADABLE: 'not to be opened',
  NOT_AN_IMAGE: 'no image',
  IMAGE_TRUNCATED: 'cut off',
  IMAGE_DAMAGED: 'damaged',
  IMAGE_UNSUPPORTED: 'of a kind that is not read',
  IMAGE_TOO_LARGE: 'too large',
  IMAGE_TOO_SLOW: 'too slow to decode',
  MULTI_FRAME: 'with several frames',
  LABEL_MISSING: 'without a label',
  LABEL_REPEATED: 'labelled more than once, alike',
  LABELS_CONFLICT: 'with labels that differ',
};

export function skippedWarning(skipped: SkippedFile[]): DatasetWarning | null {
  if (skipped.length === 0) return null;
  const counts = new Map<SkippedFile['code'], number>();
  for (const { code } of skipped) counts.set(code, (counts.get(code) ?? 0) + 1);
  const each = [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([code, count]) => `${count.toLocaleString('en')} ${words[code]}`);
  return {
    code: 'FILES_SKIPPED',
    message: `Left out or set right, each named in the list of this version: ${each.join(', ')}.`,
  };
}

function convertedWarning(facts: ImageFacts[], { white }: ImageSummary): DatasetWarning | null {
  const count = (of: (one: ImageFacts) => boolean): number => facts.filter(of).length;
  const deep = count(({ bits }) => bits > 8);
  const ink = count(({ stored }) => stored === 'CMYK');
  const clear = count(({ stored }) => stored === 'alpha');
  const each = [
    deep === 0
      ? null
      : `${images(deep)} ${deep === 1 ? 'holds' : 'hold'} more than 8 bits per sample${white > 255 ? ` (${white} and above is shown as white)` : ''}`,
    ink === 0
      ? null
      : `${images(ink)} ${ink === 1 ? 'is' : 'are'} in CMYK and ${ink === 1 ? 'was' : 'were'} turned into red, green and blue`,
    clear === 0 ? null : `${images(clear)} ${clear === 1 ? 'has' : 'have'} transparent parts, which count as black`,
  ].filter((one) => one !== null);
  return each.length === 0
    ? null
    : { code: 'IMAGES_CONVERTED', message: `${each.join('; ')}. The originals are kept as they are.` };
}

function textWarning(facts: ImageFacts[]): DatasetWarning | null {
  const said = facts.filter(({ burnedInText }) => burnedInText === 'yes').length;
  const unsaid = facts.filter(({ burnedInText }) => burnedInText === 'unsaid').length;
  const each = [
    said === 0 ? null : `${images(said)} ${said === 1 ? 'says' : 'say'} that text is burned into the picture`,
    unsaid === 0
      ? null
      : `${images(unsaid)} of a kind that often shows text (screen captures, ultrasound) may hold burned-in text`,
  ].filter((one) => one !== null);
  if (each.length === 0) return null;
  return {
    code: 'BURNED_IN_TEXT',
    message: `${each.join('; ')}: names or dates in a picture identify persons, and a model may learn them.`,
  };
}

function sameWarning({ nearDuplicates }: ImageSummary): DatasetWarning | null {
  const { pairs, ofTwoPersons } = nearDuplicates;
  if (pairs === 0) return null;
  const whose =
    ofTwoPersons === null || ofTwoPersons === 0
      ? ''
      : `, ${ofTwoPersons.toLocaleString('en')} of them of different persons`;
  return {
    code: 'NEAR_DUPLICATE_IMAGES',
    message: `${pairs.toLocaleString('en')} ${pairs === 1 ? 'pair of images looks' : 'pairs of images look'} the same${whose}: on two sides of a split they would make a test too good.`,
  };
}

const images = (count: number): string => `${count.toLocaleString('en')} ${count === 1 ? 'image' : 'images'}`;
