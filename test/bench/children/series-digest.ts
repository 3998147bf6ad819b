import { createHash } from 'node:crypto';
import { readWholeSeries } from '../../../main/store/metrics/read.ts';
import { openVaultForReading } from '../../../main/store/open-vault.ts';

/** Of a series in a vault, as `digest_of` in tracking.py counts and hashes points. */
export function seriesDigest(dir: string, run: string, key: string): string {
  const vault = openVaultForReading(dir);
  try {
    const { count, steps, times, values } = readWholeSeries(vault.db, run, key);
    const bytes = Buffer.alloc(24 * count);
    for (let i = 0; i < count; i++) {
      bytes.writeBigInt64LE(BigInt(steps[i]!), 24 * i);
      bytes.writeBigInt64LE(BigInt(times[i]!), 24 * i + 8);
      bytes.writeDoubleLE(values[i]!, 24 * i + 16);
    }
    return `${count} ${createHash('sha256').update(bytes).digest('hex')}`;
  } finally {
    vault.close();
  }
}
