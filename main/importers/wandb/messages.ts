import { defineMessages } from '../protobuf/schema.ts';

/** The parts of W&B's records that are read. */
const messages = defineMessages('wandb', {
  Record: {
    history: [2, 'History'],
    summary: [3, 'Update'],
    config: [5, 'Update'],
    stats: [7, 'Stats'],
    output_raw: [13, 'OutputRaw'],
    run: [17, 'Run'],
    exit: [18, 'Exit'],
  },
  Item: { key: [1, 'string'], nested_key: [2, 'string[]'], value_json: [16, 'string'] },
  History: { item: [1, 'Item[]'], step: [2, 'Step'] },
  Step: { num: [1, 'int64'] },
  Update: { update: [1, 'Item[]'], remove: [2, 'Item[]'] },
  Stats: { timestamp: [2, 'Timestamp'], item: [3, 'StatsItem[]'] },
  StatsItem: { key: [1, 'string'], value_json: [16, 'string'] },
  Timestamp: { seconds: [1, 'int64'], nanos: [2, 'int32'] },
  OutputRaw: { line: [3, 'string'] },
  Run: {
    run_id: [1, 'string'],
    project: [3, 'string'],
    config: [4, 'Update'],
    run_group: [6, 'string'],
    job_type: [7, 'string'],
    display_name: [8, 'string'],
    notes: [9, 'string'],
    tags: [10, 'string[]'],
    start_time: [17, 'Timestamp'],
    git: [21, 'Git'],
  },
  Git: { remote_url: [1, 'string'], commit: [2, 'string'] },
  Exit: { exit_code: [1, 'int32'] },
});

export type WandbItem = { key?: string; nested_key?: string[]; value_json?: string };
type Timestamp = { seconds?: bigint; nanos?: number };
export type WandbUpdate = { update?: WandbItem[]; remove?: WandbItem[] };
export type WandbRun = {
  run_id?: string;
  project?: string;
  config?: WandbUpdate;
  run_group?: string;
  job_type?: string;
  display_name?: string;
  notes?: string;
  tags?: string[];
  start_time?: Timestamp;
  git?: { remote_url?: string; commit?: string };
};
export type WandbRecord = {
  history?: { item?: WandbItem[]; step?: { num?: bigint } };
  summary?: WandbUpdate;
  config?: WandbUpdate;
  stats?: { timestamp?: Timestamp; item?: WandbItem[] };
  output_raw?: { line?: string };
  run?: WandbRun;
  exit?: { exit_code?: number };
};

/** Throws when the bytes are no record. */
export const decodeRecord = (bytes: Uint8Array): WandbRecord => messages.decode('Record', bytes);

/** As ms since 1970; null for what is no time that a run could have. */
export function timeOf(time: Timestamp | undefined): number | null {
  if (time === undefined) return null;
  const ms = Math.round(Number(time.seconds ?? 0n) * 1000 + (time.nanos ?? 0) / 1e6);
  return Number.isSafeInteger(ms) ? ms : null;
}
