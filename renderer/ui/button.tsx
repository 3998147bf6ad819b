import './button.css';
import type { ButtonHTMLAttributes, Ref } from 'react';
import { Link } from 'wouter';
import { Icon, type IconName } from './icon.tsx';

type Look = { variant?: 'plain' | 'primary' | 'quiet'; danger?: boolean; icon?: IconName; shortcut?: string };
type Props = Look & ButtonHTMLAttributes<HTMLButtonElement> & { ref?: Ref<HTMLButtonElement> };

function classes({ variant = 'plain', danger }: Look): string {
  return ['btn', variant === 'primary' && 'p', variant === 'quiet' && 'q', danger && 'danger']
    .filter(Boolean)
    .join(' ');
}

function Inside({ icon, shortcut, children }: Look & { children: React.ReactNode }) {
  return (
    <>
      {icon && <Icon name={icon} small />}
      {children}
      {shortcut && (
        <span className="kbd" aria-hidden="true">
          {shortcut}
        </span>
      )}
    </>
  );
}

/** One action. `primary` is the one filled button of a screen, `quiet` has no outline; `shortcut` shows its key. */
export function Button({ variant, danger, icon, shortcut, children, className, ...rest }: Props) {
  return (
    <button type="button" className={[classes({ variant, danger }), className].filter(Boolean).join(' ')} {...rest}>
      <Inside icon={icon} shortcut={shortcut}>
        {children}
      </Inside>
    </button>
  );
}

/** A link that looks like a button: it goes to another screen and does nothing else. */
export function ButtonLink({ to, children, ...look }: Look & { to: string; children: React.ReactNode }) {
  return (
    <Link href={to} className={classes(look)}>
      <Inside icon={look.icon} shortcut={look.shortcut}>
        {children}
      </Inside>
    </Link>
  );
}

/** An icon alone; only where the word stands beside it already. `label` is read aloud and shown on hover. */
export function IconButton({ icon, label, ...rest }: { icon: IconName; label: string } & Props) {
  return (
    <button type="button" className="icon-btn" aria-label={label} title={label} {...rest}>
      <Icon name={icon} small />
    </button>
  );
}
