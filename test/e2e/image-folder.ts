import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encode } from 'fast-png';

/**
 * A folder of `count` grey PNG files, 40 × 30, of two classes and of one patient each; besides, a copy of the first named twin.png
 * and a text file named bad.png.
 */
export function makeImageFolder(parent: string, count: number): string {
  const root = join(parent, 'chest-films');
  mkdirSync(root);
  const [width, height] = [40, 30];
  const rows = ['file,patient_id,finding,split'];
  for (let at = 0; at < count; at++) {
    const name = `film-${String(at).padStart(3, '0')}.png`;
    // Spots at other places in each, so that no two of them look alike.
    const data = Uint8Array.from({ length: width * height }, (_, pixel) => {
      const [x, y] = [pixel % width, Math.floor(pixel / width)];
      return 128 + 60 * Math.sin((x * (1 + (at % 5))) / 9 + at) + 60 * Math.cos((y * (1 + (at % 7))) / 8 + at * 2);
    });
    writeFileSync(join(root, name), encode({ width, height, data, channels: 1 }));
    rows.push(`${name},P${at},${at % 3 === 0 ? 'nodule' : 'clear'},${at % 4 === 0 ? 'test' : 'train'}`);
  }
  // A copy of the first film, of another patient.
  copyFileSync(join(root, 'film-000.png'), join(root, 'twin.png'));
  rows.push(`twin.png,P${count + 1},nodule,train`);
  writeFileSync(join(root, 'bad.png'), 'These are words and no picture.\n');
  rows.push(`bad.png,P${count},clear,train`);
  writeFileSync(join(root, 'labels.csv'), `${rows.join('\n')}\n`);
  return root;
}
