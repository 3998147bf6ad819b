import { useState } from 'react';
import { count, shortHash } from '../../../shared/format.ts';
import type { Disclosure, Draft } from '../../../shared/model/report.ts';
import { useCall } from '../../query.ts';
import { Button } from '../../ui/button.tsx';
import { LabelledCheckbox } from '../../ui/choice.tsx';
import { Icon, type IconName } from '../../ui/icon.tsx';
import { ErrorNotice } from '../../ui/screen.tsx';

type Props = {
  draft: Draft;
  error: { message: string; code?: string; hint?: string } | null;
  busy: boolean;
  onSign: () => void;
};

/** What leaves and how, by rule, and the second deliberate act. */
export function SignOff({ draft, error, busy, onSign }: Props) {
  const settings = useCall('settings.get', {});
  const facts = useCall('app.facts', {});
  const [read, setRead] = useState(false);
  const [agreed, setAgreed] = useState(false);
  const refused = draft.refused.reduce((sum, item) => sum + item.count, 0);
  return (
    <aside className="export-side" aria-label="What leaves, and how">
      <h2>What leaves, and how</h2>
      <div className="tally">
        <Tally value={draft.released} word="released" icon="check" tone="ok" />
        <Tally value={draft.transformed} word="changed" icon="again" tone="warn" />
        <Tally value={refused} word="refused" icon="cross" tone="bad" />
      </div>
      <Rules of={draft.disclosures} />
      <p className="aside-note">These reasons stay on this machine. The report names the rule only.</p>
      <p className="aside-note">
        Never in a report: records, images, weights, predictions, logs, notes, paths, people.
      </p>
      <div className="sign">
        <h2>Sign off</h2>
        <dl className="facts">
          <dt>Policy</dt>
          <dd>
            {draft.policy.id}, k = {draft.policy.k}
          </dd>
          <dt>Key</dt>
          <dd>
            {settings.data?.siteLabel || 'unnamed site'}
            {facts.data?.keys.protection === 'unprotected' && ', unprotected'}
          </dd>
          <dt>SHA-256 of the preview</dt>
          <dd title={draft.digest}>
            <code>{shortHash(draft.digest)}…</code>
          </dd>
        </dl>
        <LabelledCheckbox checked={read} onChange={setRead}>
          I have read the report.
        </LabelledCheckbox>
        <LabelledCheckbox checked={agreed} onChange={setAgreed}>
          The recipient may have it.
        </LabelledCheckbox>
        {error && <ErrorNotice error={error} />}
        <Button variant="primary" icon="lock" disabled={!read || !agreed || busy} onClick={onSign}>
          Sign and save…
        </Button>
        <p className="aside-note">
          The check lowers risk and leaves evidence. It does not certify anonymity: that stays with the data controller.
          Any change to these runs voids the draft.
        </p>
      </div>
    </aside>
  );
}

function Tally({
  value,
  word,
  icon,
  tone,
}: {
  value: number;
  word: string;
  icon: IconName;
  tone: 'ok' | 'warn' | 'bad';
}) {
  return (
    <div>
      <b>{count(value)}</b>
      <span className={tone}>
        <Icon name={icon} small />
        {word}
      </span>
    </div>
  );
}

const tones: Record<Disclosure['outcome'], string> = { refused: 'bad', transformed: 'warn', released: 'ok' };
const order: Disclosure['outcome'][] = ['refused', 'transformed', 'released'];

function Rules({ of }: { of: readonly Disclosure[] }) {
  const sorted = [...of].sort((a, b) => order.indexOf(a.outcome) - order.indexOf(b.outcome));
  return (
    <ul className="rules">
      {sorted.map((item) => (
        <li key={`${item.rule} ${item.outcome} ${item.what}`}>
          <span className={`id ${tones[item.outcome]}`}>{item.rule}</span>
          <span>{item.what}</span>
          <span>{count(item.count)}</span>
        </li>
      ))}
    </ul>
  );
}
