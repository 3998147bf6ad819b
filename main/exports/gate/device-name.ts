/** Words of processors and graphics cards that may be told. A name is rebuilt from these and from model numbers only. */
const words = new Set(
  `Intel AMD Apple NVIDIA Qualcomm ARM Xeon Platinum Gold Silver Bronze Core Ultra Pentium Celeron Atom EPYC Ryzen Threadripper
  Opteron Athlon GeForce RTX GTX Quadro Tesla TITAN Radeon RX Pro PRO Max Arc Iris Xe UHD HD Graphics Instinct Ti SUPER Laptop
  GPU Ada Generation SwiftShader llvmpipe Neoverse Cortex`.split(/\s+/),
);
const modelNumber = /^[A-Za-z]{0,3}\d{1,4}[A-Za-z]{0,2}\d{0,2}$/;

/**
 * A processor or graphics card by dictionary words and model numbers, in their order, at most 8: serials, hosts and anything
 * else that a driver puts into the name is left behind. Null when no maker or family is recognised.
 */
export function deviceName(name: string | null): string | null {
  if (name === null) return null;
  const clean = name.replace(/\((R|TM|C)\)/gi, ' ');
  const tokens = clean
    .split('@')[0]!
    .split(/[^A-Za-z0-9-]+/)
    .filter(Boolean);
  const known = tokens
    .flatMap((token) => token.split(/(?<=^i[3579])-/))
    .filter((token) => words.has(token) || modelNumber.test(token));
  if (!known.some((token) => words.has(token))) return null;
  return known.slice(0, 8).join(' ');
}
