import type { DrivenApp } from '../driven-app.ts';

/** Runs side by side. */
export function comparePage({ page, go }: DrivenApp) {
  return {
    open: (ids: string[]) => go(`/compare/${ids.join(',')}`),
    row: (name: string) =>
      page.getByRole('table', { name: 'Compared runs' }).getByRole('row').filter({ hasText: name }),
    changed: page.getByRole('table', { name: 'What changed' }),
    reality: page.getByRole('complementary', { name: 'Is it real?' }),
  };
}
