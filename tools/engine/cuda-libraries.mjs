import { copyFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { unpackWheel, wheelFiles } from './fetch-wheels.mjs';
import { run } from './run.mjs';

/**
 * What TensorFlow opens by name when it finds a GPU, with what these libraries open themselves. Profiling (CUPTI) and what
 * compiles graphs (ptxas, libdevice) serve nothing that the app does.
 */
const wanted =
  /\/lib\/(libcudart|libcublas|libcublasLt|libcufft|libcurand|libcusolver|libcusparse|libcudnn\w*|libnccl|libnvJitLink|libnvrtc|libnvrtc-builtins|libcupti)\.so\.[\d.]+$/;

/** Unpacks NVIDIA's libraries and licences from their wheels; the licences go into the engine folder at once. */
export function cudaLibraries(wheels, work, folder) {
  return wheels
    .filter((wheel) => basename(wheel).startsWith('nvidia_'))
    .flatMap((wheel) => {
      const files = wheelFiles(wheel);
      const libraries = files.filter((file) => wanted.test(file));
      const licence = files.find((file) => /\.dist-info\/(licenses\/)?(License|LICENSE)\.txt$/.test(file));
      unpackWheel(wheel, work, [...libraries, ...(licence === undefined ? [] : [licence])]);
      if (licence !== undefined)
        copyFileSync(join(work, licence), join(folder, 'licences', `${basename(wheel).split('-')[0]}.txt`));
      return libraries.map((file) => ({
        from: join(work, file),
        name: basename(file),
        early: !needsDriver(join(work, file)),
      }));
    });
}

/** `libcuda.so.1` comes with the driver: what needs it cannot be loaded on a machine without one, and cuDNN opens it by itself. */
const needsDriver = (file) => /NEEDED.*\[libcuda\.so/.test(run('readelf', ['--dynamic', file]));
