import './screen.css';
import { useCallback, useMemo, useRef, useState } from 'react';
import { useLocation, useParams } from 'wouter';
import { plural } from '../../../shared/format.ts';
import type { RunSummary } from '../../../shared/model/run.ts';
import { api } from '../../api.ts';
import { useCall } from '../../query.ts';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { CopyDialog } from '../../ui/copy-dialog.tsx';
import { useKeys } from '../../ui/keys.ts';
import { to } from '../../ui/navigation.ts';
import { select, useSelection } from '../../ui/run-colour.tsx';
import { EmptyState, ErrorNotice, ProgressLine, ScreenHeader } from '../../ui/screen.tsx';
import { offerUndo } from '../../ui/undo.tsx';
import { allColumns, type RunColumn } from './columns.tsx';
import { ColumnsPanel } from './columns-panel.tsx';
import { FilterField } from './filter-field.tsx';
import { FirstStart } from './first-start.tsx';
import { type BulkAction, Foot } from './foot.tsx';
import { GroupMenu } from './group-menu.tsx';
import { ImportRunsDialog } from './import-runs/dialog.tsx';
import { useRunImport } from './import-runs/use-run-import.ts';
import { Watches } from './import-runs/watches.tsx';
import { keptView, useKeptView } from './kept-view.ts';
import { NoteDialog, TagDialog } from './label-dialogs.tsx';
import { QuickTabs } from './quick-tabs.tsx';
import { useRows } from './rows.ts';
import { RunTable } from './run-table.tsx';
import { selectAll, toggled } from './selection.ts';
import { columnsFor, combined, listQuery } from './view.ts';
import { ViewsPanel } from './views-panel.tsx';

const noKeys = { params: [], metrics: [], tags: [] };

