import './dialog.css';
import { Dialog as Base } from '@base-ui/react/dialog';
import { Popover as BasePopover } from '@base-ui/react/popover';
import { Button } from './button.tsx';
import type { IconName } from './icon.tsx';

type DialogProps = {
  open: boolean;
  onClose: () => void;
  title: string;
  children: React.ReactNode;
  /** Buttons, the primary one last. */
  actions?: React.ReactNode;
  wide?: boolean;
};

/** A question that needs an answer before anything else. Escape and a click outside close it. */
export function Dialog({ open, onClose, title, children, actions, wide }: DialogProps) {
  return (
    <Base.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Base.Portal>
        <Base.Backdrop className="backdrop" />
        <Base.Popup className={wide ? 'dialog wide' : 'dialog'}>
          <Base.Title className="dialog-title">{title}</Base.Title>
          <div className="dialog-body">{children}</div>
          {actions && <div className="dialog-actions">{actions}</div>}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}

type PopoverProps = {
  label: React.ReactNode;
  icon?: IconName;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  children: React.ReactNode;
  /** Read aloud as the name of what opens. */
  title: string;
  side?: 'top' | 'bottom';
  align?: 'start' | 'end';
};

/** A quiet button that opens a small panel beside itself. */
export function Popover({
  label,
  icon,
  open,
  onOpenChange,
  children,
  title,
  side = 'bottom',
  align = 'end',
}: PopoverProps) {
  return (
    <BasePopover.Root open={open} onOpenChange={onOpenChange}>
      <BasePopover.Trigger render={<Button variant="quiet" icon={icon} />}>{label}</BasePopover.Trigger>
      <BasePopover.Portal>
        <BasePopover.Positioner className="positioner" sideOffset={4} side={side} align={align}>
          <BasePopover.Popup className="popup popover" aria-label={title}>
            {children}
          </BasePopover.Popup>
        </BasePopover.Positioner>
      </BasePopover.Portal>
    </BasePopover.Root>
  );
}
