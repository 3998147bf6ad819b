import type { TrainingQueue } from '../../shared/contract/training.ts';
import { plain } from '../../shared/format.ts';
import type { RunSummary } from '../../shared/model/run.ts';
import { useCall } from '../query.ts';

/** What trains and what waits, in whichever process; kept up to date with the store. */
export function useQueue(enabled = true): TrainingQueue | undefined {
  return useCall('training.queue', {}, { enabled, placeholderData: (old) => old }).data;
}

/** `next`, `2nd in line`, `11th in line`. */
export function placeWords(place: number): string {
  if (place <= 1) return 'next';
  const last = place % 10;
  const teen = Math.floor(place / 10) % 10 === 1;
  const ending = teen ? 'th' : ((['th', 'st', 'nd', 'rd'] as const)[last] ?? 'th');
  return `${place}${ending} in line`;
}

/** `12 epochs/s`, `3.4 trees/min`; empty when the recipe tells none. */
export function rateWords(progress: RunSummary['progress']): string {
  const rate = progress?.rate;
  if (!rate || !(rate.value > 0)) return '';
  const perSecond = rate.value >= 0.5;
  const value = perSecond ? rate.value : rate.value * 60;
  return `${plain(Number(value.toPrecision(2)))} ${rate.unit}/${perSecond ? 's' : 'min'}`;
}
