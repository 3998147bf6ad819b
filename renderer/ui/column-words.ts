import type { ColumnRole, ColumnType } from '../../shared/model/dataset.ts';

/** Roles and types as a doctor reads them. */
export const roleWords: Record<ColumnRole, string> = {
  subject: 'subject',
  site: 'site',
  time: 'time',
  event: 'event',
  target: 'target',
  feature: 'feature',
  identifier: 'identifier',
  'free-text': 'free text',
  split: 'split',
  ignored: 'ignored',
};

export const typeWords: Record<ColumnType, string> = {
  number: 'number',
  integer: 'integer',
  category: 'category',
  boolean: 'yes / no',
  date: 'date',
  text: 'text',
  image: 'image',
};
