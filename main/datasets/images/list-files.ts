import { type Dirent, readdirSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import { AppError } from '../../../shared/errors.ts';

/** A file below the folder, by its path from there with `/` between names. */
export type FoundFile = { path: string; bytes: number };

const MOST_FILES = 2_000_000;
const DEEPEST = 16;

/**
 * Every file below a folder in the order of their paths, hidden ones and links to folders left out. FILE_NOT_FOUND, FILE_UNREADABLE.
 */
export function listFiles(root: string): FoundFile[] {
  const found: FoundFile[] = [];
  const visit = (folder: string, depth: number): void => {
    const entries = readFolder(join(root, folder), folder === '');
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      if (entry.name.startsWith('.')) continue;
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) {
        if (depth < DEEPEST) visit(path, depth + 1);
      } else if (entry.isFile() || entry.isSymbolicLink()) {
        const stat = statSync(join(root, path), { throwIfNoEntry: false });
        if (stat?.isFile() === true) found.push({ path, bytes: stat.size });
      }
      if (found.length > MOST_FILES)
        throw new AppError(
          'FILE_UNREADABLE',
          `The folder holds more than ${MOST_FILES.toLocaleString('en')} files.`,
          'Choose a folder of images.',
        );
    }
  };
  visit('', 0);
  return found;
}

function readFolder(path: string, isRoot: boolean): Dirent[] {
  try {
    return readdirSync(path, { withFileTypes: true });
  } catch (cause) {
    if (!isRoot) return [];
    const { code } = cause as NodeJS.ErrnoException;
    throw code === 'ENOENT'
      ? new AppError('FILE_NOT_FOUND', 'There is no folder there.', 'Check the path and try again.', { cause })
      : new AppError('FILE_UNREADABLE', 'That folder cannot be read.', 'Check that you may open it.', { cause });
  }
}

const images = new Set(['.png', '.jpg', '.jpeg', '.jpe', '.jfif', '.tif', '.tiff', '.dcm', '.dicom', '.dic', '.ima']);
const otherImages = new Set(['.gif', '.bmp', '.webp', '.jp2', '.j2k', '.heic', '.heif', '.avif', '.svs', '.ndpi']);
const others =
  /\.(?:csv|tsv|txt|tab|md|json|xml|html?|pdf|xlsx?|docx?|ya?ml|log|zip|gz|tar|py|ipynb|r|ini|db|rtf|odt|ods|sqlite)$/i;
const otherNames = /^(?:dicomdir|thumbs\.db|desktop\.ini|readme|licen[cs]e)$/i;

/** What a file's name promises: `image`, an image format that is not read here, nothing (`unknown`), or something else. */
export function promiseOf(path: string): 'image' | 'other-image' | 'unknown' | 'else' {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const extension = extname(name).toLowerCase();
  if (images.has(extension)) return 'image';
  if (otherImages.has(extension)) return 'other-image';
  return others.test(name) || otherNames.test(name) ? 'else' : 'unknown';
}
