import { useMemo, useSyncExternalStore } from 'react';
import type { Settings } from '../../shared/contract/settings.ts';
import type { FigureTheme } from '../figures/figure.ts';

const dark = window.matchMedia('(prefers-color-scheme: dark)');
let chosen: Settings['theme'] = 'system';
let revision = 0;
const listeners = new Set<() => void>();

function apply() {
  const root = document.documentElement;
  root.dataset.theme = chosen === 'system' ? (dark.matches ? 'dark' : 'light') : chosen;
  revision += 1;
  for (const listener of listeners) listener();
}

/** Light, dark or as the system says, and the size of text and rows. */
export function setTheme(theme: Settings['theme'], size: Settings['size']): void {
  chosen = theme;
  if (size === 'large') document.documentElement.dataset.size = 'large';
  else delete document.documentElement.dataset.size;
  apply();
}

dark.addEventListener('change', apply);

function readTheme(): FigureTheme {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string) => style.getPropertyValue(`--${name}`).trim();
  return {
    font: token('font-ui'),
    text: token('text'),
    text2: token('text-2'),
    text3: token('text-3'),
    surface: token('surface'),
    raised: token('surface-raised'),
    border: token('border-strong'),
    accent: token('accent'),
    axis: token('chart-axis'),
    grid: token('chart-grid'),
    reference: token('chart-reference'),
    class0: token('class-0'),
    class1: token('class-1'),
    ok: token('ok'),
    bad: token('bad'),
    band: Number.parseFloat(token('band')) / 100,
    series: Array.from({ length: 8 }, (_, index) => token(`series-${index + 1}`)),
    size11: Number.parseFloat(token('text-11')),
    size12: Number.parseFloat(token('text-12')),
  };
}

/** The tokens as figures need them; a new object whenever theme or size change. */
export function useFigureTheme(): FigureTheme {
  const current = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => revision,
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: the revision stands for the tokens
  return useMemo(readTheme, [current]);
}
