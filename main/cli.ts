import { runCommandLine } from './cli/program.ts';

// On an older Node the database's driver ends the process without a word.
const oldest = 22;
if (Number.parseInt(process.versions.node, 10) < oldest) {
  process.stderr.write(
    `error: HOST_UNAVAILABLE: Wardbook needs Node ${oldest} or newer and this is ${process.version}. The project brings its own: npm run -s wardbook -- help\n`,
  );
  process.exit(1);
}
process.exitCode = await runCommandLine(process.argv.slice(2));
