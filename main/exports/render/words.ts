import { exportMetrics } from '../../../shared/model/export-dictionary.ts';
import type {
  ExportableRun,
  ReleasedCount,
  ReleasedMetric,
  ReleasedParam,
} from '../../../shared/model/exportable-run.ts';

const months = 'January February March April May June July August September October November December'.split(' ');

/** `2026-11-21` as `21 November 2026`. */
export function longDay(day: string): string {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  return `${date} ${months[month - 1]} ${year}`;
}

/** A number with a true minus sign and as many decimals as it was released with. */
export const fixed = (value: number, decimals: number): string => value.toFixed(decimals).replace('-', '−');

export const grouped = (count: number): string => String(count).replace(/\B(?=(\d{3})+$)/g, ',');

export const metricLabel = (key: ReleasedMetric['key']): string => exportMetrics[key].label;

/** A signed bound takes "to", so that a minus is not read as a dash. */
export function intervalText(low: number, high: number, decimals: number): string {
  const dash = low < 0 ? ' to ' : '–';
  return `[${fixed(low, decimals)}${dash}${high > 0 && low < 0 ? '+' : ''}${fixed(high, decimals)}]`;
}

export function paramText({ key, value }: ReleasedParam): string {
  const text = Array.isArray(value)
    ? value.join('-')
    : typeof value === 'boolean'
      ? value
        ? 'yes'
        : 'no'
      : String(value);
  return `${key.replaceAll('_', ' ')} ${text}`;
}

export const partText = {
  oof: 'out-of-fold predictions',
  test: 'the test part',
  validation: 'the validation part',
} as const;

export function durationText(minutes: number | null): string {
  if (minutes === null) return '–';
  if (minutes === 0) return 'under 1 min';
  return minutes < 120 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

export function systemText({ environment }: ExportableRun): string {
  const system = [environment.os, environment.osMajor].filter((part) => part !== null).join(' ');
  return [system, environment.node === null ? '' : `Node ${environment.node}`].filter(Boolean).join(', ') || '–';
}

export function hardwareText({ hardware }: ExportableRun): string {
  const { cpu, cores, memoryGiB, gpu, driver } = hardware;
  const parts = [
    cpu === null ? null : `${cpu}${cores === null ? '' : `, ${cores} cores`}`,
    memoryGiB === null ? null : `${memoryGiB} GiB`,
    gpu === null ? null : `${gpu}${driver === null ? '' : ` (driver ${driver})`}`,
  ];
  return parts.filter((part) => part !== null).join(', ') || '–';
}

export const isCount = (count: ReleasedCount | null): count is number => typeof count === 'number';
