import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { AppError } from '../../../../../shared/errors.ts';

const convert =
  'Convert it offline, where Python is: pip install tensorflowjs, then tensorflowjs_converter --input_format=keras model.h5 FOLDER, and give that FOLDER. A .keras file becomes .h5 by keras.saving.load_model("model.keras").save("model.h5").';

/** Whether this is the name of a file of Keras. */
export const isKerasFile = (name: string): boolean => /\.(h5|hdf5|keras)$/i.test(name);

const refuse = (what: string, hint = convert): AppError =>
  new AppError('KIND_UNSUPPORTED', `${what}; fine-tune starts from a TensorFlow.js layers model.`, hint);

/** Refuses, with the way to convert it, what holds a network in another format. KIND_UNSUPPORTED. */
export function refuseOtherFormats(path: string): void {
  if (!statSync(path).isDirectory()) {
    if (isKerasFile(path)) throw refuse(`${basename(path)} is a file of Keras`);
    throw refuse(`${basename(path)} is no model folder`);
  }
  if (existsSync(join(path, 'model.json'))) return;
  if (existsSync(join(path, 'saved_model.pb'))) {
    throw refuse(
      'The folder holds a SavedModel of TensorFlow',
      `Load it in Keras and save it as model.h5 first; one that Keras cannot load as a model cannot be trained any more. ${convert}`,
    );
  }
  const keras = readdirSync(path).find(isKerasFile);
  if (keras !== undefined) throw refuse(`The folder holds a file of Keras, ${keras}`);
  throw refuse('The folder holds no model.json');
}

/** For a model.json that says it was frozen for prediction. */
export const graphModel = (): AppError =>
  refuse(
    'The folder holds a graph model, whose layers were merged for prediction',
    `Convert the Keras file that it was made of. ${convert}`,
  );
