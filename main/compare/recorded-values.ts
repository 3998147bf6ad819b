import type { RunDetail } from '../../shared/model/run.ts';

export type Group = 'params' | 'data' | 'code' | 'environment' | 'hardware' | 'hidden';
/** Everything recorded about a run that can be set beside another's, as text by key; null where the run has none. */
export type RecordedValues = Record<Group, Map<string, string | null>>;

/**
 * The values by group. Hidden by rule is what differs between any two runs and explains nothing: ids, labels that people
 * write, times, and load (`system/…` series).
 */
export function recordedValues(run: RunDetail): RecordedValues {
  const { dataset, split, environment: env } = run;
  return {
    params: table({ recipe: run.recipe, seed: run.seed, ...run.params }),
    data: table({
      dataset: dataset === null ? null : `${dataset.name} v${dataset.version}`,
      'dataset hash': dataset?.hash.slice(0, 12),
      target: run.target,
      task: run.task,
      split: split === null ? null : describeSplit(split),
      'split hash': split?.hash.slice(0, 12),
    }),
    code: table({
      'app version': env?.appVersion,
      commit:
        env === null ? null : env.commit === null ? null : `${env.commit.slice(0, 8)}${env.dirty ? ' + changes' : ''}`,
      ...commandCode(run),
    }),
    environment: table({
      engine: run.engine,
      node: env?.node,
      os: env?.os,
      driver: env?.driver,
      ...env?.packages,
    }),
    hardware: table({
      device: run.device,
      cpu: env?.cpu,
      cores: env?.cores,
      'memory, MiB': env?.memoryMiB,
      gpu: env?.gpu,
    }),
    hidden: table({
      id: run.id,
      name: run.name,
      study: run.study,
      note: run.note === '' ? null : run.note,
      parent: run.parent,
      created: isoTime(run.createdAt),
      started: isoTime(run.startedAt),
      ended: isoTime(run.endedAt),
      duration: run.startedAt === null || run.endedAt === null ? null : `${(run.endedAt - run.startedAt) / 1000} s`,
      ...prefixed('tag ', run.tags),
      ...Object.fromEntries(Object.entries(run.metrics).filter(([key]) => key.startsWith('system/'))),
    }),
  };
}

function table(values: Record<string, string | number | boolean | null | undefined>): Map<string, string | null> {
  return new Map(Object.entries(values).map(([key, value]) => [key, value == null ? null : String(value)]));
}

function prefixed(prefix: string, values: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [prefix + key, value]));
}

function isoTime(time: number | null): string | null {
  return time === null ? null : new Date(time).toISOString();
}

/** What a command of one's own ran: the command line and its repository's state. */
function commandCode({ command, codeSnapshot }: RunDetail): Record<string, string | null> {
  if (command === null) return {};
  const git = codeSnapshot?.git ?? null;
  const changes = git !== null && git.changed + git.untracked > 0 ? ' + changes' : '';
  return {
    command: command.argv.join(' '),
    'own commit': git?.commit == null ? null : `${git.commit.slice(0, 8)}${changes}`,
    'own branch': git?.branch ?? null,
  };
}

function describeSplit(split: NonNullable<RunDetail['split']>): string {
  if (split.kind === 'folds') return `${split.folds} folds by ${split.unit === 'subjects' ? 'subject' : 'row'}`;
  const sizes = `${split.train}/${split.validation}/${split.test} ${split.unit}`;
  return split.kind === 'column' ? `${sizes}, by a column` : sizes;
}
