import './tabs.css';
import { Tabs as Base } from '@base-ui/react/tabs';

export type TabItem<T extends string> = { value: T; label: string; content: () => React.ReactNode };

type Props<T extends string> = {
  value: T;
  items: readonly TabItem<T>[];
  onChange: (value: T) => void;
  label: string;
  /** Beside every panel, the same whichever is open. */
  aside?: React.ReactNode;
};

/** Tabs under a header; only the open one is drawn. */
export function Tabs<T extends string>({ value, items, onChange, label, aside }: Props<T>) {
  return (
    <Base.Root className="tabs-root" value={value} onValueChange={(next) => onChange(next as T)}>
      <Base.List className="tabs" aria-label={label} activateOnFocus>
        {items.map((item) => (
          <Base.Tab key={item.value} value={item.value} className="tab">
            {item.label}
          </Base.Tab>
        ))}
      </Base.List>
      <div className={aside ? 'tabs-body with-aside' : 'tabs-body'}>
        {items.map((item) => (
          <Base.Panel key={item.value} value={item.value} className="tab-panel" tabIndex={-1}>
            <h2 className="visually-hidden">{item.label}</h2>
            {item.content()}
          </Base.Panel>
        ))}
        {aside}
      </div>
    </Base.Root>
  );
}
