import { plain } from '../../../shared/format.ts';
import type { AuditEntry } from '../../../shared/model/report.ts';

/** Words for what the log records as codes; a code without words is shown as it is. */
const actions: Record<string, string> = {
  'dataset.subject-per-row': 'Declared: each row is another person',
  'run.look': 'Test results looked at again',
  'model.register': 'Model version registered',
  'model.stage': 'Model version moved',
  'model.delete': 'Taken out of the registry',
  'model.restore': 'Brought back to the registry',
  'copy.model-card': 'Model card copied out of the vault',
  'export.sign': 'Report signed and saved',
  'export.failed': 'Report could not be written',
};

export function actionWords(action: string): string {
  return actions[action] ?? action.replaceAll(/[.-]/g, ' ').replace(/^./, (letter) => letter.toUpperCase());
}

/** `digest c27a 91f0…, files 3`: names and values of an entry, hashes shortened. */
export function detailWords(detail: AuditEntry['detail']): string {
  return Object.entries(detail)
    .filter(([, value]) => value !== null)
    .map(([key, value]) => `${key.replaceAll(/[-_]/g, ' ')} ${written(value)}`)
    .join(', ');
}

function written(value: string | number | boolean | null): string {
  if (typeof value === 'number') return plain(value);
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  const text = String(value);
  return /^[0-9a-f]{24,}$/.test(text) ? `${text.slice(0, 12)}…` : text;
}
