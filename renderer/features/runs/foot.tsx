import './foot.css';
import { count } from '../../../shared/format.ts';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { to } from '../../ui/navigation.ts';
import { UndoLine } from '../../ui/undo.tsx';
import type { Rows } from './rows.ts';

const MOST_COMPARED = 50;

export type BulkAction = 'tag' | 'note' | 'bin' | 'restore' | 'clear' | 'rename';

type Props = { rows: Rows; filtered: boolean; ids: string[]; bin: boolean; onAction: (action: BulkAction) => void };

/** Totals, what can be done with the selection, and the legend of the numbers. Its height never changes. */
export function Foot({ rows, filtered, ids, bin, onAction }: Props) {
  const many = ids.length > MOST_COMPARED;
  return (
    <div className="runs-foot">
      <span role="status">
        {filtered ? (
          <>
            <b>{count(rows.total)}</b> of {count(rows.all)} match
          </>
        ) : (
          <>
            <b>{count(rows.all)}</b> {rows.all === 1 ? 'run' : 'runs'}
          </>
        )}
        {rows.tookMs !== null && <span className="t3">{` in ${Math.max(1, Math.round(rows.tookMs))}\u202fms`}</span>}
      </span>
      {ids.length > 0 && (
        <>
          <span className="divider" />
          <div className="bulk" role="toolbar" aria-label="Selected runs">
            <b>{count(ids.length)} selected</b>
            {bin ? (
              <Button variant="primary" onClick={() => onAction('restore')}>
                Restore
              </Button>
            ) : (
              <>
                {many ? (
                  <Button variant="primary" icon="compare" disabled title="Compare takes at most 50 runs">
                    Compare
                  </Button>
                ) : (
                  <ButtonLink variant="primary" icon="compare" shortcut="c" to={to.compare(ids)}>
                    Compare
                  </ButtonLink>
                )}
                {!many && (
                  <ButtonLink variant="quiet" icon="export" shortcut="e" to={to.export(ids)}>
                    Export
                  </ButtonLink>
                )}
                <Button variant="quiet" icon="tag" onClick={() => onAction('tag')}>
                  Tag
                </Button>
                <Button variant="quiet" icon="note" onClick={() => onAction('note')}>
                  Note
                </Button>
                {ids.length === 1 && (
                  <Button variant="quiet" shortcut="F2" onClick={() => onAction('rename')}>
                    Rename
                  </Button>
                )}
                <Button variant="quiet" icon="bin" onClick={() => onAction('bin')}>
                  Move to bin
                </Button>
              </>
            )}
            <Button variant="quiet" shortcut="Esc" onClick={() => onAction('clear')}>
              Clear
            </Button>
          </div>
        </>
      )}
      <span className="grow" />
      <UndoLine />
      <span className="t3 legend">[ ] 95 % interval</span>
      <span className="t3 legend">± sd over replicates</span>
    </div>
  );
}
