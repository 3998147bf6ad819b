import { z } from 'zod';
import { errorCodes } from '../../shared/errors.ts';
import { datasetVersion } from '../../shared/model/dataset.ts';
import { estimate } from '../../shared/model/estimate.ts';
import { evaluationPart } from '../../shared/model/evaluation.ts';
import { artifact, engineId, runBadge, runId, splitSummary, task } from '../../shared/model/run.ts';
import { trainSpec } from '../../shared/model/train-spec.ts';
import { addableId } from './engines/added/manifest.ts';
import { foundDevice } from './engines/found.ts';

/** What the supervisor tells a trainer. Both sides parse every message: a broken one ends the trainer, not the app. */
export const toTrainer = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('begin'),
    runId,
    vaultDir: z.string(),
    version: datasetVersion.extend({ blob: z.string() }),
    /** Params complete and checked. */
    spec: trainSpec,
    engine: engineId,
    /** Threads that it was given. */
    cores: z.int().positive(),
  }),
  /** Applies the model of `applied` to `version`; answers as a run does. `spec` is that of the run that trained it. */
  z.strictObject({
    type: z.literal('evaluate'),
    runId,
    vaultDir: z.string(),
    version: datasetVersion.extend({ blob: z.string() }),
    spec: trainSpec,
    engine: engineId,
    cores: z.int().positive(),
    applied: z.strictObject({ run: runId, spec: trainSpec, version: datasetVersion.extend({ blob: z.string() }) }),
    features: z.array(z.string()),
    classes: z.array(z.string()),
    thresholdRule: z.string().nullable(),
  }),
  z.strictObject({ type: z.literal('stop') }),
  /** Answers with `probed`: on what device an engine would compute here. */
  z.strictObject({ type: z.literal('probe'), engine: engineId }),
  /** Answers with `checked`: which kernels of the engine in a folder do not agree with plain JavaScript. */
  z.strictObject({ type: z.literal('check-engine'), id: addableId, folder: z.string() }),
]);
export type ToTrainer = z.infer<typeof toTrainer>;

const point = z.strictObject({
  key: z.string(),
  step: z.int().nonnegative(),
  value: z.union([z.number(), z.nan(), z.literal(Infinity), z.literal(-Infinity)]),
  time: z.number(),
});

const predictions = z.strictObject({
  part: evaluationPart,
  rows: z.int(),
  classes: z.int(),
  row: z.instanceof(Int32Array<ArrayBufferLike>),
  truth: z.instanceof(Float64Array<ArrayBufferLike>),
  scores: z.instanceof(Float64Array<ArrayBufferLike>),
  subject: z.instanceof(Int32Array<ArrayBufferLike>).nullable(),
  fold: z.instanceof(Int16Array<ArrayBufferLike>).nullable(),
});

const result = z.strictObject({
  estimates: z.record(z.string(), estimate),
  predictions: z.array(predictions),
  documents: z.record(z.string(), z.unknown()),
  artifacts: z.array(artifact),
  badges: z.array(runBadge),
});

/** What a trainer tells the supervisor. */
export const fromTrainer = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('started'),
    task,
    features: z.array(z.string()),
    classes: z.array(z.string()),
    split: splitSummary,
  }),
  z.strictObject({ type: z.literal('points'), points: z.array(point) }),
  z.strictObject({ type: z.literal('log'), text: z.string() }),
  z.strictObject({
    type: z.literal('progress'),
    done: z.number().min(0).max(1),
    leftMs: z.number().nullable(),
    rate: z.strictObject({ value: z.number(), unit: z.string() }).nullable(),
  }),
  z.strictObject({ type: z.literal('finished'), result }),
  z.strictObject({ type: z.literal('stopped') }),
  z.strictObject({
    type: z.literal('failed'),
    failure: z.strictObject({ code: z.enum(errorCodes), message: z.string(), hint: z.string().optional() }),
  }),
  z.strictObject({ type: z.literal('checked'), kernels: z.int(), failures: z.array(z.string()) }),
  z.strictObject({ type: z.literal('probed'), found: foundDevice.nullable(), reason: z.string() }),
]);
export type FromTrainer = z.infer<typeof fromTrainer>;
