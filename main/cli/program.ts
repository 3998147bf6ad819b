import { Command, CommanderError } from 'commander';
import { AppError, type Failure, toFailure } from '../../shared/errors.ts';
import { appVersion } from '../platform/version.ts';
import { auditCommand } from './audit.ts';
import { binCommand } from './bin.ts';
import type { RegisterCommand, RunAction } from './command.ts';
import { compareCommand } from './compare.ts';
import { createContext, type GlobalOptions } from './context.ts';
import { copyCommand } from './copy.ts';
import { datasetCommand } from './dataset.ts';
import { demoCommand } from './demo.ts';
import { doctorCommand } from './doctor.ts';
import { enginesCommand } from './engines.ts';
import { evaluateCommand } from './evaluate.ts';
import { exportCommand } from './export.ts';
import { groupsCommand } from './groups.ts';
import { hardwareCommand } from './hardware.ts';
import { importCommand } from './import.ts';
import { metricsCommand } from './metrics.ts';
import { modelCommand } from './model.ts';
import { noteCommand } from './note.ts';
import { predictionsCommand } from './predictions.ts';
import { recipesCommand } from './recipes.ts';
import { renameCommand } from './rename.ts';
import { rerunCommand } from './rerun.ts';
import { restoreCommand } from './restore.ts';
import { resumeCommand } from './resume.ts';
import { runCommand } from './run.ts';
import { runsCommand } from './runs.ts';
import { serveCommand } from './serve.ts';
import { showCommand } from './show.ts';
import { stopCommand } from './stop.ts';
import { studyCommand } from './study.ts';
import { tagCommand } from './tag.ts';
import { trainCommand } from './train.ts';
import { verifyCommand } from './verify.ts';

const commands: RegisterCommand[] = [
  auditCommand,
  binCommand,
  compareCommand,
  copyCommand,
  datasetCommand,
  demoCommand,
  doctorCommand,
  enginesCommand,
  evaluateCommand,
  exportCommand,
  groupsCommand,
  hardwareCommand,
  importCommand,
  metricsCommand,
  modelCommand,
  noteCommand,
  predictionsCommand,
  recipesCommand,
  renameCommand,
  rerunCommand,
  restoreCommand,
  resumeCommand,
  runCommand,
  runsCommand,
  serveCommand,
  showCommand,
  stopCommand,
  studyCommand,
  tagCommand,
  trainCommand,
  verifyCommand,
];

/** Parses the arguments, runs the command and returns the exit status: 0 done, 1 failed, 2 wrong usage, 130 interrupted. */
export async function runCommandLine(args: string[]): Promise<number> {
  let exitCode = 0;
  const program = new Command('wardbook');
  program
    .description('Private, local-only training and tracking of models on patient data.')
    .version(appVersion)
    .option('--vault <dir>', 'the vault to use (default: WARDBOOK_VAULT or the per-user data folder)')
    .option('--json', 'print exactly one JSON value on stdout')
    .showHelpAfterError('(see wardbook help)')
    .exitOverride();

  const run: RunAction = async (command, work) => {
    const context = createContext(command.optsWithGlobals<GlobalOptions>());
    try {
      await work(context);
      exitCode = context.exitCode;
    } catch (error) {
      exitCode = report(error, context.options.json === true);
    }
  };
  for (const register of commands) register(program, run);
  for (const command of allCommands(program)) acceptGlobalOptions(command);

  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    throw error;
  }
  return exitCode;
}

function allCommands(program: Command): Command[] {
  return program.commands.flatMap((command) => [command, ...allCommands(command)]);
}

/** `--json` and `--vault` work before and after the command's name. */
function acceptGlobalOptions(command: Command): void {
  command.exitOverride();
  if (command.commands.length > 0) return;
  command.option('--vault <dir>', 'the vault to use').option('--json', 'print exactly one JSON value on stdout');
}

function report(error: unknown, json: boolean): number {
  const failure: Failure = toFailure(error);
  if (json) process.stdout.write(`${JSON.stringify({ error: { code: failure.code, message: failure.message } })}\n`);
  process.stderr.write(`error: ${failure.code}: ${failure.message}\n`);
  if (failure.hint !== undefined) process.stderr.write(`${failure.hint}\n`);
  if (!(error instanceof AppError) && process.env.WARDBOOK_DEBUG === '1')
    process.stderr.write(`${String((error as Error).stack)}\n`);
  return failure.code === 'CANCELLED' ? 130 : 1;
}
