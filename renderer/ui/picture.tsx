import { useLayoutEffect, useRef } from 'react';
import type { PicturePixels } from '../../shared/contract/datasets.ts';

/** A picture drawn from its samples; decoration beside words, so hidden from assistive technology. */
export function Picture({ of, className }: { of: PicturePixels; className: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    const context = canvas.current?.getContext('2d');
    context?.putImageData(new ImageData(toRgba(of), of.width, of.height), 0, 0);
  }, [of]);
  // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a canvas takes no focus
  return <canvas ref={canvas} className={className} width={of.width} height={of.height} aria-hidden="true" />;
}

function toRgba({ width, height, channels, samples }: PicturePixels): Uint8ClampedArray<ArrayBuffer> {
  const rgba = new Uint8ClampedArray(width * height * 4);
  for (let pixel = 0; pixel < width * height; pixel++) {
    const from = pixel * channels;
    rgba[pixel * 4] = samples[from]!;
    rgba[pixel * 4 + 1] = samples[channels === 3 ? from + 1 : from]!;
    rgba[pixel * 4 + 2] = samples[channels === 3 ? from + 2 : from]!;
    rgba[pixel * 4 + 3] = 255;
  }
  return rgba;
}
