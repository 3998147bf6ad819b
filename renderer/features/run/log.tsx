import './log.css';
import { useQueries } from '@tanstack/react-query';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, useState } from 'react';
import { count, plural } from '../../../shared/format.ts';
import type { RunDetail } from '../../../shared/model/run.ts';
import { api } from '../../api.ts';
import { useCall } from '../../query.ts';
import { LabelledCheckbox } from '../../ui/choice.tsx';
import { TextInput } from '../../ui/field.tsx';
import { EmptyState, ErrorNotice } from '../../ui/screen.tsx';

const BLOCK = 400;
const LINE = 18;

/** What the run printed, line by line; follows the end while it trains. */
export function LogTab({ run }: { run: RunDetail }) {
  const live = run.status === 'running' || run.status === 'queued';
  const [search, setSearch] = useState('');
  const [follow, setFollow] = useState(live);
  const scroll = useRef<HTMLDivElement>(null);
  const first = useCall('runs.log', { id: run.id, search, from: 0, limit: BLOCK }, { placeholderData: (old) => old });
  const total = first.data?.total ?? 0;

  const virtual = useVirtualizer({
    count: total,
    getScrollElement: () => scroll.current,
    estimateSize: () => LINE,
    overscan: 20,
  });
  const items = virtual.getVirtualItems();
  const from = Math.floor((items[0]?.index ?? 0) / BLOCK);
  const to = Math.floor((items.at(-1)?.index ?? 0) / BLOCK);
  const blocks = Array.from({ length: to - from + 1 }, (_, at) => from + at);
  const results = useQueries({
    queries: blocks.map((block) => {
      const input = { id: run.id, search, from: block * BLOCK, limit: BLOCK };
      return { queryKey: ['runs.log', input], queryFn: () => api.call('runs.log', input), enabled: total > 0 };
    }),
  });
  const lineAt = (index: number) => results[Math.floor(index / BLOCK) - from]?.data?.lines[index % BLOCK];

  useEffect(() => {
    if (follow && total > 0) virtual.scrollToIndex(total - 1, { align: 'end' });
  }, [follow, total, virtual]);

  return (
    <div className="run-content fill">
      <div className="run-tool">
        <TextInput
          className="log-search"
          placeholder="Search the log"
          aria-label="Search the log"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
        <span className="t3 small" role="status">
          {search === '' ? plural(total, 'line') : `${count(total)} ${total === 1 ? 'line matches' : 'lines match'}`}
        </span>
        <span className="grow" />
        <LabelledCheckbox checked={follow} onChange={setFollow}>
          Follow the end
        </LabelledCheckbox>
      </div>
      {first.error && <ErrorNotice error={first.error} />}
      {total === 0 && !first.isLoading && (
        <EmptyState>{search === '' ? 'Nothing has been printed.' : 'No line holds this text.'}</EmptyState>
      )}
      <div
        className="log"
        ref={scroll}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling place has to be reachable by key
        tabIndex={0}
        role="log"
        aria-label="Log"
        onWheel={(event) => event.deltaY < 0 && setFollow(false)}
      >
        <div style={{ height: virtual.getTotalSize() }} className="log-inner">
          {items.map((item) => {
            const line = lineAt(item.index);
            return (
              <div key={item.key} className="log-line" style={{ transform: `translateY(${item.start}px)` }}>
                <span className="log-number">{line?.n}</span>
                <span>{line?.text}</span>
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}
