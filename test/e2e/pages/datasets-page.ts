import type { DrivenApp } from '../driven-app.ts';
import { textOf } from '../text-of.ts';

/** The screens that list datasets and show one. */
export function datasetsPage({ page, go, willChoose }: DrivenApp) {
  /** Chooses a table in the file dialog; the form that declares it opens. */
  async function choose(path: string) {
    willChoose(path);
    await page.getByRole('button', { name: 'Import data' }).first().click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^A table/ })
      .click();
    await page.getByRole('dialog').getByRole('button', { name: 'Import', exact: true }).waitFor();
  }
  /** Chooses a folder of images in the folder dialog; the form that declares it opens. */
  async function chooseFolder(path: string) {
    willChoose(path);
    await page.getByRole('button', { name: 'Import data' }).first().click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^A folder of images/ })
      .click();
    await page.getByRole('dialog').getByRole('button', { name: 'Import', exact: true }).waitFor();
  }
  return {
    open: () => go('/datasets'),
    choose,
    chooseFolder,
    /** Files that are not in the dataset, each with its reason. */
    async leftOut() {
      const rows = page.getByRole('region', { name: 'Left out' }).locator('tbody tr');
      await rows.first().waitFor();
      return rows.evaluateAll((all) => all.map((row) => [...row.querySelectorAll('td')].map((cell) => cell.textContent)));
    },
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
