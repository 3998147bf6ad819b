import { z } from 'zod';

/** What a run holds of one step under one name, beside its series. */
export const stepRecordKinds = ['histogram', 'pr-curve', 'text', 'image'] as const;
export const stepRecordKind = z.enum(stepRecordKinds);
export type StepRecordKind = z.infer<typeof stepRecordKind>;

/** Counts between neighbouring `edges`, of which there is one more than of `counts`; the outermost may be infinite in a source and are then cut to the data. */
export type Histogram = { edges: number[]; counts: number[] };
/** By rising threshold. */
export type PrCurve = { thresholds: number[]; precision: number[]; recall: number[] };
/** Lines of a table, or one text. */
export type StepText = { shape: number[]; texts: string[] };
/** Names of artifacts of the run. */
export type StepImages = { paths: string[] };

export type StepRecordData = { histogram: Histogram; 'pr-curve': PrCurve; text: StepText; image: StepImages };
export type StepRecord = {
  [K in StepRecordKind]: { kind: K; key: string; step: number; time: number; data: StepRecordData[K] };
}[StepRecordKind];
