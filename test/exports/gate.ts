import type { RunEvidence } from '../../main/exports/evidence.ts';
import { createNotes, type Notes } from '../../main/exports/gate/notes.ts';
import { gateReport } from '../../main/exports/gate/report.ts';
import type { ExportableReport, ReleasedEvaluation } from '../../shared/model/exportable-run.ts';
import { defaultPolicy } from '../../shared/model/policy.ts';

const facts = {
  now: Date.UTC(2026, 10, 21, 12),
  siteLabel: 'Site A',
  appVersion: '0.1.0',
  fingerprintKey: Buffer.alloc(32, 7),
  localWords: [],
};

export function gated(
  runs: RunEvidence[],
  changes: Partial<typeof facts> = {},
): { report: ExportableReport; notes: Notes } {
  const notes = createNotes();
  return { report: gateReport(runs, { ...facts, ...changes }, defaultPolicy, notes), notes };
}

export const evaluationOf = (run: RunEvidence): ReleasedEvaluation => gated([run]).report.runs[0]!.evaluation!;
