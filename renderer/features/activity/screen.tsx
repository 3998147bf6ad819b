import './activity.css';
import { useState } from 'react';
import { count, plural, whenLong } from '../../../shared/format.ts';
import { useCall } from '../../query.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState, ErrorNotice, ProgressLine, ScreenHeader } from '../../ui/screen.tsx';
import { actionWords, detailWords } from './wording.ts';

const PAGE = 200;

/** The audit log, newest first, with the state of its chain and the count of refused connections. */
export function ActivityScreen() {
  const [limit, setLimit] = useState(PAGE);
  const log = useCall('audit.list', { limit, before: null }, { placeholderData: (previous) => previous });
  const chain = useCall('audit.verify', {});
  const facts = useCall('app.facts', {});
  const now = Date.now();
  const entries = log.data?.entries ?? [];
  return (
    <>
      <ScreenHeader title="Activity" fact={log.data && plural(log.data.total, 'entry', 'entries')}>
        <Button icon="again" onClick={() => void Promise.all([chain.refetch(), log.refetch(), facts.refetch()])}>
          Check again
        </Button>
      </ScreenHeader>
      <ProgressLine />
      <div className="activity">
        <div className="activity-state">
          {chain.data && <Chain {...chain.data} />}
          {facts.data && <Connections refused={facts.data.connectionsRefused} />}
        </div>
        {(log.error ?? chain.error) && (
          <ErrorNotice error={(log.error ?? chain.error)!} onRetry={() => void log.refetch()} />
        )}
        {log.data && entries.length === 0 && (
          <EmptyState>
            Nothing is in the log yet. Imports, reports and further looks at test results are written here.
          </EmptyState>
        )}
        {entries.length > 0 && (
          <table className="plain" aria-label="Audit log">
            <thead>
              <tr>
                <th>No.</th>
                <th>When</th>
                <th>What</th>
                <th>Details</th>
              </tr>
            </thead>
            <tbody>
              {entries.map((entry) => (
                <tr key={entry.sequence}>
                  <td className="t3">{count(entry.sequence)}</td>
                  <td>{whenLong(entry.at, now)}</td>
                  <td className="strong">{actionWords(entry.action)}</td>
                  <td className="detail">{detailWords(entry.detail)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
        {log.data && log.data.total > entries.length && limit < 1000 && (
          <div className="activity-more">
            <Button onClick={() => setLimit(Math.min(1000, limit + PAGE))}>Show earlier entries</Button>
          </div>
        )}
      </div>
    </>
  );
}

function Chain({ valid, entries, firstBad }: { valid: boolean; entries: number; firstBad: number | null }) {
  if (valid) {
    return (
      <Badge tone="ok" icon="check">
        chain checked: {plural(entries, 'entry', 'entries')}, none changed
      </Badge>
    );
  }
  return (
    <Badge tone="bad" icon="cross">
      chain broken at entry {firstBad ?? 1}: something was changed outside Wardbook; nothing can be exported
    </Badge>
  );
}

function Connections({ refused }: { refused: number }) {
  return refused === 0 ? (
    <Badge tone="ok" icon="check">
      connections since start: 0
    </Badge>
  ) : (
    <Badge tone="warn" icon="warning">
      connections since start: 0; {plural(refused, 'attempt')} of a page refused
    </Badge>
  );
}
