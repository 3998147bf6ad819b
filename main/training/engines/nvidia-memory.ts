import { execFile } from 'node:child_process';
import type { Memory } from './host-memory.ts';

export type NvidiaCard = Memory & { name: string; driver: string };

const QUERY = '--query-gpu=name,memory.total,memory.free,driver_version';
let asked: Promise<NvidiaCard[]> | null = null;

/** NVIDIA's cards as nvidia-smi tells them, in its order; empty where it is not installed. Asked anew after two seconds. */
export function nvidiaCards(): Promise<NvidiaCard[]> {
  if (asked === null) {
    asked = ask();
    setTimeout(() => {
      asked = null;
    }, 2_000).unref();
  }
  return asked;
}

/** Memory of the card with this name; null where it is not one of NVIDIA's. */
export async function nvidiaMemory(name: string | null): Promise<Memory> {
  const cards = name === null ? [] : await nvidiaCards();
  const card = cards.find((each) => name!.includes(each.name) || each.name.includes(name!));
  return { memoryMiB: card?.memoryMiB ?? null, freeMemoryMiB: card?.freeMemoryMiB ?? null };
}

function ask(): Promise<NvidiaCard[]> {
  return new Promise((resolve) => {
    execFile('nvidia-smi', [QUERY, '--format=csv,noheader,nounits'], { timeout: 5_000 }, (error, stdout) => {
      resolve(error === null ? parseCards(stdout) : []);
    });
  });
}

/** One card a line: name, MiB in all, MiB free, driver; `[N/A]` becomes null. */
export function parseCards(text: string): NvidiaCard[] {
  return text
    .split('\n')
    .map((line) => line.split(',').map((field) => field.trim()))
    .filter((fields) => fields.length === 4 && fields[0] !== '')
    .map(([name, total, free, driver]) => ({
      name: name!,
      memoryMiB: wholeNumber(total!),
      freeMemoryMiB: wholeNumber(free!),
      driver: driver!,
    }));
}

const wholeNumber = (text: string): number | null => (/^\d+$/.test(text) ? Number(text) : null);