/** The home screen: the runs of one study or of all, filtered, sorted, grouped, selected. */
export function RunsScreen() {
  const params = useParams<{ study?: string }>();
  const study = params.study === undefined ? null : decodeURIComponent(params.study);
  const [copying, setCopying] = useState(false);
  const [, navigate] = useLocation();
  const kept = useKeptView();
  const [sight, setSight] = useState({ first: 0, last: 40 });
  const [cursor, setCursor] = useState(-1);
  const [anchor, setAnchor] = useState(-1);
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const [dialog, setDialog] = useState<'tag' | 'note' | null>(null);
  const [renaming, setRenaming] = useState<string | null>(null);
  const [problem, setProblem] = useState<Error | null>(null);
  const importing = useRunImport();
  const filterRef = useRef<HTMLInputElement>(null);
  const selection = useSelection();
  const ids = useMemo(() => [...selection.keys()], [selection]);

  const keys = useCall('runs.keys', { study }, { placeholderData: (old) => old }).data ?? noKeys;
  const view = useMemo(() => ({ ...kept, columns: columnsFor(kept.columns, keys.metrics) }), [kept, keys]);
  const all = useMemo(() => allColumns(keys), [keys]);
  const columns = useMemo(
    () => view.columns.map(({ id }) => all.get(id)).filter((column): column is RunColumn => column !== undefined),
    [view.columns, all],
  );
  const rows = useRows(view, study, sight, opened);

  const onSight = useCallback((next: { first: number; last: number }) => {
    setSight((old) => (old.first === next.first && old.last === next.last ? old : next));
  }, []);
  const onFilter = useCallback((filter: string) => keptView({ filter }), []);

  const attempt = useCallback(async (work: Promise<unknown>) => {
    try {
      await work;
      setProblem(null);
    } catch (error) {
      setProblem(error as Error);
    }
  }, []);

  // What the rows call stays the same while data arrives, so that only changed rows are drawn again.
  const now = useRef({ rows, ids, anchor });
  now.current = { rows, ids, anchor };
  const onToggle = useCallback((index: number, range: boolean) => {
    setCursor(index);
    setAnchor(index);
    select(toggled(now.current.rows, now.current.ids, index, range ? now.current.anchor : -1));
  }, []);

  function onOpenGroup(group: string) {
    const next = new Set(opened);
    if (!next.delete(group)) next.add(group);
    setOpened(next);
  }

  const onRenamed = useCallback(
    async (run: RunSummary, name: string | null) => {
      setRenaming(null);
      const next = name?.trim() ?? '';
      if (next === '' || next === run.name) return;
      await attempt(api.call('runs.rename', { id: run.id, name: next }));
      offerUndo(`Renamed to ${next}.`, () => attempt(api.call('runs.rename', { id: run.id, name: run.name })));
    },
    [attempt],
  );

  async function bin() {
    await attempt(api.call('runs.bin', { ids }));
    select([]);
    offerUndo(`${plural(ids.length, 'run')} moved to the bin.`, () => attempt(api.call('runs.restore', { ids })));
  }

  async function restore() {
    await attempt(api.call('runs.restore', { ids }));
    select([]);
    offerUndo(`${plural(ids.length, 'run')} restored.`, () => attempt(api.call('runs.bin', { ids })));
  }

  function onAction(action: BulkAction) {
    if (action === 'tag' || action === 'note') setDialog(action);
    else if (action === 'clear') select([]);
    else if (action === 'rename') setRenaming(ids[0] ?? null);
    else if (action === 'bin') void bin();
    else void restore();
  }

  const current = cursor >= 0 ? rows.rowAt(cursor) : undefined;
  const move = (by: number) => setCursor(Math.max(0, Math.min(rows.count - 1, cursor + by)));
  useKeys({
    '/': () => filterRef.current?.focus(),
    j: () => move(1),
    k: () => move(-1),
    arrowdown: () => move(1),
    arrowup: () => move(-1),
    pagedown: () => move(20),
    pageup: () => move(-20),
    x: () => cursor >= 0 && onToggle(cursor, false),
    'shift+x': () => cursor >= 0 && onToggle(cursor, true),
    enter: () => {
      if (current?.kind === 'run') navigate(to.run(current.run.id));
      else if (current?.kind === 'group') onOpenGroup(current.group.group);
    },
    f2: () => current?.kind === 'run' && setRenaming(current.run.id),
    c: () => ids.length > 0 && ids.length <= 50 && navigate(to.compare(ids)),
    e: () => ids.length > 0 && ids.length <= 50 && navigate(to.export(ids)),
    escape: () => select([]),
  });

  const filtered = combined(view.filter, view.quick) !== '';
  const untouched = !filtered && view.quick === 'recent' && rows.all === 0 && !rows.waiting && rows.error === null;
  return (
    <>
      <ScreenHeader title={study ?? 'Runs'} fact={rows.waiting ? undefined : plural(rows.all, 'run')}>
        {study !== null && rows.all > 0 && (
          <Button variant="quiet" icon="copy" onClick={() => setCopying(true)}>
            Copy
          </Button>
        )}
        {study !== null && (
          <CopyDialog of={{ study }} what={`the study ${study}`} open={copying} onClose={() => setCopying(false)} />
        )}
        <Button onClick={importing.open}>Import runs</Button>
        <ButtonLink icon="dataset" to={to.datasets}>
          Import data
        </ButtonLink>
        <ButtonLink variant="primary" icon="train" to={to.train}>
          Train
        </ButtonLink>
      </ScreenHeader>
      <ProgressLine />
      <ImportRunsDialog flow={importing} />
      <Watches onStopped={importing.showWatched} />
      {untouched ? (
        <FirstStart onImportRuns={importing.open} />
      ) : (
        <>
          <div className="runs-filter">
            <FilterField
              value={view.filter}
              onChange={onFilter}
              inputRef={filterRef}
              onDone={() => {
                filterRef.current?.blur();
                if (cursor < 0) setCursor(0);
              }}
            />
          </div>
          <div className="runs-tabs">
            <QuickTabs view={view} study={study} onQuick={(quick) => keptView({ quick })} />
            <span className="grow" />
            <GroupMenu value={view.group} keys={keys} onChange={(group) => keptView({ group })} />
            <ViewsPanel view={view} onView={keptView} />
            <ColumnsPanel all={all} columns={view.columns} onColumns={(next) => keptView({ columns: next })} />
          </div>
          {problem && <ErrorNotice error={problem} />}
          {rows.error && <ErrorNotice error={rows.error} />}
          {rows.count === 0 && !rows.waiting && rows.error === null ? (
            <div className="runs-wrap">
              <EmptyState>
                {view.quick === 'bin'
                  ? 'The bin is empty.'
                  : 'No run matches. Change the filter, or clear it with Esc.'}
              </EmptyState>
            </div>
          ) : (
            <RunTable
              rows={rows}
              columns={columns}
              view={view}
              onView={keptView}
              cursor={cursor}
              onCursor={setCursor}
              sight={sight}
              onSight={onSight}
              onToggle={onToggle}
              onToggleAll={() => void attempt(selectAll(listQuery(view, study), rows, ids))}
              onOpenGroup={onOpenGroup}
              renaming={renaming}
              onRenamed={onRenamed}
            />
          )}
          <Foot rows={rows} filtered={filtered} ids={ids} bin={view.quick === 'bin'} onAction={onAction} />
        </>
      )}
      {dialog === 'tag' && <TagDialog runs={ids} onClose={() => setDialog(null)} />}
      {dialog === 'note' && <NoteDialog runs={ids} loaded={rows.loaded} onClose={() => setDialog(null)} />}
    </>
  );
}
