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
