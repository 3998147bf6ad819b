import { readFileSync } from 'node:fs';

/**
 * Attempts to reach something outside that failed for want of a way, in the network namespace of a process: connections and
 * datagrams without a route (IPv4 and IPv6), and questions to a name server on this machine that is not there. Null when it
 * cannot be read.
 */
export function refusedPackets(pid: number): number | null {
  try {
    const four = readFileSync(`/proc/${pid}/net/snmp`, 'utf8');
    const six = readFileSync(`/proc/${pid}/net/snmp6`, 'utf8');
    return (
      column(four, 'Ip', 'OutNoRoutes') +
      column(four, 'Udp', 'NoPorts') +
      Number(/^Ip6OutNoRoutes\s+(\d+)$/m.exec(six)?.[1] ?? 0)
    );
  } catch {
    return null;
  }
}

/** Two lines per protocol: names, then numbers. */
function column(text: string, protocol: string, name: string): number {
  const [names, numbers] = text.split('\n').filter((line) => line.startsWith(`${protocol}: `));
  const at = names?.split(' ').indexOf(name) ?? -1;
  return at < 0 ? 0 : Number(numbers?.split(' ')[at] ?? 0);
}
