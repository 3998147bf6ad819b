import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** What a script printed as its last line, read as the test expects it. */
// biome-ignore lint/suspicious/noExplicitAny: a wrong shape fails the test that reads it
export type ClientResult = any;

/**
 * Runs a script of this folder with the real client against a server, in an empty folder. Throws with the end of what it wrote
 * to stderr when it fails.
 */
export async function runClient(
  python: string,
  script: string,
  server: { url: string; token(): string },
  args: string[] = [],
): Promise<ClientResult> {
  const folder = mkdtempSync(join(tmpdir(), 'wardbook-client-'));
  try {
    const { stdout } = await promisify(execFile)(python, [join(import.meta.dirname, script), ...args], {
      cwd: folder,
      maxBuffer: 2 ** 26,
      timeout: 300_000,
      env: {
        ...process.env,
        HOME: folder,
        TMPDIR: folder,
        MLFLOW_TRACKING_URI: server.url,
        MLFLOW_TRACKING_TOKEN: server.token(),
        MLFLOW_DISABLE_TELEMETRY: 'true',
        DO_NOT_TRACK: 'true',
        MLFLOW_HTTP_REQUEST_MAX_RETRIES: '2',
        // The client looks at installed packages of a model; it must not ask an index.
        MLFLOW_REQUIREMENTS_INFERENCE_RAISE_ERRORS: 'false',
        PYTHONWARNINGS: 'ignore',
        NO_PROXY: '127.0.0.1,localhost',
      },
    });
    return JSON.parse(stdout.trimEnd().split('\n').at(-1)!);
  } catch (error) {
    const { stderr } = error as { stderr?: string };
    throw stderr === undefined ? error : new Error(`${script}: ${stderr.slice(-4_000)}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
