import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Disks, demandLocalTarget, farPlace } from '../../main/platform/local-target.ts';
import { temporaryFolder } from '../store/vault-fixture.ts';

let folder: string;
beforeAll(() => {
  folder = temporaryFolder();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A system on which `folder` is a mount of this type; its disk is 8:17. */
const mounted = (type: string, removable = false): Disks => ({
  platform: 'linux',
  mounts: `27 1 254:0 / / rw - ext4 /dev/vda rw\n90 27 8:17 / ${folder} rw,relatime shared:1 - ${type} x rw\n`,
  isRemovable: (device) => removable && device === '8:17',
});

test.each(['nfs4', 'cifs', 'smb3', '9p', 'fuse.sshfs', 'fuse.rclone', 'fuse.s3fs', 'ceph', 'davfs'])(
  'a folder on %s is on another machine, also one that is not there yet',
  (type) => {
    expect(farPlace(join(folder, 'not', 'there'), mounted(type))).toBe('network');
    expect(() => demandLocalTarget(folder, mounted(type))).toThrow(expect.objectContaining({ code: 'OUTPUT_REFUSED' }));
  },
);

test.each(['ext4', 'xfs', 'btrfs', 'zfs', 'tmpfs', 'overlay', 'fuseblk', 'fuse.gocryptfs'])(
  'a folder on %s is local',
  (type) => {
    expect(farPlace(folder, mounted(type))).toBeNull();
    expect(farPlace(folder, mounted(type, true))).toBe('removable');
  },
);

test('links are followed to where they lead', () => {
  const link = join(temporaryFolder(), 'link');
  symlinkSync(folder, link);
  expect(farPlace(link, mounted('nfs4'))).toBe('network');
  rmSync(join(link, '..'), { recursive: true });
});

test.each(['Dropbox', 'OneDrive - Klinikum', 'Nextcloud', 'Google Drive', 'CloudStorage'])(
  'a folder below %s is kept in step with a server',
  (name) => {
    const inside = join(folder, name, 'cards');
    mkdirSync(inside, { recursive: true });
    expect(farPlace(inside, mounted('ext4'))).toBe('synced');
    expect(farPlace(join(folder, `not ${name}`), mounted('ext4'))).toBeNull();
  },
);

test('this machine’s temporary folder is on a disk of its own', () => {
  expect(farPlace(folder)).toBeNull();
});
