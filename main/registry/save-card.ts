import { existsSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { AppError } from '../../shared/errors.ts';
import { newId } from '../platform/ids.ts';
import { demandLocalTarget } from '../platform/local-target.ts';
import { userName } from '../platform/user.ts';
import { appendAudit } from '../store/audit.ts';
import { readSettings } from '../store/settings.ts';
import type { Vault } from '../store/vault.ts';
import { modelCard, type SubgroupsOf } from './card.ts';
import { cardMarkdown } from './markdown.ts';

/**
 * Writes a card as Markdown to `target`, an audited local copy (PRIVACY L3): INTERNAL in its name and on top of it, the audit
 * entry before the file, on a disk of this machine only. Returns the file, whose name has `.INTERNAL` before its ending unless it
 * had it; the setting of local copies decides whether and where. Throws COPY_NOT_ALLOWED, OUTPUT_REFUSED, OUTPUT_EXISTS, OUTPUT_UNWRITABLE, or as `modelCard`.
 */
export function saveCard(
  vault: Vault,
  name: string,
  version: number,
  target: string,
  subgroups: SubgroupsOf,
): { file: string } {
  const { localCopies } = readSettings(vault.db);
  if (localCopies === 'off') {
    throw new AppError(
      'COPY_NOT_ALLOWED',
      'Local copies are switched off for this vault. Nothing was written.',
      'Settings, Local copies, says what is allowed. What may leave is a report: wardbook export.',
    );
  }
  const file = markedName(resolve(target));
  if (localCopies === 'this-machine') demandLocalTarget(dirname(file));
  if (existsSync(file)) {
    throw new AppError('OUTPUT_EXISTS', `There is a file ${file} already.`, 'Choose another name, or move it away.');
  }
  const card = modelCard(vault, name, version, subgroups);
  const part = `${file}.${newId().slice(0, 8)}.part`;
  attempt(file, () => writeFileSync(part, cardMarkdown(card), { flag: 'wx', mode: 0o600 }));
  try {
    appendAudit(vault, 'copy.model-card', { model: name, version, files: 1, numbers: numbersIn(card), by: userName() });
    attempt(file, () => renameSync(part, file));
  } finally {
    rmSync(part, { force: true });
  }
  return { file };
}

/** The name that a card is saved under unless a person says another. */
export const cardFileName = (name: string, version: number): string =>
  `${name.replaceAll(/[^\p{L}\p{N}._-]+/gu, '-').slice(0, 80)}-v${version}.INTERNAL.md`;

function markedName(path: string): string {
  const name = basename(path);
  if (/internal/i.test(name)) return path;
  const dot = name.lastIndexOf('.');
  const marked = dot <= 0 ? `${name}.INTERNAL.md` : `${name.slice(0, dot)}.INTERNAL${name.slice(dot)}`;
  return join(dirname(path), marked);
}

/** Values with or without interval that leave the vault unchecked. */
const numbersIn = ({ results, logged, groups }: ReturnType<typeof modelCard>): number =>
  results.reduce((sum, { estimates }) => sum + estimates.length, logged.length) +
  groups.reduce((sum, one) => sum + one.groups.filter(({ tooFew }) => !tooFew).length, 0);

function attempt<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'ENOSPC' || code === 'EDQUOT')
      throw new AppError('DISK_FULL', `There is no space left for ${file}.`, 'Make room, then try again.', { cause });
    throw new AppError('OUTPUT_UNWRITABLE', `${file} cannot be written.`, 'Choose a folder that you may write to.', {
      cause,
    });
  }
}
