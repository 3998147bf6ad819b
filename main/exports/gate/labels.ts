import type { RuleId } from '../../../shared/model/export-dictionary.ts';
import { siteLabel } from '../../../shared/model/exportable-run.ts';

/**
 * F2 and F3 for a label that a person typed and the policy lets out whole (the site's). Returns the rule it breaks, or null.
 * F2: composed Unicode, Latin letters and digits only. F3: no run of 5 digits once separators are gone, no token of 20
 * characters or more. `local` are words of this computer (user, host) that must not be in it.
 */
export function brokenLabelRule(label: string, local: string[]): RuleId | null {
  if (label !== label.normalize('NFC') || !siteLabel.safeParse(label).success) return 'F2';
  if (/\d{5}/.test(label.replace(/[ _.-]/g, ''))) return 'F3';
  if (label.split(/[ _.-]/).some((token) => token.length >= 20)) return 'F3';
  const lower = label.toLowerCase();
  if (local.some((word) => word.length >= 3 && lower.includes(word.toLowerCase()))) return 'F3';
  return null;
}
