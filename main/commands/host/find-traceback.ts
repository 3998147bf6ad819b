import { closeSync, existsSync, fstatSync, openSync, readSync } from 'node:fs';

const endBytes = 256 * 1024;
const longest = 32 * 1024;

/** The last traceback of a log: Python's, or the lines from R's `Error` on; null when there is none near its end. */
export function findTraceback(logFile: string): string | null {
  const lines = lastText(logFile).split('\n');
  const python = lines.findLastIndex((line) =>
    /^\s*(Traceback \(most recent call last\)|\s*\+ Exception Group Traceback)/.test(line),
  );
  if (python >= 0) return wholeTraceback(lines, python).slice(-longest);
  const r = lines.findLastIndex((line) => /^Error( in .*)?:/.test(line));
  return r < 0
    ? null
    : lines
        .slice(r)
        .filter((line) => !line.startsWith('[wardbook]'))
        .join('\n')
        .trimEnd()
        .slice(0, longest);
}

/** Of chained exceptions the first belongs to it too: “During handling …” joins them. */
function wholeTraceback(lines: string[], last: number): string {
  let first = last;
  for (let i = last - 1; i >= 0; i--) {
    if (/^\s*Traceback \(most recent call last\)/.test(lines[i]!) && joined(lines, i, first)) first = i;
  }
  const end = lines.findIndex((line, i) => i > last && line !== '' && !/^\s/.test(line));
  const rest = lines.slice(end + 1).findIndex((line) => /^(\[wardbook\]|\S)/.test(line));
  const stop = end < 0 ? lines.length : rest < 0 ? lines.length : end + 1 + rest;
  return lines.slice(first, stop).join('\n').trimEnd();
}

const joined = (lines: string[], from: number, to: number): boolean =>
  lines
    .slice(from, to)
    .some((line) => /^(During handling of the above|The above exception was the direct cause)/.test(line));

function lastText(file: string): string {
  if (!existsSync(file)) return '';
  const handle = openSync(file, 'r');
  try {
    const { size } = fstatSync(handle);
    const bytes = Buffer.alloc(Math.min(size, endBytes));
    readSync(handle, bytes, 0, bytes.length, size - bytes.length);
    return bytes.toString('utf8');
  } finally {
    closeSync(handle);
  }
}
