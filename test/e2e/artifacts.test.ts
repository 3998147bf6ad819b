import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { artifactsFolder } from '../../main/store/artifact-files.ts';
import { makeRun, openTestVault, temporaryFolder } from '../store/vault-fixture.ts';
import { openAxe } from './axe.ts';
import { canOpenWindow } from './browser.ts';
import { type DrivenApp, openApp } from './driven-app.ts';
import { fromMore } from './from-more.ts';

/** A page that tries every way out; `BASE` is a server of this test that must never hear of it. */
const hostile = `<!doctype html><html><head><title>t</title>
<meta http-equiv="refresh" content="0;url=BASE/refresh">
<link rel="stylesheet" href="BASE/link.css"><base href="BASE/">
<style>@import url("BASE/import.css"); @font-face { font-family: f; src: url(BASE/font.woff) }
h1 { color: rgb(1, 2, 3); background-image: url(BASE/css.png) } p { --a: url(BASE/var.png); background: var(--a) }
b { background: u\\72l(BASE/escaped.png); font-family: f } body { font-size: 15px }
.cover { position: fixed; inset: 0; background: red }</style>
<script>window.ran = 1; fetch('BASE/script')</script></head>
<body background="BASE/body.png" onload="window.ran = 2"><h1 id="root">Results of the model</h1><p>text</p><b>bold</b>
<img src="BASE/img.png" onerror="window.ran = 3"><img src="x" srcset="BASE/srcset.png 1x">
<img alt="kept" src="data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==">
<form action="BASE/form"><input type="text" name="a" value="1"><button>Send</button></form>
<a href="BASE/link" ping="BASE/ping">a link</a><a href="#/settings">in the app</a>
<iframe src="BASE/frame"></iframe><object data="BASE/object"></object><embed src="BASE/embed">
<video src="BASE/video" poster="BASE/poster" autoplay></video><svg><script>window.ran = 4</script><image href="BASE/svg.png"/><use href="BASE/use.svg#a"/></svg>
<div style="color: rgb(4, 5, 6); background: url(BASE/style.png)" class="styled">styled</div>
<table background="BASE/table.png"><tr><td background="BASE/td.png">cell</td></tr></table><div class="cover">cover</div>
</body></html>`;

/** plotly sets heatmaps unsmoothed by a style attribute, which the policy refuses; the rule is in plot.css instead. */
const ofHeatmaps = [
  'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=',
  'sha256-AR/cKIZjWPcPmBUPDA6oti9XBiTbJvz0Cro2J1VzzS8=',
];

const figure = {
  data: [
    {
      type: 'heatmap',
      z: [
        [1, 2],
        [3, 4],
      ],
    },
  ],
  layout: { title: { text: 'Confusion' }, images: [{ source: 'BASE/plotly.png', x: 0, y: 0, sizex: 1, sizey: 1 }] },
};

