import type { DrivenApp } from '../driven-app.ts';
import { textOf } from '../text-of.ts';

/** From runs to a signed report. */
export function exportPage({ page, go, willChoose }: DrivenApp) {
  const side = page.getByRole('complementary', { name: 'What leaves, and how' });
  const sign = page.getByRole('button', { name: 'Sign and save…' });
  return {
    open: (ids: string[]) => go(`/export/${ids.join(',')}`),
    side,
    sign,
    paper: page.getByRole('document', { name: 'The report as it will be written' }),
    /** The text of the JSON file as it is shown, to the last byte. */
    async json(): Promise<string> {
      await page.getByRole('button', { name: 'JSON', exact: true }).click();
      return (await page
        .getByRole('document', { name: 'The file as it will be written' })
        .locator('pre')
        .textContent())!;
    },
    showReport: () => page.getByRole('button', { name: 'Report', exact: true }).click(),
    /** Agrees, signs and saves into a folder; resolves with the paths that the screen names. */
    async signInto(folder: string): Promise<string[]> {
      await side.getByRole('checkbox', { name: 'I have read the report.' }).check();
      await side.getByRole('checkbox', { name: 'The recipient may have it.' }).check();
      willChoose(folder);
      await sign.click();
      await page.getByRole('heading', { name: 'Signed and saved' }).waitFor();
      return page.locator('.export-done li code').allTextContents();
    },
    async verify(path: string): Promise<string> {
      willChoose(path);
      await page.getByRole('button', { name: 'Verify a report…' }).click();
      const said = page.locator('.verified').getByText(/alid/);
      await said.waitFor();
      return textOf(said);
    },
  };
}
