import type { DatasetVersion } from '../../../shared/model/dataset.ts';
import { type RuleId, ruleId } from '../../../shared/model/export-dictionary.ts';
import {
  type ExportableDataset,
  type ExportableReport,
  type ExportableRun,
  exportableDataset,
  exportableReport,
} from '../../../shared/model/exportable-run.ts';
import type { Policy } from '../../../shared/model/policy.ts';
import type { RunEvidence } from '../evidence.ts';
import { dayOf } from './dates.ts';
import { versionText } from './environment.ts';
import { gateFingerprint } from './fingerprint.ts';
import { brokenLabelRule } from './labels.ts';
import type { Notes } from './notes.ts';
import { roundCount } from './round-counts.ts';
import { gateRun } from './run.ts';

export type ReportFacts = {
  now: number;
  siteLabel: string;
  appVersion: string;
  /** Secret of the dataset fingerprint. */
  fingerprintKey: Buffer;
  /** Words of this computer that no label may hold: user, host. */
  localWords: string[];
};

/** The whole report, from evidence to what may leave; the only way to an `ExportableReport`. */
export function gateReport(runs: RunEvidence[], facts: ReportFacts, policy: Policy, notes: Notes): ExportableReport {
  const versions: DatasetVersion[] = [];
  const label = (version: DatasetVersion | null): string | null => {
    if (version === null) return null;
    let at = versions.findIndex((known) => known.name === version.name && known.version === version.version);
    if (at === -1) at = versions.push(version) - 1;
    return `Dataset ${at + 1}`;
  };
  const released: ExportableRun[] = runs.map((run, i) =>
    gateRun(run, `Run ${i + 1}`, label(run.dataset), policy, notes),
  );
  const datasets = versions.map((version, i) => gateDataset(version, `Dataset ${i + 1}`, facts, policy, notes));
  const broken = facts.siteLabel === '' ? null : brokenLabelRule(facts.siteLabel, facts.localWords);
  if (broken !== null) notes.refused(broken, 'site label');
  return exportableReport.parse({
    schema: 'wardbook-report/1',
    day: dayOf(facts.now),
    site: facts.siteLabel === '' || broken !== null ? null : facts.siteLabel,
    appVersion: versionText(facts.appVersion) ?? '0',
    policy: { id: policy.id, k: policy.k, base: policy.base },
    datasets,
    runs: released,
    rules: rulesFired(notes),
  });
}

function gateDataset(
  version: DatasetVersion,
  label: string,
  facts: ReportFacts,
  policy: Policy,
  notes: Notes,
): ExportableDataset {
  const known = version.subjectMode !== 'none';
  const count = (n: number | null): ExportableDataset['subjects'] => {
    const rounded = n === null ? 0 : roundCount(n, policy.base);
    const safe = known && n !== null && n >= policy.k && rounded >= policy.k;
    if (safe) notes.changed('S2', 'counts rounded to 5');
    else notes.refused('S1', 'size of a dataset');
    return safe ? rounded : { suppressed: 'S1' };
  };
  // Rows are people's too: they are told only when the persons behind them are enough.
  const subjects = count(version.subjects);
  notes.changed('F5', 'fingerprint of a dataset under the site key');
  notes.refused('F6', 'dataset names');
  return exportableDataset.parse({
    label,
    version: version.version,
    kind: version.kind,
    persons: { grouped: 'subject column', exact: 'subject column', 'per-row': 'one row per person', none: 'unknown' }[
      version.subjectMode
    ],
    subjects,
    rows: typeof subjects === 'number' ? count(version.rows) : subjects,
    fingerprint: gateFingerprint(facts.fingerprintKey, version.hash),
  });
}

/** Counts per rule; a report names the rule and never what it kept (X11). */
function rulesFired(notes: Notes): ExportableReport['rules'] {
  const fired = new Map<RuleId, { rule: RuleId; changed: number; refused: number }>();
  for (const line of notes.list()) {
    const rule = ruleId.safeParse(line.rule);
    if (!rule.success) continue;
    const entry = fired.get(rule.data) ?? { rule: rule.data, changed: 0, refused: 0 };
    if (line.outcome === 'transformed') entry.changed += line.count;
    if (line.outcome === 'refused') entry.refused += line.count;
    fired.set(rule.data, entry);
  }
  return [...fired.values()].sort((a, b) => a.rule.localeCompare(b.rule));
}
