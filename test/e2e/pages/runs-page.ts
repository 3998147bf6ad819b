import type { DrivenApp } from '../driven-app.ts';
import { textOf } from '../text-of.ts';

/** The home screen: the table of runs. */
export function runsPage({ page, go }: DrivenApp) {
  const table = page.locator('table.runs');
  const filter = page.getByRole('combobox', { name: 'Filter runs' });
  return {
    open: () => go('/'),
    rows: table.locator('tbody tr[aria-rowindex]'),
    row: (name: string) => table.locator('tbody tr[aria-rowindex]').filter({ hasText: name }),
    filter,
    clearFilter: () => page.getByRole('button', { name: 'Clear the filter' }).click(),
    wrong: page.locator('.f-wrong'),
    completion: (text: string) => page.getByRole('option', { name: new RegExp(`^${text}`) }),
    foot: () => textOf(page.locator('.runs-foot').getByRole('status').first()),
    selected: page.getByRole('toolbar', { name: 'Selected runs' }),
    tab: (name: string) => page.locator('.runs-tab', { hasText: name }).click(),
  };
}
