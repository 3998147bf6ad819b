/** How a column writes its dates. `iso` also takes a time of day; the others take the date alone. */
export type DateForm = 'iso' | 'day-first' | 'month-first';

const iso =
  /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,3})\d*)?)?(Z|[+-]\d{2}:?\d{2})?)?$/;
const parted = /^(\d{1,2})[./-](\d{1,2})[./-](\d{4})$/;

/** Milliseconds since 1970 (a time without zone is read as UTC), or undefined when the cell is no date of that form. */
export function readDate(cell: string, form: DateForm): number | undefined {
  if (form === 'iso') return readIso(cell);
  const match = parted.exec(cell);
  if (match === null) return undefined;
  const [first, second, year] = [Number(match[1]), Number(match[2]), Number(match[3])];
  return form === 'day-first' ? utc(year, second, first) : utc(year, first, second);
}

/**
 * The form that all of some cells have. `01.02.2020` alone could be two dates: with points it is day first, with slashes or
 * dashes some cell must settle it (a day above 12), otherwise the answer is null and the column stays text.
 */
export function dateForm(cells: string[]): DateForm | null {
  if (cells.length === 0) return null;
  if (cells.every((cell) => readIso(cell) !== undefined)) return 'iso';
  const matches = cells.map((cell) => parted.exec(cell));
  if (matches.some((match) => match === null)) return null;
  const dayFirst = cells.every((cell) => readDate(cell, 'day-first') !== undefined);
  const monthFirst = cells.every((cell) => readDate(cell, 'month-first') !== undefined);
  if (dayFirst && monthFirst) return cells.every((cell) => cell.includes('.')) ? 'day-first' : null;
  if (dayFirst) return 'day-first';
  return monthFirst ? 'month-first' : null;
}

function readIso(cell: string): number | undefined {
  const match = iso.exec(cell);
  if (match === null) return undefined;
  const day = utc(Number(match[1]), Number(match[2]), Number(match[3]));
  if (day === undefined) return undefined;
  const [hour, minute, second] = [Number(match[4] ?? 0), Number(match[5] ?? 0), Number(match[6] ?? 0)];
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  const zone = match[8];
  const offset = zone === undefined || zone === 'Z' ? 0 : zoneMinutes(zone);
  return day + ((hour * 60 + minute - offset) * 60 + second) * 1000 + Number((match[7] ?? '0').padEnd(3, '0'));
}

function zoneMinutes(zone: string): number {
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  return zone.startsWith('-') ? -minutes : minutes;
}

/** Undefined for a day that does not exist, such as 30 February. */
function utc(year: number, month: number, day: number): number | undefined {
  const time = Date.UTC(year, month - 1, day);
  const date = new Date(time);
  return date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
    ? time
    : undefined;
}
