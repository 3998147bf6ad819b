import './kind-list.css';
import { Icon, type IconName } from './icon.tsx';

export type Kind<T extends string> = { kind: T; icon: IconName; label: string; detail: string };

/** The first question of an import: a few kinds of things, each a button with what belongs to it. */
export function KindList<T extends string>({
  kinds,
  onChoose,
}: {
  kinds: readonly Kind<T>[];
  onChoose(kind: T): void;
}) {
  return (
    <div className="kind-list">
      {kinds.map(({ kind, icon, label, detail }) => (
        <button key={kind} type="button" className="kind" onClick={() => onChoose(kind)}>
          <Icon name={icon} />
          <span className="strong">{label}</span>
          <span className="t2">{detail}</span>
        </button>
      ))}
    </div>
  );
}
