import type { CopyWish } from './wish.ts';

/** On top of everything a local copy holds. */
export const internalMark =
  'INTERNAL: contains unchecked values. No disclosure rule was applied to anything in this folder. It stays on this machine.';

/** What lies where, for whoever opens the folder without Wardbook. */
export function readmeText({ artifact, format }: CopyWish): string {
  const series =
    format === 'csv'
      ? ['`metrics.csv`: `key,step,time,value`', '`predictions.csv`']
      : ['`metrics.parquet`: `key`, `step`, `time`, `value`', '`predictions.parquet`'];
  const layout =
    artifact !== null
      ? ['One file that a run has kept, as it is in the vault; `INTERNAL-` was put before its name.']
      : [
          '`runs/<id>/` holds one run each:',
          '',
          '- `run.json`: everything recorded about it: name, study, status, times (ms since 1970, UTC), params, tags, note, latest metrics, estimates with their intervals, dataset version, split, environment, and under `documents` what else was kept.',
          `- ${series[0]}. Every point of every series, exactly as recorded; \`time\` is ms since 1970, UTC. A step may come more than once.`,
          `- ${series[1]}: held-out predictions, where the run has any: part, row of the dataset version (from 1), subject, fold (from 1), truth, and a score per output.`,
          '- `log.txt`: what it printed, where it printed anything.',
          '- `artifacts/`: the files it kept, under their names.',
          '- `steps.jsonl`: histograms, precision-recall curves, texts and images by step, a line of JSON each, where the run has any.',
          '- `models/<id>/`: the models that a script logged: `model.json` with params, tags and metrics, and `artifacts/`.',
        ];
  return [
    `# ${internalMark}`,
    '',
    'A local copy for the use of the group that owns the data. What may leave the hospital is a report (`wardbook export`), which has passed the disclosure rules.',
    '',
    '## What is here',
    '',
    ...layout,
    '',
    '`copy.json` lists every file with its bytes and SHA-256.',
    '',
  ].join('\n');
}
