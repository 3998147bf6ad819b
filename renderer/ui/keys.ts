import { useEffect, useRef } from 'react';

type Handler = (event: KeyboardEvent) => void;

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !['checkbox', 'radio', 'range', 'button'].includes(target.type);
  return target.isContentEditable || /^(TEXTAREA|SELECT)$/.test(target.tagName);
}

/** Whether a dialog, list or menu floats over the screen; a list that was closed may stay in the page, hidden. */
function isSomethingOpen(): boolean {
  const floating = document.querySelectorAll('[role="dialog"], [role="listbox"], [role="menu"]');
  return [...floating].some((element) => element.checkVisibility());
}

/** The name of a pressed key, in lower case: `j`, `shift+x`, `escape`, `ctrl+k`, `ctrl+enter`, `shift+arrowleft`. */
export function keyName(event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>): string {
  const named = event.key.length > 1 || event.key.toLowerCase() !== event.key.toUpperCase();
  return [
    event.ctrlKey || event.metaKey ? 'ctrl+' : '',
    event.altKey ? 'alt+' : '',
    event.shiftKey && named ? 'shift+' : '',
    event.key.toLowerCase(),
  ].join('');
}

/**
 * Keys of a screen while it is shown, by keyName. Single keys are left alone while a person types in a field, while a dialog,
 * list or menu is open, and when something nearer has handled them; those with Ctrl always count.
 */
export function useKeys(keys: Record<string, Handler>, enabled = true): void {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    if (!enabled) return;
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented) return;
      const name = keyName(event);
      const handler = Object.entries(latest.current).find(([key]) => key.toLowerCase() === name)?.[1];
      if (!handler) return;
      if (!name.startsWith('ctrl+')) {
        if (isTyping(event.target)) return;
        if (isSomethingOpen()) return;
        const pressable = event.target instanceof HTMLElement && event.target.closest('a, button, [role="tab"]');
        if (pressable && (name === 'enter' || name === ' ')) return;
      }
      event.preventDefault();
      handler(event);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [enabled]);
}
