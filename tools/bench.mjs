// `npm run bench [-- --full] [NAME…]`: runs the benchmarks one after the other, each in a process of its own, and prints a table.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildAll, isStale } from './build.mjs';
import { root } from './root.mjs';

const folder = join(root, 'test', 'bench');
const marker = '@@rows@@';

async function runOne(file, scale) {
  const bench = await import(pathToFileURL(file).href);
  const rows = await bench.run({ scale });
  process.stdout.write(`${marker}${JSON.stringify({ title: bench.title, rows })}\n`);
}

function spawnBench(name, scale) {
  const child = spawnSync(process.execPath, [import.meta.filename, '--child', join(folder, name), scale], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    maxBuffer: 64 * 2 ** 20,
  });
  const line = child.stdout.split('\n').find((text) => text.startsWith(marker));
  if (child.status !== 0 || line === undefined) {
    return { title: name, rows: [{ name: 'did not finish', figure: Number.NaN, unit: '', target: '', met: false }] };
  }
  return JSON.parse(line.slice(marker.length));
}

const number = (value) =>
  value === null || !Number.isFinite(value) ? 'n/a' : value.toLocaleString('en-US', { maximumSignificantDigits: 3 });

function printRow(row) {
  const against = row.baseline ? `against ${row.baseline.name} ${number(row.baseline.figure)} ${row.unit}` : '';
  const ratio = row.ratio === undefined ? '' : `${number(row.ratio)}×`;
  console.log(
    `  ${row.met ? '✓' : '✗'} ${row.name}: ${number(row.figure)} ${row.unit} ${against} ${ratio} (target ${row.target})`.replace(
      / +/g,
      ' ',
    ),
  );
}

if (process.argv[2] === '--child') {
  await runOne(process.argv[3], process.argv[4]);
} else {
  const scale = process.argv.includes('--full') ? 'full' : 'tenth';
  const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
  const names = readdirSync(folder)
    .filter((name) => name.endsWith('.ts') && name !== 'bench.ts' && !name.includes('.child.'))
    .filter((name) => wanted.length === 0 || wanted.some((part) => name.includes(part)))
    .sort();
  if (isStale()) await buildAll();
  console.log(
    `${scale === 'full' ? 'Full scale' : 'Tenth scale (--full for the whole)'}, ${cpus()[0]?.model.trim()} × ${cpus().length}, Node ${process.version}`,
  );
  const started = Date.now();
  const results = [];
  for (const name of names) {
    const result = spawnBench(name, scale);
    results.push(result);
    console.log(`\n${result.title}`);
    for (const row of result.rows) printRow(row);
  }
  mkdirSync(join(root, 'build'), { recursive: true });
  writeFileSync(join(root, 'build', 'bench.json'), JSON.stringify({ scale, results }, null, 2));
  const missed = results.flatMap((result) => result.rows).filter((row) => !row.met).length;
  console.log(
    `\n${missed === 0 ? 'Every target met' : `${missed} missed`}, ${Math.round((Date.now() - started) / 1000)} s`,
  );
  process.exitCode = missed === 0 ? 0 : 1;
}
