import type { z } from 'zod';
import type { importsContract } from '../../shared/contract/imports.ts';
import type { StepRecord } from '../../shared/model/step-record.ts';
import { listStepRecords, readStepList, readStepRecords } from '../store/imports/step-records.ts';
import type { ReadableVault } from '../store/vault.ts';

type Input<K extends keyof typeof importsContract> = z.output<(typeof importsContract)[K]['input']>;

/** The part of the table of calls that reads what imported runs hold step by step. */
export const importOperations = {
  'imports.records': ({ db }: ReadableVault, { id }: Input<'imports.records'>) => listStepRecords(db, id),
  'imports.record': (
    { db }: ReadableVault,
    { id, kind, key, at }: Input<'imports.record'>,
  ): { steps: number[]; record: StepRecord | null } => ({
    steps: readStepList(db, id, kind, key).map(({ step }) => step),
    record: readStepRecords(db, id, kind, key, at, 1)[0] ?? null,
  }),
};
