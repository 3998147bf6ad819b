import { importTable } from '../../main/datasets/import-table.ts';
import { openVault } from '../../main/store/open-vault.ts';
import { AppError } from '../../shared/errors.ts';

/** Run by tests as a process of its own: imports a file into a vault, as another user when one is named, and prints `ok` or the error's code. */
const [dir, path, name, user] = process.argv.slice(2) as [string, string, string, string | undefined];
if (user) {
  process.setgid?.(Number(user));
  process.setuid?.(Number(user));
}
// Beyond a file-size limit the kernel sends this signal before the write fails.
process.on('SIGXFSZ', () => {});
const vault = openVault(dir, { purpose: 'import' });
try {
  const version = await importTable(vault, {
    path,
    name,
    subject: { kind: 'none' },
    onProgress: ({ rows }) => {
      if (rows > 0) process.stderr.write('rows\n');
    },
  });
  process.stdout.write(`ok ${version.version}\n`);
} catch (error) {
  process.stdout.write(`${error instanceof AppError ? error.code : String(error)}\n`);
} finally {
  vault.close();
}
