import type { StepRecord } from '../../../shared/model/step-record.ts';
import type { ImportedFile } from '../../store/imports/imported-run.ts';
import { SeriesBuilder } from '../series-builder.ts';
import type { SummaryMetadata } from './messages.ts';

/** What was read of a run so far, in the order of its files; reading can go on as they grow. */
export type RunState = {
  series: SeriesBuilder;
  records: StepRecord[];
  images: Map<StepRecord, ImportedFile[]>;
  params: Record<string, string | number | boolean>;
  /** Of the hparams plugin: null when no session said how it ended. */
  ended: 'finished' | 'failed' | null;
  firstTime: number;
  lastTime: number;
  /** A restart takes back points that were read before and are not here: all has to be read again. */
  takesBack: boolean;
  /** Highest step of what was read before; -Infinity when this is all. */
  stepBefore: number;
  highestStep: number;
  /** Reasons why something was left out, each once. */
  skipped: Set<string>;
  /** The first value of a tag says what it is, for all later ones. */
  metadata: Map<string, SummaryMetadata>;
  /** The names of tags by their bytes, one character each. */
  tags: Map<string, string>;
  fileVersion: number;
  newestStep: number;
};

export const startRun = (): RunState => ({
  series: new SeriesBuilder(),
  records: [],
  images: new Map(),
  params: {},
  ended: null,
  firstTime: Number.POSITIVE_INFINITY,
  lastTime: Number.NEGATIVE_INFINITY,
  takesBack: false,
  stepBefore: Number.NEGATIVE_INFINITY,
  highestStep: Number.NEGATIVE_INFINITY,
  skipped: new Set(),
  metadata: new Map(),
  tags: new Map(),
  fileVersion: 0,
  newestStep: Number.NEGATIVE_INFINITY,
});
