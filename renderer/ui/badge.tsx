import './badge.css';
import { Icon, type IconName } from './icon.tsx';

export type Tone = 'neutral' | 'ok' | 'warn' | 'bad' | 'live';

/** A short fact with a word and a shape; the colour only repeats them. */
export function Badge({
  tone = 'neutral',
  icon,
  title,
  children,
}: {
  tone?: Tone;
  icon?: IconName;
  title?: string;
  children: React.ReactNode;
}) {
  return (
    <span className={tone === 'neutral' ? 'badge' : `badge ${tone}`} title={title}>
      {icon && <Icon name={icon} small />}
      {children}
    </span>
  );
}
