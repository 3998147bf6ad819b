import type { DrivenApp } from '../driven-app.ts';
import { textOf } from '../text-of.ts';

export type RunTab =
  | 'Curves'
  | 'Evaluation'
  | 'Groups'
  | 'Features'
  | 'Errors'
  | 'Hardware'
  | 'Data'
  | 'Code and environment'
  | 'Log'
  | 'Artifacts';

/** Everything about one run. */
export function runPage({ page, go, settled }: DrivenApp) {
  const state = page.locator('.run-head').getByRole('status');
  const matrix = page.locator('table.confusion');
  return {
    open: (id: string, tab = '') => go(`/run/${id}/${tab}`),
    /** Status and reason, as the header says them. */
    state: () => textOf(state),
    /** Waits until the header says this: `Done`, `Stopped`. */
    becomes: (word: string, timeout = 60_000) => state.filter({ hasText: word }).waitFor({ timeout }),
    resume: () => page.getByRole('button', { name: 'Resume', exact: true }).click(),
    stop: () => page.getByRole('button', { name: 'Stop', exact: true }).click(),
    async show(tab: RunTab) {
      await page.getByRole('tab', { name: tab }).click();
      await settled();
    },
    figure: (title: string) => page.getByRole('figure', { name: new RegExp(`^${title}`) }),
    /** The drawn lines of a figure; there are none until data has come. */
    lines: (title: string) =>
      page.getByRole('figure', { name: new RegExp(`^${title}`) }).locator('.scatterlayer path.js-line'),
    facts: () => page.getByRole('complementary', { name: 'Facts of the run' }),
    threshold: page.getByRole('slider', { name: 'Threshold' }),
    exploratory: page.getByText('exploratory', { exact: true }),
    looks: () => textOf(page.getByText(/^looked at/)),
    /** The four counts: true positive, missed, false alarm, true negative. */
    async confusion(): Promise<number[]> {
      const cells = await matrix.locator('td b').allTextContents();
      return cells.map((text) => Number(text.replaceAll(',', '')));
    },
  };
}
