import { wordsOf } from './column-names.ts';
import type { RawProfile } from './raw-profile.ts';

/**
 * Why a column looks as if it could name a person, or null. Names of columns decide first, then what the cells look like;
 * a column found here is never offered as a feature.
 */
export function identifierReason(name: string, profile: RawProfile, rows: number): string | null {
  const words = wordsOf(name);
  const named = byName.find(({ form }) => form.test(words));
  if (named !== undefined && (named.texts !== true || profile.facts.kind === 'texts')) return named.reason;
  return profile.facts.kind === 'texts' ? textReason(profile, rows) : numericReason(profile, rows);
}

const byName: { form: RegExp; reason: string; texts?: true }[] = [
  {
    form: /^(?:(?:first|last|sur|fore|family|given|middle|maiden|full|patient|pat|vor|nach)_?)?names?$/,
    reason: 'looks like names of persons',
    texts: true,
  },
  {
    form: /(?:^|_)(?:mrn|medical_record(?:_?(?:no|nr|num|number|id))?|hospital_(?:no|nr|number)|nhs(?:_?(?:no|number))?)$/,
    reason: 'looks like medical record numbers',
  },
  {
    form: /(?:^|_)(?:ssn|social_security(?:_?(?:no|number))?|national_id|insurance_(?:no|nr|number|id)|passport(?:_?(?:no|number))?|health_card(?:_?(?:no|number))?)$/,
    reason: 'looks like national or insurance numbers',
  },
  {
    form: /(?:^|_)(?:accession|encounter|visit|admission|hadm|stay|case|order|specimen|sample)_?(?:id|no|nr|num|number)$/,
    reason: 'looks like case numbers',
  },
  {
    form: /(?:^|_)(?:dob|birth_?da(?:te|y)|date_of_birth|birth_dt|geburtsdatum)(?:_|$)/,
    reason: 'looks like dates of birth',
  },
  {
    form: /(?:^|_)(?:tele?phone|phone|tel|mobile|cell_?phone|fax)(?:_?(?:no|nr|num|number))?$/,
    reason: 'looks like phone numbers',
  },
  { form: /(?:^|_)e_?mail(?:_address)?$/, reason: 'looks like e-mail addresses' },
  { form: /(?:^|_)(?:address|street|zip|zip_?code|post_?code|postal_code|plz)$/, reason: 'looks like addresses' },
  {
    form: /(?:^|_)(?:uuid|guid|device_id|serial_?(?:no|number)|licen[cs]e_(?:no|number|plate)|ip_address|url)$/,
    reason: 'looks like identifiers of devices or accounts',
  },
];

type Pattern = { form: RegExp; reason: string; share: number; manyOnly?: true };

const byCells: Pattern[] = [
  { form: /^[^\s@]+@[^\s@]+\.[^\s@]+$/, reason: 'looks like e-mail addresses', share: 0.5 },
  { form: /^\d{3}-\d{2}-\d{4}$/, reason: 'looks like national or insurance numbers', share: 0.8 },
  {
    form: /^(?=(?:\D*\d){7,15}\D*$)(?:\+\d[\d ()./-]*|\(?0\d+\)?[ /-][\d -]+|\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4})$/,
    reason: 'looks like phone numbers',
    share: 0.8,
  },
  { form: /^\p{Lu}[\p{L}'’-]+, \p{Lu}[\p{L}'’. -]*$/u, reason: 'looks like names of persons', share: 0.8 },
  { form: /^[A-Za-z]{0,8}[-_ ]?\d{5,}[A-Za-z]?$/, reason: 'looks like record numbers', share: 0.8, manyOnly: true },
  { form: /[\\/][^\\/]+\.[A-Za-z0-9]{2,5}$/, reason: 'names files', share: 0.8, manyOnly: true },
];

function textReason(profile: RawProfile, rows: number): string | null {
  if (profile.facts.kind !== 'texts' || profile.facts.sample.length === 0) return null;
  const { sample, meanWords } = profile.facts;
  const many = profile.distinct * 2 >= rows - profile.missing;
  const found = byCells.find(
    ({ form, share, manyOnly }) =>
      (manyOnly !== true || many) && sample.filter((cell) => form.test(cell)).length >= share * sample.length,
  );
  if (found !== undefined) return found.reason;
  const cells = rows - profile.missing;
  const nearlyAll = cells >= 20 && profile.distinct >= 0.95 * Math.min(cells, 100_000);
  return nearlyAll && meanWords < 1.5 ? 'differs in nearly every row, as an identifier does' : null;
}

const YEAR = 365.25 * 86_400_000;

function numericReason(profile: RawProfile, rows: number): string | null {
  if (profile.facts.kind !== 'numeric') return null;
  const { min, max, running } = profile.facts;
  if (profile.type === 'date') {
    // Treatment dates span a study; dates of birth span generations and end long before it.
    return max - min > 30 * YEAR && min < Date.UTC(1975, 0) ? 'looks like dates of birth' : null;
  }
  if (running && rows >= 10) return 'is a running number';
  const cells = rows - profile.missing;
  const record =
    profile.type === 'integer' && cells >= 50 && profile.distinct === Math.min(cells, 100_000) && min >= 1_000_000;
  return record && String(min).length === String(max).length ? 'looks like record numbers' : null;
}