describe.runIf(canOpenWindow('the artifacts of a run'))('Artifacts', () => {
  let app: DrivenApp;
  let server: Server;
  let run: string;
  const asked: string[] = [];
  const dir = temporaryFolder();

  beforeAll(async () => {
    server = createServer((request, response) => {
      asked.push(request.url ?? '');
      response.end('x');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const files: Record<string, string | Buffer> = {
      'hostile.html': hostile.replaceAll('BASE', base),
      'notes.md': `# Notes\n\n- one\n\n<script>window.ran = 5</script>\n\n![x](${base}/md.png) [a](${base}/md)\n`,
      'figures/confusion.json': JSON.stringify(figure).replaceAll('BASE', base),
      'figures/picture.svg': `<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"><image href="${base}/in-svg.png"/><rect width="40" height="30" fill="teal"/></svg>`,
      'tables/predictions.csv': `row,score\n${Array.from({ length: 5_000 }, (_, at) => `${at},${at / 5_000}`).join('\n')}\n`,
      'tables/table.json': JSON.stringify({ columns: ['a', 'b'], data: [[1, 'x']] }),
      'log.txt': `first line\n${'x'.repeat(99)}\n`.repeat(30_000),
      'model.pkl': Buffer.from([0x80, 4, 0x95, 0, 0, 0]),
      'empty.txt': '',
    };
    const vault = openTestVault(dir);
    run = makeRun(vault, 'finished');
    for (const [path, content] of Object.entries(files)) {
      const file = join(artifactsFolder(dir, run), path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, content);
      vault.db
        .prepare("INSERT INTO artifact SELECT id, ?, ?, '0123456789abcdef' FROM run WHERE uid = ?")
        .run(path, content.length, run);
    }
    vault.close();
    app = await openApp({ vault: dir });
    await app.go(`/run/${run}/artifacts`);
    await app.page.getByRole('tree').waitFor();
  }, 60_000);
  afterAll(async () => {
    expect(await app.close()).toBe(0);
    server.close();
  });

  const open = (name: string) => app.page.getByRole('treeitem', { name: new RegExp(`^${name}`) }).click();

  test('HTML shows its text, tables, styles and embedded pictures; nothing in it runs, loads, sends or leads anywhere', async () => {
    await open('hostile.html');
    const page = app.page.getByRole('document', { name: 'HTML page' });
    await page.getByRole('heading', { name: 'Results of the model' }).waitFor();
    const seen = await page.evaluate((host) => {
      const root = host.shadowRoot!;
      const colour = (selector: string) => getComputedStyle(root.querySelector(selector)!).color;
      const box = (element: Element) => {
        const { width, height } = element.getBoundingClientRect();
        return width * height;
      };
      return {
        colours: [colour('h1'), colour('.styled')],
        images: [...root.querySelectorAll('img')].map((image) => [
          image.getAttribute('src')?.slice(0, 14),
          image.naturalWidth,
        ]),
        acting: root.querySelectorAll(
          'script, form, button, iframe, object, embed, video, link, meta, base, use, image, [href], [background], [style*="url"]',
        ).length,
        text: root.querySelectorAll('input').length,
        covers: box(root.querySelector('.cover')!) <= box(host),
        ran: (window as unknown as { ran?: number }).ran,
      };
    });
    expect(seen).toEqual({
      colours: ['rgb(1, 2, 3)', 'rgb(4, 5, 6)'],
      images: [
        [undefined, 0],
        [undefined, 0],
        ['data:image/png', 1],
      ],
      acting: 0,
      text: 0,
      covers: true,
      ran: undefined,
    });
    await page.evaluate((host) => {
      for (const link of host.shadowRoot!.querySelectorAll('a')) link.click();
    });
    expect(app.page.url()).toContain('/artifacts');
  });

  test('Markdown is set in the type of the window; HTML in it stays text', async () => {
    await open('notes.md');
    const page = app.page.getByRole('document', { name: 'Markdown' });
    await page.getByRole('heading', { name: 'Notes' }).waitFor();
    expect(await page.getByText('<script>window.ran = 5</script>').count()).toBe(1);
  });

  test('a figure of plotly is drawn, and its numbers are behind t', async () => {
    await open('confusion.json');
    const chart = app.page.getByRole('figure', { name: /^Confusion/ });
    const cells = chart.locator('svg .heatmaplayer image');
    await cells.waitFor();
    expect(await cells.evaluate((image) => getComputedStyle(image).imageRendering)).toBe('pixelated');
    await chart.focus();
    await app.page.keyboard.press('t');
    await app.page.getByRole('cell', { name: '3, 4' }).waitFor();
  });

  test('an SVG is a picture', async () => {
    await open('picture.svg');
    await app.page.getByText('40 × 30 pixels').waitFor();
  });

  test('tables show all rows, only those in sight drawn', async () => {
    await open('predictions.csv');
    await app.page.getByText('5,000 rows, 2 columns').waitFor();
    expect(await app.page.locator('.artifact-table tbody tr').count()).toBeLessThan(80);
    await open('table.json');
    await app.page.getByRole('columnheader', { name: 'b' }).waitFor();
  });

  test('a long text is read a part at a time and says how much there is', async () => {
    await open('log.txt');
    await app.page.getByText(/^The first 1\.0.MB of 3\.2.MB\.$/).waitFor();
    await app.page.getByRole('button', { name: 'Show more' }).click();
    await app.page.getByText(/^The first 2\.0.MB of 3\.2.MB\.$/).waitFor();
  });

  test('what is neither text nor picture, and what is empty, is said so', async () => {
    await open('model.pkl');
    await app.page.getByText('A .pkl file is not text and not a picture that the window draws.').waitFor();
    await open('empty.txt');
    await app.page.getByText('This file is empty.').waitFor();
  });

  test('the tree is moved through by keys, opened and closed by right and left', async () => {
    const tree = app.page.getByRole('tree');
    await tree.focus();
    const current = () => tree.locator('[aria-selected=true]').textContent();
    const press = (key: string) => app.page.keyboard.press(key);
    await press('Home');
    expect(await current()).toMatch(/^figures/);
    await press('ArrowLeft');
    expect(await tree.getByRole('treeitem', { name: /^confusion/ }).count()).toBe(0);
    await press('ArrowDown');
    expect(await current()).toMatch(/^tables/);
    await press('ArrowRight');
    expect(await current()).toMatch(/^predictions\.csv/);
  });

  test('a file and a run are copied by a person into a folder of this machine, marked, and the audit log says so', async () => {
    const out = join(dir, 'out');
    mkdirSync(out);
    await open('table.json');
    app.willChoose(out);
    await app.page.getByRole('button', { name: 'Save a copy' }).click();
    await app.page.getByText(/^Copied into INTERNAL-wardbook-/).waitFor();
    await fromMore(app.page, 'Make a local copy');
    const dialog = app.page.getByRole('dialog', { name: 'Make a local copy' });
    await dialog.getByText('A local copy contains unchecked values', { exact: false }).waitFor();
    app.willChoose(out);
    await dialog.getByRole('button', { name: 'Choose a folder' }).click();
    await dialog.getByText(/^12 files in INTERNAL-wardbook-/).waitFor();
    await dialog.getByRole('button', { name: 'Close' }).click();
    const { entries } = await app.call('audit.list', { limit: 10, before: null });
    expect(entries.map(({ action }) => action)).toEqual(['copy.runs', 'copy.runs']);
    const folders = readdirSync(out).sort();
    expect(folders.every((name) => name.startsWith('INTERNAL-'))).toBe(true);
    expect(readdirSync(join(out, folders[0]!)).sort()).toEqual(['INTERNAL-table.json', 'README.md', 'copy.json']);
  });

  test('axe finds nothing', async () => {
    await open('predictions.csv');
    expect(await openAxe(app)()).toEqual([]);
  });

  test('no request was even tried, and nothing failed', () => {
    expect(asked).toEqual([]);
    expect(app.problems.filter((line) => !ofHeatmaps.some((hash) => line.includes(hash)))).toEqual([]);
  });
});
