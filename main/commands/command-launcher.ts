import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { identityOf } from '../platform/process-identity.ts';
import { socketName, writeRecord } from './job-files.ts';
import type { LaunchPlan } from './launcher/plan.ts';
import { readOutput } from './launcher/read-output.ts';
import { openRelay } from './launcher/relay.ts';
import { startJob } from './launcher/run-job.ts';
import { watchJob } from './launcher/watch-job.ts';
import { refusedPackets } from './network/refused-packets.ts';

/**
 * The small process that stays with a command from its start to its end, whatever becomes of the rest of Wardbook: it owns the
 * address that the command's client calls, reads and masks the output, and writes down how the command ended.
 */

// What ends a session or a terminal is meant for the command and reaches it by its own group.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});

const plan = JSON.parse(await text(process.stdin)) as LaunchPlan;
const { folder } = plan;
// The path of a socket must be short, so it is relative.
process.chdir(folder);

// The first host is on its way when this process starts.
const nextStart = { at: Date.now() + 5_000, pause: 1_000 };
const env: NodeJS.ProcessEnv = { ...process.env };
for (const [name, value] of Object.entries(plan.env)) {
  if (value === null) delete env[name];
  else env[name] = value;
}
const output = readOutput(folder, plan.logFile, env);
const relay = await openRelay({
  socket: socketName,
  token: plan.token,
  folder,
  port: plan.running?.port ?? null,
  onAway: startHost,
  note: output.note,
});
if (plan.tracked) env['MLFLOW_TRACKING_URI'] = `http://127.0.0.1:${relay.port}`;
writeRecord(folder, 'launcher', { ...identityOf(process.pid), port: relay.port });

const job = plan.running === null ? await startJob(plan, env, output) : watchJob(folder, plan.running.job);
if (job.identity !== null) writeRecord(folder, 'job', job.identity);
const end = await job.ended;
await output.finish();
// Here, since the count goes with the network of this process.
writeRecord(folder, 'exit', { ...end, refused: refusedPackets(process.pid) });
// What the command told at the last is handed over before this process goes; otherwise it stays in the file.
await relay.drained(plan.host === null ? 2_000 : 20_000);
relay.close();
process.exit(0);

/** Less and less often: a vault that cannot be opened now may be so for hours. */
function startHost(): void {
  if (plan.host === null || Date.now() < nextStart.at) return;
  nextStart.pause = Math.min(60_000, nextStart.pause * 2);
  nextStart.at = Date.now() + nextStart.pause;
  spawn(plan.host.program, plan.host.args, { detached: true, stdio: 'ignore' })
    .on('error', () => {})
    .unref();
}
