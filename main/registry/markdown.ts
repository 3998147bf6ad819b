import {
  columnDecimals,
  count,
  fixed,
  interval,
  intervalDecimals,
  MISSING,
  plain,
  plural,
  pValue,
} from '../../shared/format.ts';
import type { Estimate } from '../../shared/model/estimate.ts';
import type { CardGroups, CardResult, ModelCard } from '../../shared/model/registry.ts';

/** Stands on top of everything that is copied out of the vault without having passed the gate. */
export const internalMark =
  'INTERNAL. A copy for use within the group: it contains unchecked values, has passed no disclosure check and is no report.';

/** A model card as Markdown. What people typed is escaped, so that it stays text. */
export function cardMarkdown(card: ModelCard): string {
  const parts = [
    `# ${inline(card.model)} v${card.version}`,
    `**${internalMark}**`,
    stageLines(card),
    section('Purpose', card.text.purpose),
    section('Not for', card.text.notFor),
    training(card),
    data(card),
    results(card),
    groups(card),
    limits(card),
    section('Contact', card.text.contact),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function stageLines({ stage, approval, description, hash, files, bytes }: ModelCard): string {
  const approved =
    approval === null ? '' : `, by ${inline(approval.by)} on ${day(approval.at)}: ${inline(approval.reason)}`;
  const content =
    hash === null ? 'no files' : `\`${hash}\` (SHA-256 over ${plural(files, 'file')}, ${count(bytes)} bytes)`;
  return [
    ...(description === '' ? [] : [text(description), '']),
    `- Stage: ${stage}${approved}`,
    `- Content: ${content}`,
  ].join('\n');
}

function training({ training }: ModelCard): string {
  if (training === null) return section('Training', 'It belongs to no run.');
  const { recipe, task, engine, device, seed, appVersion, commit, dirty, params, run, name, study, at } = training;
  const lines = [
    `- Run: ${inline(name)} (\`${run}\`) in the study ${inline(study)}${at === null ? '' : `, ${day(at)}`}`,
    `- Made by: ${recipe === null ? 'a command' : `the recipe ${recipe}`}${task === null ? '' : `, ${task}`}`,
    ...(engine === null ? [] : [`- Engine: ${engine}${device === null ? '' : ` on ${inline(device)}`}`]),
    ...(seed === null ? [] : [`- Seed: ${seed}`]),
    ...(appVersion === null
      ? []
      : [
          `- Wardbook ${appVersion}${commit === null ? '' : `, commit \`${commit.slice(0, 12)}\`${dirty ? ' with changes' : ''}`}`,
        ]),
  ];
  const rows = Object.entries(params).map(([key, value]) => [inline(key), inline(String(value))]);
  return ['## Training', lines.join('\n'), ...(rows.length === 0 ? [] : [table(['Param', 'Value'], rows)])].join(
    '\n\n',
  );
}

function data({ data }: ModelCard): string {
  if (data === null) return section('Data', 'No dataset of the vault is recorded for its run.');
  const { dataset, kind, rows, subjects, target, features, split } = data;
  const lines = [
    `- Dataset: ${inline(dataset.name)} v${dataset.version}, content \`${dataset.hash}\``,
    `- ${plural(rows, kind === 'images' ? 'image' : 'row')} of ${subjects === null ? 'an unknown number of persons' : plural(subjects, 'person')}`,
    ...(target === null ? [] : [`- Target: ${inline(target)}`]),
    ...(features.length === 0 ? [] : [`- ${plural(features.length, 'feature')}: ${features.map(inline).join(', ')}`]),
    ...(split === null
      ? []
      : [
          split.folds === null
            ? `- Split: ${count(split.train)} / ${count(split.validation)} / ${count(split.test)} ${split.unit} (train / validation / test)`
            : `- Split: ${split.folds} folds over ${count(split.test)} ${split.unit}`,
          `- Persons on both sides: ${split.unit === 'subjects' ? count(split.subjectsOverlap) : 'not known'}`,
        ]),
  ];
  return ['## Data', lines.join('\n')].join('\n\n');
}

function results({ results: all, logged }: ModelCard): string {
  if (all.length === 0 && logged.length === 0) return section('Results', 'No result on held-out data is recorded.');
  const tables = all.map((result) => `### ${titleOf(result)}\n\n${estimatesTable(result)}`);
  const own =
    logged.length === 0
      ? []
      : [
          '### As logged by the script\n\nWithout intervals; the split was not made or checked by Wardbook.\n\n' +
            table(
              ['Metric', 'Value'],
              logged.map(({ key, value }) => [inline(key), plain(value)]),
            ),
        ];
  return ['## Results', 'Intervals are 95 %.', ...tables, ...own].join('\n\n');
}

function titleOf({ kind, dataset, seen }: CardResult): string {
  if (kind === 'test') return 'Test part';
  if (kind === 'oof') return 'Out of fold';
  const left = seen === null || seen === 0 ? '' : `, without ${plural(seen, 'person')} seen in training`;
  return `Other data: ${dataset === null ? 'not in this vault' : `${inline(dataset.name)} v${dataset.version}`}${left}`;
}

const estimatesTable = ({ estimates }: CardResult): string =>
  table(
    ['Metric', 'Value', 'Interval', 'Method', 'Rows', 'Persons'],
    estimates.map(({ key, estimate }) => [
      key,
      ...valueCells(estimate, decimalsOf(estimate)),
      inline(estimate.method),
      count(estimate.rows),
      estimate.subjects === null ? MISSING : count(estimate.subjects),
    ]),
  );

function groups({ groups: all }: ModelCard): string {
  if (all.length === 0) return '';
  return ['## By group', ...all.map((one) => `### ${inline(one.column)}\n\n${groupTable(one)}`)].join('\n\n');
}

function groupTable({ metric, groups: rows, p }: CardGroups): string {
  const decimals = columnDecimals(rows.flatMap(({ estimate }) => estimate ?? []));
  const lines = rows.map(({ label, rows: n, subjects, tooFew, estimate }) => [
    inline(label),
    count(n),
    subjects === null ? MISSING : count(subjects),
    ...(tooFew ? ['too few', MISSING] : valueCells(estimate, decimals)),
  ]);
  const test = p === null ? '' : `\n\nThe same ${metric} in all groups: ${pValue(p)}.`;
  return table(['Group', 'Rows', 'Persons', metric, 'Interval'], lines) + test;
}

function limits({ limits: drafted, text: written }: ModelCard): string {
  const lines = drafted.map((sentence) => `- ${inline(sentence)}`).join('\n');
  return ['## Limits', ...(written.limits === '' ? [] : [text(written.limits)]), ...(lines === '' ? [] : [lines])].join(
    '\n\n',
  );
}

const decimalsOf = ({ low, high }: Estimate): number =>
  low === null || high === null ? 3 : (intervalDecimals(low, high) ?? 3);

function valueCells(estimate: Estimate | null, decimals: number): [string, string] {
  if (estimate === null || estimate.value === null) return [MISSING, MISSING];
  const { value, low, high } = estimate;
  return [fixed(value, decimals), low === null || high === null ? MISSING : interval(low, high, decimals).slice(1, -1)];
}

const section = (title: string, body: string): string => (body === '' ? '' : `## ${title}\n\n${text(body)}`);

const table = (heads: string[], rows: string[][]): string =>
  [heads, heads.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');

/** Paragraphs as a person typed them, each line escaped. */
const text = (typed: string): string => typed.trim().split(/\r?\n/).map(inline).join('\n');

/** One line of text in which nothing is markup. */
const inline = (typed: string): string =>
  typed.replaceAll(/[\r\n]+/g, ' ').replaceAll(/[\\`*_[\]<>|#~]/g, (sign) => (sign === '<' ? '&lt;' : `\\${sign}`));

const day = (time: number): string => new Date(time).toISOString().slice(0, 10);
