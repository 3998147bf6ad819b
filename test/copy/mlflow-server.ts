import { spawn } from 'node:child_process';
import { type AddressInfo, createServer } from 'node:net';
import { notRun } from '../not-run.ts';
import { clientPython } from '../tracking/clients/python.ts';

const python = clientPython(3);

export function hasMlflowServer(): boolean {
  if (python !== null) return true;
  notRun(
    'copy --to-mlflow against a real MLflow server',
    'there is no Python with mlflow (node tools/python-clients.mjs makes one)',
  );
  return false;
}

export type MlflowServer = {
  url: string;
  get<T>(path: string): Promise<T>;
  /** Its very words, with whole numbers that JSON.parse would round. */
  text(path: string): Promise<string>;
  post<T>(path: string, body: unknown): Promise<T>;
  stop(): Promise<void>;
};

/** `mlflow server` on a free port, with its database and its artifacts in a folder. */
export async function startMlflowServer(folder: string): Promise<MlflowServer> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const args = ['-m', 'mlflow', 'server', '--host', '127.0.0.1', '--port', String(port), '--workers', '1'];
  const child = spawn(
    python!,
    [...args, '--backend-store-uri', `sqlite:///${folder}/there.db`, '--artifacts-destination', `${folder}/artifacts`],
    {
      cwd: folder,
      stdio: 'ignore',
      detached: true,
      env: { ...process.env, MLFLOW_DISABLE_TELEMETRY: 'true' },
    },
  );
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const api = async <T>(path: string, init?: RequestInit): Promise<T> => {
    const answer = await fetch(`${url}/api/2.0/mlflow/${path}`, init);
    // Its JSON has NaN in it, as Python writes it.
    return JSON.parse((await answer.text()).replaceAll(/:\s*(NaN|-?Infinity)/g, ': "$1"')) as T;
  };
  for (const end = Date.now() + 90_000; ; ) {
    if (
      await fetch(`${url}/health`).then(
        ({ ok }) => ok,
        () => false,
      )
    )
      break;
    if (Date.now() > end) throw new Error('mlflow server did not start');
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return {
    url,
    get: (path) => api(path),
    text: async (path) => (await fetch(`${url}/api/2.0/mlflow/${path}`)).text(),
    post: (path, body) =>
      api(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    async stop() {
      process.kill(-child.pid!, 'SIGTERM');
      await exited;
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
