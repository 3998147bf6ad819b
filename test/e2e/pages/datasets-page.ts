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
  /** Chooses a folder of images, and then the table with their labels; the form that declares them opens. */
  async function chooseFolderAndLabels(path: string, labels: string) {
    willChoose(path);
    willChoose(labels);
    await page.getByRole('button', { name: 'Import data' }).first().click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^Images, and labels from elsewhere/ })
      .click();
    await page.getByRole('dialog').getByRole('button', { name: 'Import', exact: true }).waitFor();
  }
  return {
    open: () => go('/datasets'),
    choose,
    chooseFolder,
    chooseFolderAndLabels,
    /** Thumbnails that exist now. */
    tiles: () => page.getByRole('grid', { name: 'Images' }).getByRole('gridcell'),
    /** Mean grey value of the thumbnail at a place, as it is drawn. */
    async brightnessOf(place: number) {
      const canvas = page.getByRole('grid', { name: 'Images' }).getByRole('gridcell').nth(place).locator('canvas');
      await canvas.waitFor();
      return canvas.evaluate((element: HTMLCanvasElement) => {
        const { data } = element.getContext('2d')!.getImageData(0, 0, element.width, element.height);
        return data.filter((_, at) => at % 4 === 0).reduce((sum, value) => sum + value, 0) / (data.length / 4);
      });
    },
    async filter(label: string, level: string) {
      await page.getByRole('combobox', { name: label }).click();
      await page.getByRole('option', { name: new RegExp(`^${level}`) }).click();
    },
    shown: () => textOf(page.getByRole('region', { name: 'Images' }).locator('header')),
    /** Pairs of images that look the same. */
    async pairs() {
      const rows = page.getByRole('region', { name: 'Near-duplicates' }).locator('tbody tr');
      await rows.first().waitFor();
      return rows.evaluateAll((all) =>
        all.map((row) => [...row.querySelectorAll('td')].map((cell) => cell.textContent)),
      );
    },
    /** Files that are not in the dataset, each with its reason. */
    async leftOut() {
      const rows = page.getByRole('region', { name: 'Left out' }).locator('tbody tr');
      await rows.first().waitFor();
      return rows.evaluateAll((all) =>
        all.map((row) => [...row.querySelectorAll('td')].map((cell) => cell.textContent)),
      );
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
