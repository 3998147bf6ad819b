import type { DrivenApp } from '../driven-app.ts';
import { textOf } from '../text-of.ts';

/** The screens that list datasets and show one. */
export function datasetsPage({ page, go, willChoose }: DrivenApp) {
  /** Chooses a table in the file dialog; the form that declares it opens. */
  async function choose(path: string) {
    willChoose(path);
    await page.getByRole('button', { name: 'Import table' }).first().click();
    await page.getByRole('dialog').getByRole('button', { name: 'Import', exact: true }).waitFor();
  }
  return {
    open: () => go('/datasets'),
    choose,
    /** Imports a table as the form proposes it. */
    async importTable(path: string, persons = 'In a column') {
      await choose(path);
      const dialog = page.getByRole('dialog');
      await dialog
        .getByRole('radio', { name: new RegExp(`^${persons}`) })
        .first()
        .check();
      await dialog.getByRole('button', { name: 'Import', exact: true }).click();
      await page.getByRole('table', { name: 'Columns' }).waitFor();
    },
    facts: () => textOf(page.locator('.dataset-facts')),
    warnings: () => textOf(page.getByRole('region', { name: 'Warnings' })),
    /** What the columns table says about one column. */
    column: (name: string) =>
      textOf(
        page
          .getByRole('table', { name: 'Columns' })
          .getByRole('row')
          .filter({ has: page.getByText(name, { exact: true }) }),
      ),
  };
}
