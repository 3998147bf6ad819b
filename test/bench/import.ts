import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startImport } from '../../main/datasets/import-process.ts';
import { createRandom } from '../../shared/statistics/random.ts';
import type { Row, Scale } from './bench.ts';

export const title = 'Import of a table with 50 columns';

const COLUMNS = 50;
const MOST_SECONDS_PER_GB = 180;
const MOST_MB = 512;

/** Imports a generated CSV file in the importing child, as the app does, and watches the child's memory. */
export async function run({ scale }: { scale: Scale }): Promise<Row[]> {
  const bytes = scale === 'full' ? 1e9 : 1e8;
  const folder = mkdtempSync(join(tmpdir(), 'wardbook-bench-'));
  try {
    const path = join(folder, 'table.csv');
    writeTable(path, bytes);
    const start = performance.now();
    const running = startImport(join(folder, 'vault'), {
      path,
      name: 'bench',
      subject: { kind: 'column', column: 'patient_id', exact: false },
    });
    let peak: number | null = null;
    const watch = setInterval(() => {
      peak = peakMemory(running.pid) ?? peak;
    }, 100);
    try {
      await running.done;
    } finally {
      clearInterval(watch);
    }
    const seconds = (performance.now() - start) / 1000;
    const most = (MOST_SECONDS_PER_GB * bytes) / 1e9;
    const size = `${bytes / 1e6} MB × ${COLUMNS} columns`;
    const rows: Row[] = [
      { name: `import of ${size}`, figure: seconds, unit: 's', target: `≤ ${most} s`, met: seconds <= most },
      {
        name: `rate of that import`,
        figure: bytes / 1e6 / seconds,
        unit: 'MB/s',
        target: `≥ ${(1000 / MOST_SECONDS_PER_GB).toFixed(1)} MB/s`,
        met: seconds <= most,
      },
    ];
    if (peak !== null) {
      rows.push({
        name: `peak memory of the importing child`,
        figure: peak,
        unit: 'MB',
        target: `≤ ${MOST_MB} MB`,
        met: peak <= MOST_MB,
      });
    }
    return rows;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Visits of patients at twelve sites: an id, a site, a date, a code, an outcome and 45 numbers, some of them missing. */
function writeTable(path: string, bytes: number): void {
  const random = createRandom(1);
  const file = openSync(path, 'w');
  const labs = Array.from({ length: COLUMNS - 5 }, (_, i) => `lab_${i}`);
  let written = writeSync(file, `${['patient_id', 'site', 'visit_date', 'code', 'died', ...labs].join(',')}\n`);
  for (let row = 0; written < bytes; ) {
    let text = '';
    for (let end = row + 1000; row < end; row++) {
      const patient = Math.floor(row / 3);
      const cells = labs.map((_, i) => {
        if (random.uniform() < 0.03) return '';
        return i % 3 === 0 ? String(random.below(200)) : (random.uniform() * 300).toFixed(3);
      });
      const date = `20${10 + (row % 10)}-0${1 + (row % 9)}-1${row % 10}`;
      text += `P${String(patient).padStart(8, '0')},S${patient % 12},${date},ICD${random.below(900)},${random.below(5) === 0 ? 1 : 0},${cells.join(',')}\n`;
    }
    written += writeSync(file, text);
  }
  closeSync(file);
}

/** Peak resident memory of a process in MB, where the system tells (Linux). */
function peakMemory(pid: number | undefined): number | null {
  try {
    const match = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return match === null ? null : (Number(match[1]) * 1024) / 1e6;
  } catch {
    return null;
  }
}
