import { AppError } from '../../shared/errors.ts';
import type { RegisterCommand } from './command.ts';

export const verifyCommand: RegisterCommand = (program, run) => {
  const command = program
    .command('verify <path>')
    .description('check a report offline: intact and signed (valid), by a key you were given (trusted)')
    .option('--key <file>', "the site's public key, handed over by another way");
  command.action((path: string, options: { key?: string }) =>
    run(command, async (context) => {
      const { verifyReport } = await import('../exports/verify.ts');
      const result = verifyReport(path, options.key === undefined ? null : await readKey(options.key));
      if (!result.valid) context.exitCode = 1;
      context.print(
        result,
        () => `${result.valid ? 'valid' : 'NOT valid'}${result.trusted ? ', trusted' : ''}: ${result.reason}`,
      );
    }),
  );
};

async function readKey(file: string): Promise<string> {
  const { readFile } = await import('node:fs/promises');
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new AppError('FILE_NOT_FOUND', `The key file ${file} cannot be read.`, undefined, { cause: error });
  }
}
