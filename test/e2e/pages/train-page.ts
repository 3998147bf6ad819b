import type { DrivenApp } from '../driven-app.ts';
import { textOf } from '../text-of.ts';

/** The form that starts a run. */
export function trainPage({ page, go, willChoose }: DrivenApp) {
  const data = page.getByRole('region', { name: 'Data' });
  const start = page.getByRole('button', { name: /Start training/ });
  return {
    open: (dataset: string, version = 1) => go(`/train/${dataset}/${version}`),
    target: () => textOf(data.getByRole('combobox', { name: 'Target' })),
    split: () => textOf(data),
    folds: () => page.getByRole('textbox', { name: 'Number of folds' }).inputValue(),
    feature: (name: string) => page.getByRole('checkbox', { name, exact: true }),
    chooseRecipe: (label: string) => page.getByRole('radio', { name: new RegExp(`^${label}`) }).click(),
    /** Sets a param that is a number or a text. */
    set: (label: string, value: string) => page.getByRole('textbox', { name: label, exact: true }).fill(value),
    /** How the target is read: `as classes`, `as a number`. */
    readAs: (label: string) => data.getByRole('button', { name: label, exact: true }).click(),
    chooseTarget: async (name: string) => {
      await data.getByRole('combobox', { name: 'Target' }).click();
      await page.getByRole('option', { name: new RegExp(`^${name} `) }).click();
    },
    recipe: (label: string) => page.getByRole('radio', { name: new RegExp(`^${label}`) }),
    /** What trains and what waits, beside the form. */
    queue: () => textOf(page.getByRole('list', { name: 'Training now' })),
    /** What keeps the run from being started, as main says it. */
    problem: () => page.getByRole('complementary', { name: 'Before you start' }).getByRole('alert'),
    allowNearDuplicates: page.getByRole('checkbox', { name: 'Train although nearly the same image is on two sides' }),
    canStart: () => start.isEnabled(),
    /** Sets a param that is a choice. */
    choose: async (label: string, option: string) => {
      await page.getByRole('region', { name: 'Recipe' }).getByRole('combobox', { name: label, exact: true }).click();
      await page.getByRole('option', { name: option, exact: true }).click();
    },
    /** The run that `fine-tune` goes on from. */
    startFrom: async (name: string) => {
      await page.getByRole('combobox', { name: 'Start', exact: true }).click();
      await page.getByRole('option', { name: new RegExp(`^${name}`) }).click();
    },
    /** The model folder that `fine-tune` goes on from, chosen in the folder dialog. */
    startFromFolder: (path: string) => {
      willChoose(path);
      return page.getByRole('button', { name: 'Model folder', exact: true }).click();
    },
    /** Layers of the network to start from: name, block, weights, `learns` or `frozen`. */
    async layers() {
      await page.getByText(/layers? with weights$/).click();
      const rows = page.getByRole('table', { name: 'Layers' }).locator('tbody tr');
      return rows.evaluateAll((all) => all.map((row) => [...row.children].map((cell) => cell.textContent ?? '')));
    },
    whatLearns: () => textOf(page.locator('.start-facts')),
    estimate: () => textOf(page.getByRole('complementary', { name: 'Before you start' })),
    name: (name: string) => page.getByRole('textbox', { name: 'Name' }).fill(name),
    /** Starts, and resolves with the id of the run once its screen is open. */
    async start(): Promise<string> {
      await start.and(page.locator(':enabled')).click();
      await page.waitForURL(/#\/run\//);
      return /\/run\/([0-9a-f]{32})/.exec(page.url())![1]!;
    },
  };
}
