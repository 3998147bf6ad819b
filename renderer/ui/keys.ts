import { useEffect, useRef } from 'react';

type Handler = (event: KeyboardEvent) => void;

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) &&
    (target as HTMLInputElement).type !== 'checkbox'
  );
}

/** The name of a pressed key: `j`, `Escape`, `Ctrl+k`, `Ctrl+Enter`, `Shift+ArrowLeft`. */
export function keyName(event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>): string {
  const parts: string[] = [];
  if (event.ctrlKey || event.metaKey) parts.push('Ctrl');
  if (event.altKey) parts.push('Alt');
  if (event.shiftKey && event.key.length > 1) parts.push('Shift');
  parts.push(event.key);
  return parts.join('+');
}

/**
 * Keys of a screen while it is shown. Single keys are left alone while a person types in a field, while a dialog, list or
 * menu is open, and when something nearer has handled them; those with Ctrl always count.
 */
export function useKeys(keys: Record<string, Handler>, enabled = true): void {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    if (!enabled) return;
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented) return;
      const name = keyName(event);
      const handler = latest.current[name];
      if (!handler) return;
      if (!name.startsWith('Ctrl+')) {
        if (isTyping(event.target)) return;
        if (document.querySelector('[role="dialog"], [role="listbox"], [role="menu"]')) return;
        const button = event.target instanceof HTMLElement && event.target.closest('a, button, [role="tab"]');
        if (button && (name === 'Enter' || name === ' ')) return;
      }
      event.preventDefault();
      handler(event);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [enabled]);
}
