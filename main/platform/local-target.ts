import { readFileSync, realpathSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { AppError } from '../../shared/errors.ts';

/** Why a place is none for a local copy (PRIVACY L3): what is written there may leave this machine. */
export type FarPlace = 'network' | 'removable' | 'synced';

/** What of the system decides; tests give others. */
export type Disks = {
  platform: NodeJS.Platform;
  /** `/proc/self/mountinfo`, or null where there is none. */
  mounts: string | null;
  /** Whether the disk of this device number (`8:17`) can be taken out; null when nobody says. */
  isRemovable(device: string): boolean;
};

const here: Disks = {
  platform: process.platform,
  mounts: readable('/proc/self/mountinfo'),
  isRemovable: (device) => {
    const folder = realpath(join('/sys/dev/block', device));
    // A partition's disk is the folder above it.
    return [folder, dirname(folder)].some((disk) => readable(join(disk, 'removable'))?.trim() === '1');
  },
};

/** File systems that hand what is written to another machine. A FUSE system that is not known to be local counts as one. */
const network =
  /^(nfs\d?|cifs|smb\w*|smbfs|ncpfs|afs|ceph|glusterfs|lustre|gpfs|9p|virtiofs|davfs|beegfs|orangefs|coda)$/;
const localFuse =
  /^fuse(blk|ctl|\.(encfs|gocryptfs|cryfs|securefs|bindfs|overlayfs|fuse-overlayfs|mergerfs|ntfs-3g|portal))?$/;
/** Folders that programs of their own keep in step with a server. */
const synced =
  /^(dropbox( \(.*\))?|onedrive( - .*)?|google ?drive|googledrive|my drive|nextcloud\d*|owncloud|seafile|icloud drive|icloud~.*|mobile documents|cloudstorage|box( sync)?|pcloud ?drive|megasync( downloads)?|sync|syncthing|tresorit|creative cloud files)$/i;

/**
 * Why a folder (which need not exist yet) is no place for a local copy; null when it is one. Links are followed. Where a system
 * does not say what a place is, it counts as local.
 */
export function farPlace(folder: string, disks: Disks = here): FarPlace | null {
  const real = existingFolder(resolve(folder));
  if (real.split(/[/\\]/).some((part) => synced.test(part))) return 'synced';
  if (disks.platform === 'win32')
    return /^[/\\]{2}(?![?.])/.test(real) || /^\\\\\?\\UNC\\/i.test(real) ? 'network' : null;
  if (disks.platform === 'darwin') return real.startsWith('/Volumes/') ? 'removable' : null;
  const mount = mountOf(real, disks.mounts ?? '');
  if (mount === null) return null;
  if (network.test(mount.type) || (mount.type.startsWith('fuse') && !localFuse.test(mount.type))) return 'network';
  if (/^\/(media|run\/media)\//.test(`${mount.at}/`) || disks.isRemovable(mount.device)) return 'removable';
  return null;
}

/** Refuses a place whose content may leave this machine. Throws OUTPUT_REFUSED. */
export function demandLocalTarget(folder: string, disks: Disks = here): void {
  const far = farPlace(folder, disks);
  if (far === null) return;
  const what = {
    network: 'is on another machine',
    removable: 'is on a disk that can be taken out',
    synced: 'is kept in step with a server',
  }[far];
  throw new AppError(
    'OUTPUT_REFUSED',
    `${folder} ${what}. A copy with unchecked values stays on this machine.`,
    'Choose a folder on a disk of this machine. What may leave is a report: wardbook export.',
  );
}

/** The nearest folder above that exists, without links. */
function existingFolder(path: string): string {
  for (let folder = path; ; folder = dirname(folder)) {
    const real = realpath(folder);
    if (real !== '' || folder === dirname(folder)) return real === '' ? folder : real;
  }
}

function realpath(path: string): string {
  try {
    // The native one tells the server behind a drive letter on Windows.
    return realpathSync.native(path);
  } catch {
    return '';
  }
}

type Mount = { device: string; at: string; type: string };

/** The mount that a path lies in: the deepest, and of several in one place the last. */
function mountOf(path: string, mounts: string): Mount | null {
  let found: Mount | null = null;
  for (const line of mounts.split('\n')) {
    const [before, after] = line.split(' - ');
    const fields = before?.split(' ') ?? [];
    if (after === undefined || fields[4] === undefined) continue;
    const at = fields[4].replaceAll(/\\(\d{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
    const inside = at === '/' || path === at || path.startsWith(`${at}/`);
    if (inside && at.length >= (found?.at.length ?? 0)) found = { device: fields[2]!, at, type: after.split(' ')[0]! };
  }
  return found;
}

function readable(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
