import type { DatasetVersion } from '../../shared/model/dataset.ts';
import type { Vault } from '../store/vault.ts';
import type { ImportKind, ImportRequest } from './import-request.ts';

/** Imports a table or a folder of images; what only one of them needs is loaded for it. */
export async function importAny(
  vault: Vault,
  { kind, labels, ...request }: ImportRequest & { kind: ImportKind; labels?: string },
): Promise<DatasetVersion> {
  if (kind === 'table') return (await import('./import-table.ts')).importTable(vault, request);
  const { importImages } = await import('./images/import-images.ts');
  return importImages(vault, labels === undefined ? { ...request, kind } : { ...request, kind, labels });
}
