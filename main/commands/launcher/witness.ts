import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { oomKills } from '../../platform/oom.ts';
import { identityOf } from '../../platform/process-identity.ts';
import { statusOfWait } from '../find-exit.ts';
import { endedName, writeRecord } from '../job-files.ts';
import type { LaunchPlan } from './plan.ts';
import { type RunningJob, watchJob } from './watch-job.ts';

const perl = '/usr/bin/perl';

/**
 * The command's parent: a few megabytes that know nothing but how it ends, and outlive the launcher. Perl, since a shell would
 * change the environment and could not tell a status of 137 from a SIGKILL. What it says goes to descriptor 3, how the command
 * ended into a file too. Afterwards it keeps the pipe of the output open until somebody has read it. Arguments: the job folder,
 * then the command as it is.
 */
const script = `use POSIX ();
my ($folder, @command) = @ARGV;
my @signals = qw(INT TERM HUP QUIT);
$SIG{$_} = sub {} for @signals;
pipe(my $read, my $write) or exit 1;
my $job = fork();
exit 1 if !defined $job;
if ($job == 0) {
  POSIX::setsid();
  POSIX::dup2(4, 1);
  POSIX::dup2(4, 2);
  POSIX::close($_) for (3, 4);
  $SIG{$_} = 'DEFAULT' for @signals;
  exec { $command[0] } @command;
  syswrite $write, $! + 0;
  POSIX::_exit(127);
}
$SIG{PIPE} = 'IGNORE';
close $write;
sub tell_launcher { my $line = "$_[0]\\n"; POSIX::write(3, $line, length $line) }
my $refused = <$read>;
if (defined $refused) { tell_launcher("error $refused"); waitpid($job, 0); exit 0 }
tell_launcher("job $job");
1 while waitpid($job, 0) == -1 && $! == POSIX::EINTR;
my $status = $?;
umask(077);
if (open(my $file, '>', "$folder/${endedName}.new")) {
  print $file "$status\\n";
  close($file) and rename("$folder/${endedName}.new", "$folder/${endedName}");
}
tell_launcher("ended $status");
for (my $i = 0; $i < 12000 && -d $folder && !-e "$folder/exit.json"; $i++) { select(undef, undef, undef, 0.05) }
`;

/** Variables that would change what the witness itself does. */
const meddling = ['PERL5OPT', 'PERL5DB', 'PERL_UNICODE'];

/**
 * Starts the command below a witness, with its environment, descriptors, session and group as without one. Null, with nothing
 * started, where there is none on this system.
 */
export async function startWitnessed(
  plan: LaunchPlan,
  env: NodeJS.ProcessEnv,
  output: number,
): Promise<RunningJob | null> {
  if (process.platform === 'win32' || !existsSync(perl) || meddling.some((name) => env[name] !== undefined))
    return null;
  const before = oomKills();
  const witness = spawn(perl, ['-e', script, plan.folder, ...plan.argv], {
    cwd: plan.cwd,
    env,
    detached: true,
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', output],
  });
  const said = sayings(witness);
  const first = await said.next();
  if (first === null || witness.pid === undefined) return null;
  const [what, number] = first;
  if (what === 'error') {
    const name = Object.entries(constants.errno).find(([, value]) => value === number)?.[0] ?? `errno ${number}`;
    const ended = { code: null, signal: null, error: name, witnessed: true, endedAt: Date.now(), memoryKill: false };
    return { identity: null, ended: Promise.resolve(ended) };
  }
  writeRecord(plan.folder, 'witness', { ...identityOf(witness.pid), oomKills: before });
  const identity = identityOf(number);
  const ended = said.next().then((last) => {
    // Without a last word the witness was killed.
    return last === null ? watchJob(plan.folder, identity).ended : statusOfWait(last[1], Date.now(), before);
  });
  return { identity, ended };
}

type Saying = [what: string, number: number];

function sayings(witness: ChildProcess): { next(): Promise<Saying | null> } {
  const lines = createInterface({ input: witness.stdio[3] as Readable })[Symbol.asyncIterator]();
  witness.on('error', () => {});
  return {
    async next() {
      const { value, done } = await lines.next().catch(() => ({ value: '', done: true }));
      const [, what, number] = /^(job|error|ended) (\d+)$/.exec(done ? '' : (value as string)) ?? [];
      return what === undefined ? null : [what, Number(number)];
    },
  };
}
