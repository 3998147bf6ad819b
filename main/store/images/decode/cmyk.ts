/** Ink to light, without a colour profile, as most programs show it; Adobe writes its inks inverted. */
export function fromCmyk(inks: Uint8Array, pixels: number, inverted: boolean): Uint8Array {
  const samples = new Uint8Array(pixels * 3);
  for (let pixel = 0; pixel < pixels; pixel++) {
    const black = inks[pixel * 4 + 3]!;
    const light = inverted ? black : 255 - black;
    for (let c = 0; c < 3; c++) {
      const ink = inks[pixel * 4 + c]!;
      samples[pixel * 3 + c] = Math.round(((inverted ? ink : 255 - ink) * light) / 255);
    }
  }
  return samples;
}

/** YCCK to CMYK in place: luminance and colour differences stand for the inverse of the first three inks (ITU-R BT.601). */
export function fromYcck(inks: Uint8Array): void {
  const ink = (light: number): number => 255 - Math.min(255, Math.max(0, Math.round(light)));
  for (let at = 0; at < inks.length; at += 4) {
    const y = inks[at]!;
    const cb = inks[at + 1]! - 128;
    const cr = inks[at + 2]! - 128;
    inks[at] = ink(y + 1.402 * cr);
    inks[at + 1] = ink(y - 0.344136 * cb - 0.714136 * cr);
    inks[at + 2] = ink(y + 1.772 * cb);
  }
}
