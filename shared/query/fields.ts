import { runStatus } from '../model/run.ts';
import type { Field, PlainName } from './ast.ts';

/** What a field holds decides what it can be compared with; `any` is a param or a tag: text that may read as a number. */
export type FieldType = 'text' | 'number' | 'time' | 'duration' | 'any';

export const plainFields: Record<PlainName, { type: FieldType; hint: string }> = {
  id: { type: 'text', hint: '32 hex digits' },
  name: { type: 'text', hint: 'the name of the run' },
  study: { type: 'text', hint: 'the study it belongs to' },
  status: { type: 'text', hint: runStatus.options.join(', ') },
  started: { type: 'time', hint: 'a date, or -30d' },
  duration: { type: 'duration', hint: '90s, 5m, 2h; missing while it runs' },
  engine: { type: 'text', hint: 'tensorflow-gpu, webgpu, tensorflow, cpu' },
  recipe: { type: 'text', hint: 'logistic, mlp, …' },
  seed: { type: 'number', hint: 'a whole number' },
  note: { type: 'text', hint: 'free text' },
  'dataset.name': { type: 'text', hint: 'the dataset it was trained on' },
  'dataset.version': { type: 'number', hint: 'its version: 1, 2, …' },
  'dataset.hash': { type: 'text', hint: 'its content hash' },
};

export const keyedFields = {
  params: { type: 'any', hint: 'an input value of the run' },
  metrics: { type: 'number', hint: 'a metric; auc alone is the held-out one' },
  tags: { type: 'any', hint: 'a label' },
} as const satisfies Record<string, { type: FieldType; hint: string }>;

export const aggregates = ['last', 'min', 'max'] as const;

export function fieldType(field: Field): FieldType {
  if (field.name === 'params' || field.name === 'metrics' || field.name === 'tags') return keyedFields[field.name].type;
  return plainFields[field.name].type;
}

/** Where a metric is looked for, in this order: `auc` alone means the held-out one. */
export function metricCandidates(key: string): string[] {
  return key.includes('/') ? [key] : [`test/${key}`, `oof/${key}`, key];
}
