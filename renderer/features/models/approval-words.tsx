import type { ApprovalCheck } from '../../../shared/model/registry.ts';
import { Icon } from '../../ui/icon.tsx';

/** What stands in the way of approving a version, with what to do, and what to read first. */
export function ApprovalWords({ check: { blockers, cautions } }: { check: ApprovalCheck }) {
  return (
    <ul className="approval" aria-label="Before approval">
      {blockers.length === 0 && cautions.length === 0 && (
        <li className="ok">
          <Icon name="check" small />
          <p>Nothing stands in the way of approving it.</p>
        </li>
      )}
      {blockers.map(({ code, message, next }) => (
        <li key={code} className="bad">
          <Icon name="cross" small />
          <div>
            <p>{message}</p>
            <p className="t2">{next}</p>
          </div>
        </li>
      ))}
      {cautions.map(({ code, message }) => (
        <li key={code} className="warn">
          <Icon name="warning" small />
          <p>{message}</p>
        </li>
      ))}
    </ul>
  );
}
