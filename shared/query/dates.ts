/** Milliseconds since 1970 from `from` (inclusive) to `to` (exclusive): a date covers its day, a minute its minute. */
export type TimeSpan = { from: number; to: number };

const pattern = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,3}))?)?(Z|[+-]\d{2}:\d{2})?)?$/;

/**
 * What an ISO 8601 date covers, at the precision it is written in; without a zone it is local time. Null when it is no date
 * (`2026-02-30` neither).
 */
export function dateSpan(text: string): TimeSpan | null {
  const match = pattern.exec(text);
  if (!match) return null;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map((part) => Number(part ?? 0));
  const fraction = match[7];
  const zone = match[8];
  const parts = [year!, month! - 1, day!, hour!, minute!, second!, Number((fraction ?? '').padEnd(3, '0'))] as const;
  if (month! < 1 || month! > 12 || day! < 1 || day! > daysInMonth(year!, month!)) return null;
  if (hour! > 23 || minute! > 59 || second! > 59) return null;
  if (match[4] === undefined)
    return { from: localTime(parts), to: localTime([year!, month! - 1, day! + 1, 0, 0, 0, 0]) };
  const width = fraction !== undefined ? 1 : match[6] !== undefined ? 1000 : 60_000;
  const from = zone === undefined ? localTime(parts) : zonedTime(parts, zone);
  return from === null ? null : { from, to: from + width };
}

type Parts = readonly [number, number, number, number, number, number, number];

/** Not by the Date constructor: it reads the years 0 to 99 as 1900 to 1999. */
function localTime([year, month, day, ...time]: Parts): number {
  const date = new Date(2000, 0, 1);
  date.setFullYear(year, month, day);
  date.setHours(...time);
  return date.getTime();
}

function zonedTime([year, month, day, ...time]: Parts, zone: string): number | null {
  const date = new Date(0);
  date.setUTCFullYear(year, month, day);
  date.setUTCHours(...time);
  if (zone === 'Z') return date.getTime();
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(4));
  if (hours > 23 || minutes > 59) return null;
  return date.getTime() - (zone[0] === '-' ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}

function daysInMonth(year: number, month: number): number {
  const date = new Date(0);
  date.setUTCFullYear(year, month, 0);
  return date.getUTCDate();
}
