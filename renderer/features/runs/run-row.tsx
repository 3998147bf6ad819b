import { Fragment, memo } from 'react';
import { Link } from 'wouter';
import { plural, spreadDecimals } from '../../../shared/format.ts';
import type { RunSummary } from '../../../shared/model/run.ts';
import { Checkbox } from '../../ui/choice.tsx';
import { Icon } from '../../ui/icon.tsx';
import { to } from '../../ui/navigation.ts';
import { Replicates } from '../../ui/number.tsx';
import { Swatch } from '../../ui/run-colour.tsx';
import type { CellContext, RunColumn } from './columns.tsx';
import type { Row } from './rows.ts';

type RunRowProps = {
  index: number;
  run: RunSummary;
  /** Belongs to the opened group above it. */
  child: boolean;
  remark: string | undefined;
  columns: RunColumn[];
  current: boolean;
  decimals: CellContext['decimals'];
  series: CellContext['series'];
  slot: CellContext['slot'];
  now: number;
  renaming: boolean;
  onCursor: (index: number) => void;
  onToggle: (index: number, range: boolean) => void;
  onRenamed: (run: RunSummary, name: string | null) => void;
};

function className(...parts: (string | false)[]): string | undefined {
  return parts.filter(Boolean).join(' ') || undefined;
}

/** One run. Drawn again only when something of its own has changed: others may train beside it. */
export const RunRow = memo(function RunRow(props: RunRowProps) {
  const { index, run, child, remark, columns, current, slot, renaming, onCursor, onToggle, onRenamed } = props;
  const context: CellContext = { decimals: props.decimals, series: props.series, slot, now: props.now };
  const chosen = slot !== null;
  return (
    <tr
      aria-rowindex={index + 2}
      aria-selected={chosen}
      className={className(chosen && 'sel', current && 'cur', child && 'kid')}
      onClick={() => onCursor(index)}
    >
      <td className="ck">
        <Checkbox
          checked={chosen}
          onChange={(_, event) => onToggle(index, 'shiftKey' in event && event.shiftKey === true)}
          label={`Select ${run.name}`}
        />
      </td>
      {columns.map((column) =>
        column.id === 'name' ? (
          <td key="name" className="nm">
            <div>
              {slot !== null && <Swatch slot={slot} />}
              {renaming ? (
                <NameField run={run} onRenamed={onRenamed} />
              ) : (
                <Link href={to.run(run.id)} className="nm-link" title={run.name}>
                  {run.name}
                </Link>
              )}
              {remark && <span className="cnt">{remark}</span>}
              <Marks run={run} />
            </div>
          </td>
        ) : (
          <td key={column.id} className={column.right ? 'right' : undefined}>
            {column.cell(run, context)}
          </td>
        ),
      )}
      <td className="filler" />
    </tr>
  );
});

/** A note, and what to read before trusting the run; each with its words on hover. */
function Marks({ run }: { run: RunSummary }) {
  const dirty = run.badges.includes('dirty-code');
  const changed = run.badges.includes('data-changed');
  if (!dirty && !changed && run.note === '' && run.registered.length === 0) return null;
  const versions = run.registered.map(({ model, version, stage }) => `${model} v${version}, ${stage}`).join('; ');
  return (
    <span className="marks">
      {run.registered.length > 0 && (
        <span
          className={run.registered.some(({ stage }) => stage === 'approved') ? 'ok' : undefined}
          title={`Registered: ${versions}`}
          role="img"
          aria-label={`Registered: ${versions}`}
        >
          <Icon name="model" small />
        </span>
      )}
      {run.note !== '' && (
        <span title={run.note} role="img" aria-label="Has a note">
          <Icon name="note" small />
        </span>
      )}
      {dirty && (
        <span title="Code had uncommitted changes" role="img" aria-label="Code had uncommitted changes">
          <Icon name="code" small />
        </span>
      )}
      {changed && (
        <span className="warn" title="Data changed since" role="img" aria-label="Data changed since">
          <Icon name="warning" small />
        </span>
      )}
    </span>
  );
}

function NameField({ run, onRenamed }: { run: RunSummary; onRenamed: (run: RunSummary, name: string | null) => void }) {
  return (
    <input
      className="nm-field"
      aria-label={`New name of ${run.name}`}
      defaultValue={run.name}
      maxLength={200}
      // biome-ignore lint/a11y/noAutofocus: the person has just asked to rename
      autoFocus
      onFocus={(event) => event.currentTarget.select()}
      onBlur={(event) => onRenamed(run, event.currentTarget.value)}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Enter') event.currentTarget.blur();
        if (event.key === 'Escape') onRenamed(run, null);
      }}
    />
  );
}

type GroupRowProps = {
  index: number;
  row: Extract<Row, { kind: 'group' }>;
  columns: RunColumn[];
  current: boolean;
  decimals: Map<string, number>;
  onOpen: (group: string) => void;
  onCursor: (index: number) => void;
};

/** Replicates in one row: mean ± sd and n of every metric; opens to its runs. */
export function GroupRow({
  index,
  row: { group, by, open },
  columns,
  current,
  decimals,
  onOpen,
  onCursor,
}: GroupRowProps) {
  const word = by.replace(/^(params|tags|dataset)\.`?/, '').replace(/`$/, '');
  return (
    <tr aria-rowindex={index + 2} className={className('grp', current && 'cur')} onClick={() => onCursor(index)}>
      <td className="ck" />
      {columns.map((column) => (
        <Fragment key={column.id}>
          {column.id === 'name' ? (
            <td className="nm">
              <div>
                <button type="button" className="group-open" aria-expanded={open} onClick={() => onOpen(group.group)}>
                  <Icon name={open ? 'down' : 'right'} small />
                  <span className="nm-link">
                    {group.group === '' ? `no ${word}` : isNumber(group.group) ? `${word} ${group.group}` : group.group}
                  </span>
                </button>
                <span className="cnt">by {word}</span>
              </div>
            </td>
          ) : column.id === 'status' ? (
            <td className="t2">{plural(group.runs, 'run')}</td>
          ) : (
            <td className={column.right ? 'right' : undefined}>
              <GroupValue column={column} group={group} decimals={decimals.get(column.id)} />
            </td>
          )}
        </Fragment>
      ))}
      <td className="filler" />
    </tr>
  );
}

const isNumber = (text: string) => text !== '' && Number.isFinite(Number(text));

function GroupValue({
  column,
  group,
  decimals,
}: {
  column: RunColumn;
  group: GroupRowProps['row']['group'];
  decimals: number | undefined;
}) {
  const key = /^metrics\.`?(.+?)`?$/.exec(column.id)?.[1];
  if (key === undefined) return null;
  const found = key.includes('/') ? group.metrics[key] : (group.metrics[`test/${key}`] ?? group.metrics[`oof/${key}`]);
  if (!found) return null;
  return <Replicates {...found} decimals={decimals ?? (found.sd === null ? null : spreadDecimals(found.sd)) ?? 2} />;
}
