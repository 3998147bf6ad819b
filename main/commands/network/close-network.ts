import { execFile } from 'node:child_process';
import type { NetworkState } from '../../../shared/model/command.ts';

/** How a program is started so that it has no network but its own loopback; `wrap` empty: it has the machine's. */
export type ClosedNetwork = Pick<NetworkState, 'off' | 'how'> & { wrap: string[] };

const tryMs = 3_000;
/** Reaches itself over loopback, and has nothing else: neither a second interface nor a route. */
const proof =
  'test "$(tail -n +3 /proc/net/dev | cut -d: -f1 | tr -d " ")" = lo && test -z "$(tail -n +2 /proc/net/route)" && grep -q 127.0.0.1 /proc/net/fib_trie';

type Means = { how: string; wrap: string[] };

/**
 * The means of this system to take a program's network away, each tried out before it is relied on: on Linux a network
 * namespace, by bubblewrap or by util-linux and iproute2. `off` is false with the reason where there is none.
 */
export async function closeNetwork(
  platform: NodeJS.Platform = process.platform,
  path = process.env['PATH'],
): Promise<ClosedNetwork> {
  if (platform !== 'linux') {
    return {
      off: false,
      how: `Wardbook cannot switch the network off for one program on ${systemName(platform)}`,
      wrap: [],
    };
  }
  for (const { how, wrap } of linuxMeans()) {
    if (await succeeds([...wrap, 'sh', '-c', proof], path)) return { off: true, how, wrap };
  }
  return {
    off: false,
    how: 'this system allows no network namespace here, or has neither bubblewrap nor iproute2',
    wrap: [],
  };
}

function succeeds([program = '', ...args]: string[], path: string | undefined): Promise<boolean> {
  return new Promise((resolve) => {
    execFile(program, args, { timeout: tryMs, env: { PATH: path } }, (error) => resolve(error === null));
  });
}

function linuxMeans(): Means[] {
  const uid = process.getuid?.() ?? 0;
  const gid = process.getgid?.() ?? 0;
  const loopback = 'ip link set lo up && exec "$0" "$@"';
  // The superuser needs no user namespace, in which files of others would be out of reach.
  if (uid === 0)
    return [{ how: 'a network namespace (unshare)', wrap: ['unshare', '--net', '--', 'sh', '-c', loopback] }];
  const asBefore = ['unshare', '--user', `--map-user=${uid}`, `--map-group=${gid}`, '--'];
  return [
    {
      how: 'a network namespace (bubblewrap)',
      wrap: ['bwrap', '--dev-bind', '/', '/', '--unshare-user', '--unshare-net', '--'],
    },
    {
      how: 'a network namespace (unshare)',
      wrap: ['unshare', '--map-root-user', '--net', '--', 'sh', '-c', loopback, ...asBefore],
    },
  ];
}

function systemName(platform: NodeJS.Platform): string {
  return platform === 'darwin' ? 'macOS' : platform === 'win32' ? 'Windows' : platform;
}
