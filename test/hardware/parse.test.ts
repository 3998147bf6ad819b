import { describe, expect, test } from 'vitest';
import { parseAppLine, parseGpuLine } from '../../main/hardware/nvidia-parse.ts';
import { parseCpu, parseDisks, parseMemory, parseProcess, parseResident } from '../../main/hardware/proc-parse.ts';
import { createRate } from '../../main/hardware/rate.ts';

describe('/proc', () => {
  test('waiting for a disk counts as idle, and guest time is not counted twice', () => {
    expect(parseCpu('cpu  100 10 40 800 50 0 0 0 30 0\ncpu0 1 2 3 4')).toEqual({ busy: 150, total: 1000 });
  });

  test('memory in use is the total less what is available', () => {
    const text = 'MemTotal:       2097152 kB\nMemFree:         100 kB\nMemAvailable:   1048576 kB\n';
    expect(parseMemory(text)).toEqual({ usedMiB: 1024, totalMiB: 2048 });
  });

  test('only whole disks count: partitions, loops and mapped devices hold the same bytes', () => {
    const text = [
      '   7       0 loop0 9 0 999 0 9 0 999 0 0 0 0',
      '   8       0 sda 10 0 100 0 20 0 200 0 0 0 0',
      '   8       1 sda1 10 0 100 0 20 0 200 0 0 0 0',
      ' 259       0 nvme0n1 1 0 2 0 1 0 4 0 0 0 0',
      ' 259       1 nvme0n1p1 1 0 2 0 1 0 4 0 0 0 0',
      ' 253       0 dm-0 1 0 2 0 1 0 4 0 0 0 0',
    ].join('\n');
    expect(parseDisks(text)).toEqual({ read: 102 * 512, written: 204 * 512 });
  });

  test('a process name with spaces and brackets does not shift the fields', () => {
    const fields = ['S', 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 70, 30, 0, 0, 20, 0, 5, 0, 4242, 0, 0].join(' ');
    expect(parseProcess(`77 (a) b (c)) ${fields}`)).toEqual({ ticks: 100, startedAt: 4242 });
  });

  test('resident memory is read in MiB, and text without it gives null', () => {
    expect(parseResident('Name:\tx\nVmRSS:\t    2048 kB\n')).toBe(2);
    expect(parseResident('Name:\tkthread\n')).toBeNull();
    expect([parseCpu(''), parseMemory(''), parseDisks(''), parseProcess('')]).toEqual([null, null, null, null]);
  });
});

describe('nvidia-smi', () => {
  test('a counter the card does not have is null and takes no other with it', () => {
    expect(parseGpuLine('0, NVIDIA RTX A4000, 37, 1024, 16376, [N/A], 61')).toEqual({
      index: 0,
      reading: {
        name: 'NVIDIA RTX A4000',
        utilization: 37,
        memoryUsedMiB: 1024,
        memoryMiB: 16376,
        powerW: null,
        temperatureC: 61,
      },
    });
  });

  test('a line of another shape is no reading', () => {
    expect(parseGpuLine('Unable to determine the device handle for GPU')).toBeNull();
    expect(parseAppLine('No running processes found')).toBeNull();
    expect(parseAppLine('4242, 512')).toEqual({ pid: 4242, memoryMiB: 512 });
  });
});

test('a rate needs two readings and is null after the counter went backwards or failed', () => {
  const rate = createRate();
  expect([rate(0, 0), rate(500, 500), rate(400, 1000), rate(600, 2000), rate(null, 3000), rate(900, 4000)]).toEqual([
    null,
    1000,
    null,
    200,
    null,
    null,
  ]);
});
