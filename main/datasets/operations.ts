import type { z } from 'zod';
import type {
  datasetsContract,
  FolderPreview,
  ImageDuplicates,
  ImageInView,
  ImageRows,
  ImportPreview,
} from '../../shared/contract/datasets.ts';
import type { DatasetDiff, DatasetSummary, DatasetVersion } from '../../shared/model/dataset.ts';
import { findVersion, listDatasets, runsOfDataset, type StoredVersion } from '../store/datasets.ts';
import type { ReadableVault, Vault } from '../store/vault.ts';
import { diffVersions } from './diff-versions.ts';
import { listDuplicates } from './images/list-duplicates.ts';
import { listImages } from './images/list-images.ts';
import { previewFolder } from './images/preview-folder.ts';
import { readThumbnails } from './images/read-thumbnails.ts';
import { showImage } from './images/show-image.ts';
import { previewTable } from './preview-table.ts';
import { setRole } from './set-role.ts';
import { importSynthetic } from './synthetic.ts';
import { verifyVersion } from './verify-version.ts';

type Input<K extends keyof typeof datasetsContract> = z.output<(typeof datasetsContract)[K]['input']>;

/** The datasets part of the table of read and write calls. */
export const datasetOperations = {
  'datasets.list': (vault: ReadableVault): DatasetSummary[] => listDatasets(vault.db),
  'datasets.show': (vault: ReadableVault, { name, version }: Input<'datasets.show'>): DatasetVersion =>
    withoutBlob(findVersion(vault.db, name, version)),
  'datasets.runs': (vault: ReadableVault, { name, version }: Input<'datasets.runs'>): string[] => {
    findVersion(vault.db, name, version);
    return runsOfDataset(vault.db, name, version);
  },
  'datasets.diff': (vault: ReadableVault, { from, to }: Input<'datasets.diff'>): DatasetDiff =>
    diffVersions(vault.dir, findVersion(vault.db, from.name, from.version), findVersion(vault.db, to.name, to.version)),
  'datasets.verify': (vault: ReadableVault, { name, version }: Input<'datasets.verify'>) =>
    verifyVersion(vault.dir, findVersion(vault.db, name, version)),
  'datasets.duplicates': (vault: ReadableVault, { name, version }: Input<'datasets.duplicates'>): ImageDuplicates =>
    listDuplicates(vault.dir, findVersion(vault.db, name, version)),
  'datasets.images': (vault: ReadableVault, { name, version, where }: Input<'datasets.images'>): ImageRows =>
    listImages(vault.dir, findVersion(vault.db, name, version), where),
  'datasets.thumbnails': (vault: ReadableVault, { name, version, rows }: Input<'datasets.thumbnails'>) =>
    readThumbnails(vault.dir, findVersion(vault.db, name, version), rows),
  'datasets.image': (vault: ReadableVault, { name, version, row }: Input<'datasets.image'>): Promise<ImageInView> =>
    showImage(vault.dir, findVersion(vault.db, name, version), row),
  'datasets.setRole': (vault: Vault, input: Input<'datasets.setRole'>): null => setRole(vault, input),
  'internal.previewTable': (_vault: ReadableVault, { path, handle }: { path: string; handle: string }): ImportPreview =>
    previewTable(path, handle),
  'internal.previewFolder': (
    _vault: ReadableVault,
    { path, handle, labels }: { path: string; handle: string; labels?: string },
  ): FolderPreview => previewFolder(path, handle, labels),
  'internal.importSynthetic': (vault: Vault): Promise<DatasetVersion> => importSynthetic(vault),
  'internal.datasetVersion': (
    vault: ReadableVault,
    { name, version }: { name: string; version: number | null },
  ): StoredVersion => findVersion(vault.db, name, version),
};

function withoutBlob({ blob: _, ...version }: StoredVersion): DatasetVersion {
  return version;
}
