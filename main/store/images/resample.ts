/** 8-bit samples of a picture, row by row. */
export type Picture = { width: number; height: number; channels: 1 | 3; samples: Uint8Array };

/** Per output place: the first input place that counts, and the weights of those from there on, which add up to 1. */
type Weights = { first: Int32Array; weights: Float64Array[] };

/**
 * A picture in another size, each axis by itself: made smaller, an output pixel is the mean of the area it covers, parts of
 * pixels counting by their part; made larger, it lies on the straight line between its two neighbours (pixel centres, edges
 * repeated). Rounded half up; the same input gives the same bytes on every machine.
 */
export function resample({ width, height, channels, samples }: Picture, toWidth: number, toHeight: number): Picture {
  if (width === toWidth && height === toHeight) return { width, height, channels, samples };
  const across = axisWeights(width, toWidth);
  const down = axisWeights(height, toHeight);
  const rows = new Float64Array(height * toWidth * channels);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < toWidth; x++) {
      const weights = across.weights[x]!;
      const first = (y * width + across.first[x]!) * channels;
      for (let c = 0; c < channels; c++) {
        let sum = 0;
        for (let i = 0; i < weights.length; i++) sum += weights[i]! * samples[first + i * channels + c]!;
        rows[(y * toWidth + x) * channels + c] = sum;
      }
    }
  }
  const out = new Uint8Array(toWidth * toHeight * channels);
  const stride = toWidth * channels;
  for (let y = 0; y < toHeight; y++) {
    const weights = down.weights[y]!;
    const first = down.first[y]! * stride;
    for (let at = 0; at < stride; at++) {
      let sum = 0;
      for (let i = 0; i < weights.length; i++) sum += weights[i]! * rows[first + i * stride + at]!;
      out[y * stride + at] = Math.floor(sum + 0.5);
    }
  }
  return { width: toWidth, height: toHeight, channels, samples: out };
}

function axisWeights(from: number, to: number): Weights {
  return to < from ? areaWeights(from, to) : lineWeights(from, to);
}

function areaWeights(from: number, to: number): Weights {
  const scale = from / to;
  const first = new Int32Array(to);
  const weights = Array.from({ length: to }, (_, place) => {
    const start = place * scale;
    const end = Math.min(from, start + scale);
    first[place] = Math.floor(start);
    const last = Math.min(from, Math.ceil(end - 1e-9));
    const parts = new Float64Array(last - first[place]!);
    for (let at = 0; at < parts.length; at++) {
      const pixel = first[place]! + at;
      parts[at] = (Math.min(end, pixel + 1) - Math.max(start, pixel)) / (end - start);
    }
    return parts;
  });
  return { first, weights };
}

function lineWeights(from: number, to: number): Weights {
  const first = new Int32Array(to);
  const weights = Array.from({ length: to }, (_, place) => {
    const centre = Math.min(from - 1, Math.max(0, ((place + 0.5) * from) / to - 0.5));
    const left = Math.min(Math.floor(centre), from - 1);
    first[place] = left;
    const part = centre - left;
    return part === 0 || left + 1 >= from ? Float64Array.of(1) : Float64Array.of(1 - part, part);
  });
  return { first, weights };
}

/** A square picture: the whole original, its proportions kept, in the middle, black beside or above it. */
export function fitSquare(picture: Picture, size: number): Picture {
  const { width, height, channels } = picture;
  const scale = size / Math.max(width, height);
  const wide = Math.max(1, Math.min(size, Math.round(width * scale)));
  const high = Math.max(1, Math.min(size, Math.round(height * scale)));
  const fitted = resample(picture, wide, high);
  if (wide === size && high === size) return fitted;
  const samples = new Uint8Array(size * size * channels);
  const left = Math.floor((size - wide) / 2);
  const top = Math.floor((size - high) / 2);
  for (let y = 0; y < high; y++) {
    const row = fitted.samples.subarray(y * wide * channels, (y + 1) * wide * channels);
    samples.set(row, ((top + y) * size + left) * channels);
  }
  return { width: size, height: size, channels, samples };
}

/** The picture so that neither side is longer than `most`; smaller ones stay as they are. */
export function fitWithin(picture: Picture, most: number): Picture {
  const longest = Math.max(picture.width, picture.height);
  if (longest <= most) return picture;
  const side = (length: number): number => Math.max(1, Math.round((length * most) / longest));
  return resample(picture, side(picture.width), side(picture.height));
}
