import type { RuleId } from '../../../shared/model/export-dictionary.ts';
import type { Disclosure } from '../../../shared/model/report.ts';

/** What the gate did, in words that stay on this machine (X11); the report gets rule ids and counts only. */
export type Notes = {
  released(what: string, count?: number): void;
  changed(rule: RuleId, what: string, count?: number): void;
  refused(rule: RuleId, what: string, count?: number): void;
  list(): Disclosure[];
};

export function createNotes(): Notes {
  const lines = new Map<string, Disclosure>();
  const note = (rule: string, outcome: Disclosure['outcome'], what: string, count: number): void => {
    if (count === 0) return;
    const key = `${outcome}\n${rule}\n${what}`;
    const line = lines.get(key);
    if (line === undefined) lines.set(key, { rule, outcome, what, count });
    else line.count += count;
  };
  return {
    released: (what, count = 1) => note('2.2', 'released', what, count),
    changed: (rule, what, count = 1) => note(rule, 'transformed', what, count),
    refused: (rule, what, count = 1) => note(rule, 'refused', what, count),
    list: () => [...lines.values()],
  };
}
