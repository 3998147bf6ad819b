import './menu.css';
import { Menu as Base } from '@base-ui/react/menu';
import { Button } from './button.tsx';
import { Icon, type IconName } from './icon.tsx';

export type MenuItem = { label: string; icon: IconName; title?: string; onSelect: () => void };

/** Actions that a screen offers and few people need at once, behind one word. Arrows, letters and Escape work as in any menu. */
export function Menu({ label, items }: { label: string; items: readonly MenuItem[] }) {
  return (
    <Base.Root modal={false}>
      <Base.Trigger render={<Button variant="quiet" />}>
        {label}
        <Icon name="down" small />
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner className="positioner" sideOffset={4} align="end">
          <Base.Popup className="popup" aria-label={label}>
            {items.map(({ label: word, icon, title, onSelect }) => (
              <Base.Item key={word} className="menu-item" title={title} onClick={onSelect}>
                <Icon name={icon} small />
                {word}
              </Base.Item>
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
