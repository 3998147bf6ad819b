/** Where a pixel of the new image comes from: (y, x) ↦ (a·y + b·x + c, d·y + e·x + f), in pixels. */
export type Affine = [a: number, b: number, c: number, d: number, e: number, f: number];

/**
 * The map for turning by `angle` (radians, towards the eye counter-clockwise), enlarging by `zoom` and moving by `down` and
 * `right` pixels, all about the middle of the image, after a mirroring of left and right.
 */
export function affineOf(
  { height, width }: { height: number; width: number },
  { angle, zoom, down, right, flip }: { angle: number; zoom: number; down: number; right: number; flip: boolean },
): Affine {
  const cos = Math.cos(angle) / zoom;
  const sin = Math.sin(angle) / zoom;
  const mirror = flip ? -1 : 1;
  const middleY = (height - 1) / 2;
  const middleX = (width - 1) / 2;
  // From the new place: back by the shift, about the middle, turned and shrunk back, mirrored.
  const y0 = middleY + down;
  const x0 = middleX + right;
  return [
    cos,
    sin,
    middleY - cos * y0 - sin * x0,
    -sin * mirror,
    cos * mirror,
    middleX + mirror * (sin * y0 - cos * x0),
  ];
}
