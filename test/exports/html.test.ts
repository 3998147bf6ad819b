import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { h, markup } from '../../main/exports/render/element.ts';
import { renderHtml } from '../../main/exports/render/html.ts';
import { renderJson } from '../../main/exports/render/json.ts';
import { type ExportableReport, exportableReport } from '../../shared/model/exportable-run.ts';
import { gated } from './gate.ts';
import { cohort, evidenceOf } from './synthetic.ts';

/** One full run and one with a small test part; ids made constant for the snapshot. */
function report(): ExportableReport {
  const small = evidenceOf(cohort(20, 57, 1, 2), { part: 'test' });
  const { report: made } = gated([evidenceOf(cohort(215, 285)), small]);
  return { ...made, runs: made.runs.map((run, i) => ({ ...run, id: `00000000-0000-4000-8000-00000000000${i}` })) };
}

test('the page of a synthetic report is the one that was looked at', async () => {
  await expect(renderHtml(report())).toMatchFileSnapshot('fixtures/report.html');
});

test('X8: no script, no link, no inline style, nothing from elsewhere; one style, admitted by its hash', () => {
  const html = renderHtml(report());
  const style = /<style>([\s\S]*?)<\/style>/.exec(html)![1]!;
  const hash = createHash('sha256').update(style).digest('base64');
  expect(html).toContain(`default-src &#39;none&#39;`.replaceAll('&#39;', "'"));
  expect(html).toContain(`style-src 'sha256-${hash}'`);
  expect(html.match(/<style>/g)).toHaveLength(1);
  expect(html).not.toMatch(
    /<(script|link|a|img|iframe|object|form|base|foreignObject)\b|\sstyle=|\son\w+=|javascript:|url\(|https?:/i,
  );
});

test('X8: text is text, whatever it holds', () => {
  expect(markup(h('p', { title: '"><b>' }, '<script>&"</script>'))).toBe(
    '<p title="&quot;&gt;&lt;b&gt;">&lt;script&gt;&amp;&quot;&lt;/script&gt;</p>',
  );
});

test('X11: what is suppressed is said by rule alone, in the page and in the JSON', () => {
  const made = report();
  expect(renderHtml(made)).toContain('<span class="kept">suppressed S5</span>');
  expect(renderJson(made)).toContain('"suppressed": "S5"');
});

test('X1: renderers refuse what is not an exportable report, and JSON gives it back whole', () => {
  const made = report();
  expect(() => renderHtml({ ...made, note: 'x' } as ExportableReport)).toThrow();
  expect(() =>
    renderJson({ ...made, runs: made.runs.map((run) => ({ ...run, name: 'x' })) } as ExportableReport),
  ).toThrow();
  expect(exportableReport.parse(JSON.parse(renderJson(made)))).toEqual(made);
});

test('X2: renderers import shared code, each other and a hash function, and nothing else', () => {
  const folder = new URL('../../main/exports/render/', import.meta.url);
  for (const name of readdirSync(folder)) {
    const imports = [...readFileSync(new URL(name, folder), 'utf8').matchAll(/from '([^']+)'/g)].map(
      (match) => match[1]!,
    );
    for (const path of imports) expect(path).toMatch(/^(\.\/|\.\.\/\.\.\/\.\.\/shared\/|node:crypto$)/);
  }
});
