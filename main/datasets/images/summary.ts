import { type ImageSummary, imageFormat } from '../../../shared/model/dataset.ts';
import type { ImageRecord } from '../../store/images/layout.ts';

export function summaryOf(
  records: ImageRecord[],
  column: string,
  white: number,
  nearDuplicates: ImageSummary['nearDuplicates'],
): ImageSummary {
  const range = (of: (record: ImageRecord) => number): { min: number; max: number } =>
    records.reduce(({ min, max }, record) => ({ min: Math.min(min, of(record)), max: Math.max(max, of(record)) }), {
      min: Number.POSITIVE_INFINITY,
      max: 0,
    });
  return {
    column,
    bytes: records.reduce((sum, { bytes }) => sum + bytes, 0),
    formats: imageFormat.options
      .map((format) => ({ format, count: records.filter((record) => record.format === format).length }))
      .filter(({ count }) => count > 0),
    colour: records.filter(({ channels }) => channels === 3).length,
    width: range(({ width }) => width),
    height: range(({ height }) => height),
    bits: range(({ bits }) => bits),
    white,
    nearDuplicates,
  };
}
