import { createHash } from 'node:crypto';
import {
  type ExportableReport,
  type ExportableRun,
  exportableReport,
  type Suppressed,
} from '../../../shared/model/exportable-run.ts';
import { type Child, type Element, h, markup } from './element.ts';
import { count, kept, pairs } from './parts.ts';
import { resultTables } from './results.ts';
import { runSection } from './run-section.ts';
import { style } from './style.ts';
import { type Curve, calibrationFigure, rocFigure } from './svg-curves.ts';
import { longDay } from './words.ts';

const personsText = {
  'subject column': ', told apart by a subject column',
  'one row per person': ', one row each as declared',
  unknown: ' (no subject column)',
} as const;

const limit =
  'The gate lowers risk and leaves evidence. It does not certify anonymity: that stays with the data controller. Never in a report: records, images, weights, predictions, logs, notes, names, paths, people.';

/**
 * The report as one HTML file (X8): no script, no link, no image; text as text nodes; figures drawn from the released numbers.
 * Its policy admits the one stylesheet inside, by hash, and nothing else. Throws when the report has an unknown field.
 */
export function renderHtml(report: ExportableReport): string {
  const checked = exportableReport.parse(report);
  const hash = createHash('sha256').update(style).digest('base64');
  const policy = `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`;
  const head = h(
    'head',
    {},
    h('meta', { charset: 'utf-8' }),
    h('meta', { 'http-equiv': 'Content-Security-Policy', content: policy }),
    h('meta', { name: 'viewport', content: 'width=device-width' }),
    h('title', {}, titleOf(checked)),
  );
  // The stylesheet is ours and constant: it goes in as it is, so that its hash holds.
  const start = markup(head).replace('</head>', `<style>${style}</style></head>`);
  return `<!doctype html>\n<html lang="en">${start}${markup(h('body', {}, pageOf(checked)))}</html>\n`;
}

const titleOf = ({ runs }: ExportableReport): string =>
  `Report of ${runs.length} ${runs.length === 1 ? 'run' : 'runs'}`;

function pageOf(report: ExportableReport): Element {
  const tasks = [...new Set(report.runs.map((run) => run.task).filter((task) => task !== null))];
  const place = [tasks.join(', '), report.site, longDay(report.day)].filter(Boolean);
  const lead = place.join(' · ');
  return h(
    'main',
    {},
    h(
      'header',
      {},
      h(
        'div',
        {},
        h('h1', {}, titleOf(report)),
        h('p', { class: 'lead' }, `${lead.charAt(0).toUpperCase()}${lead.slice(1)}`),
      ),
      brand(),
    ),
    datasetsOf(report),
    resultTables(report),
    figuresOf(report),
    report.runs.map(runSection),
    evidenceOf(report),
    h('p', { class: 'limit' }, limit),
  );
}

function datasetsOf({ datasets }: ExportableReport): Element[] {
  return datasets.map((dataset) =>
    pairs(
      ['Dataset', `${dataset.label}, version ${dataset.version}, ${dataset.kind}`],
      ['Rows', count(dataset.rows)],
      ['Persons', [count(dataset.subjects), personsText[dataset.persons]], 'wide'],
      ['Fingerprint', [h('code', {}, groupHex(dataset.fingerprint.hmac)), ` key ${dataset.fingerprint.keyId}`], 'wide'],
    ),
  );
}

function figuresOf({ runs }: ExportableReport): Element {
  return h(
    'div',
    { class: 'figures' },
    figureOf(
      'ROC',
      'sensitivity; the filled dot is the decision threshold',
      curvesOf(runs, (run) => run.evaluation?.roc),
      rocFigure,
    ),
    figureOf(
      'Calibration',
      'observed share',
      curvesOf(runs, (run) => run.evaluation?.calibration),
      calibrationFigure,
    ),
  );
}

type Found<T> = { shown: Curve<T>[]; kept: { label: string; rule: string }[] };

function curvesOf<T extends object>(
  runs: ExportableRun[],
  pick: (run: ExportableRun) => T | Suppressed | undefined,
): Found<T> {
  const found: Found<T> = { shown: [], kept: [] };
  runs.forEach((run, index) => {
    const curve = pick(run);
    if (curve === undefined) return;
    if ('suppressed' in curve) found.kept.push({ label: run.label, rule: curve.suppressed });
    else found.shown.push({ index, label: run.label, curve });
  });
  return found;
}

function figureOf<T>(title: string, axis: string, found: Found<T>, draw: (curves: Curve<T>[]) => Element): Element {
  const missing = found.kept.flatMap(({ label, rule }): Child[] => [`${label} `, kept(rule), ' ']);
  return h(
    'div',
    {},
    h('h3', {}, title, ' ', h('span', { class: 't3' }, axis)),
    found.shown.length === 0 ? null : draw(found.shown),
    found.shown.length === 0 ? null : h('p', { class: 'cap' }, 'Binned for disclosure control (S6).'),
    missing.length === 0 ? null : h('p', { class: 'cap' }, missing),
  );
}

function evidenceOf({ policy, rules, appVersion }: ExportableReport): Element[] {
  const fired = (key: 'changed' | 'refused'): Child[] => {
    const list = rules.filter((rule) => rule[key] > 0);
    return list.length === 0 ? ['none'] : [list.map((rule) => `${rule.rule} ${rule[key]}×`).join(', ')];
  };
  return [
    h('h2', {}, 'Evidence'),
    pairs(
      ['Policy', `${policy.id}, k = ${policy.k}, counts to ${policy.base}`],
      ['Made by', `Wardbook ${appVersion}`],
      ['Changed by', fired('changed'), 'wide'],
      ['Kept back by', fired('refused'), 'wide'],
    ),
  ];
}

function brand(): Element {
  const stroke = { fill: 'none', stroke: 'currentColor' };
  return h(
    'span',
    { class: 'brand' },
    h(
      'svg',
      { viewBox: '0 0 18 18', 'aria-hidden': 'true', 'stroke-width': 1.6, ...stroke },
      h('path', { d: 'M3.5 2.5h11v13h-11zM6.5 2.5v13' }),
      h('path', { d: 'M8.8 9.2h1.2l1-2.4 1.2 4 .8-1.6h1.4', 'stroke-width': 1.2 }),
    ),
    'Wardbook',
  );
}

const groupHex = (hex: string): string => hex.replace(/(.{4})(?=.)/g, '$1 ');
