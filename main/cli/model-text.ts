import { bytes, MISSING, plural } from '../../shared/format.ts';
import type {
  ApprovalCheck,
  Lineage,
  ModelSummary,
  ModelVersion,
  RegisteredModel,
  StageMove,
} from '../../shared/model/registry.ts';
import { estimateText } from './estimate-text.ts';
import { isoTime } from './json-run.ts';
import { textTable } from './text-table.ts';

export function listText(models: ModelSummary[]): string {
  if (models.length === 0) return 'There is no model yet. Register one: wardbook model register RUN --name M';
  return textTable(
    ['model', 'versions', 'newest', 'approved', 'held out', 'changed'],
    models.map(({ name, versions, newest, approved, updatedAt }) => [
      name,
      String(versions),
      newest === null ? MISSING : `v${newest.version} ${newest.stage}`,
      approved === null ? MISSING : `v${approved.version}`,
      mainText((approved ?? newest)?.main ?? null),
      isoTime(updatedAt),
    ]),
  );
}

export function modelText(model: RegisteredModel): string {
  const { name, description, versions, tags } = model;
  const table = textTable(
    ['version', 'stage', 'held out', 'run', 'dataset', 'aliases'],
    versions.map((one) => [
      `v${one.version}`,
      one.stage,
      mainText(one.main),
      runText(one),
      one.dataset === null ? MISSING : `${one.dataset.name}@v${one.dataset.version}`,
      one.aliases.join(', ') || MISSING,
    ]),
  );
  return [name, description, tagText(tags), versions.length === 0 ? 'It has no version.' : table]
    .filter((line) => line !== '')
    .join('\n');
}

export function versionText(version: ModelVersion, approval: ApprovalCheck, lineage: Lineage): string {
  const { model, stage, description, hash, files, source, state, tags, aliases } = version;
  const states = { intact: '', changed: ', others than were registered', 'no-files': '' };
  const lines = [
    `${model}@v${version.version}  ${stage}${aliases.length === 0 ? '' : `  (${aliases.join(', ')})`}`,
    description,
    tagText(tags),
    `run       ${runText(version)}`,
    `held out  ${mainText(version.main)}`,
    `files     ${hash === null ? 'none' : `${plural(files, 'file')}, ${bytes(version.bytes)}${states[state]}`}`,
    ...(hash === null ? [] : [`content   ${hash}`]),
    `source    ${source}`,
    'moves',
    ...version.moves.map((move) => `  ${moveText(move)}`),
    'lineage',
    ...lineageLines(lineage),
  ];
  const check =
    approval.blockers.length > 0
      ? approval.blockers.map(({ code, message, next }) => `cannot be approved (${code}): ${message} ${next}`)
      : stage === 'approved'
        ? []
        : ['nothing stands in the way of approving it'];
  const cautions = approval.cautions.map(({ message }) => `read first: ${message}`);
  return [...lines, ...check, ...cautions].filter((line) => line !== '').join('\n');
}

function lineageLines({ nodes, edges }: Lineage): string[] {
  const label = (id: string) => nodes.find((node) => node.id === id)!.label;
  return edges.map(({ from, to, what }) => `  ${label(from)} → ${label(to)} (${what})`);
}

const moveText = ({ at, by, via, from, to, reason }: StageMove): string =>
  `${isoTime(at)}  ${from === null ? to : `${from} → ${to}`}  ${by}, ${via}: ${reason}`;

const runText = ({ run }: Pick<ModelVersion, 'run'>): string =>
  run === null ? MISSING : `${run.id.slice(0, 8)} ${run.name}${run.binned ? ' (in the bin)' : ''}`;

const tagText = (tags: Record<string, string>): string =>
  Object.entries(tags)
    .map(([key, value]) => `${key}=${value}`)
    .join('  ');

const mainText = (main: ModelVersion['main']): string =>
  main === null ? MISSING : `${main.key} ${estimateText(main.estimate)}`;

export const listJson = ({ createdAt, updatedAt, newest, approved, ...rest }: ModelSummary) => ({
  ...rest,
  newest: newest === null ? null : { ...newest, updatedAt: isoTime(newest.updatedAt) },
  approved: approved === null ? null : { ...approved, updatedAt: isoTime(approved.updatedAt) },
  createdAt: isoTime(createdAt),
  updatedAt: isoTime(updatedAt),
});

export const modelJson = ({ createdAt, updatedAt, versions, ...rest }: RegisteredModel) => ({
  ...rest,
  createdAt: isoTime(createdAt),
  updatedAt: isoTime(updatedAt),
  versions: versions.map(versionJson),
});

export const versionJson = ({ createdAt, updatedAt, moves, ...rest }: ModelVersion) => ({
  ...rest,
  createdAt: isoTime(createdAt),
  updatedAt: isoTime(updatedAt),
  moves: moves.map(({ at, ...move }) => ({ at: isoTime(at), ...move })),
});
