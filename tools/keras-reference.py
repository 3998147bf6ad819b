"""Model folders that Keras networks become, with what Keras computes from them: test/training/fixtures/keras.

Usage: python tools/keras-reference.py   (keras, tensorflow, tensorflowjs for its converter)
"""
import json
import pathlib
import shutil
import tempfile

import h5py
import keras
import numpy as np
import tensorflow as tf
import tensorflowjs
from keras import layers
from tensorflowjs.converters import keras_h5_conversion

OUT = pathlib.Path(__file__).parent.parent / 'test' / 'training' / 'fixtures' / 'keras'


def unit(x, filters, side, name, stride=1, active=True):
    x = layers.Conv2D(filters, side, stride, padding='same', use_bias=False, name=f'{name}_conv')(x)
    x = layers.BatchNormalization(name=f'{name}_norm')(x)
    return layers.ReLU(name=f'{name}_relu')(x) if active else x


def residual():
    image = keras.Input((10, 10, 1), name='image')
    x = unit(image, 4, 3, 'stem')
    x = layers.MaxPooling2D(2, name='pool')(x)
    y = unit(unit(x, 4, 3, 'first'), 4, 3, 'second', active=False)
    x = layers.Activation('relu', name='merged')(layers.Add(name='sum')([x, y]))
    y = layers.DepthwiseConv2D(3, 2, padding='same', depth_multiplier=2, activation='relu6', name='deep')(x)
    z = layers.SeparableConv2D(8, 3, 2, padding='same', activation='tanh', name='apart')(x)
    x = layers.Concatenate(name='both')([y, z])
    x = layers.ZeroPadding2D(1, name='pad')(x)
    x = unit(x, 6, 3, 'last', 2)
    x = layers.AveragePooling2D(2, 1, padding='same', name='mean')(x)
    x = layers.GlobalAveragePooling2D(name='features')(x)
    x = layers.Dense(3, name='scores')(x)
    return keras.Model(image, layers.Softmax(name='classes')(x), name='residual')


def nested():
    base = keras.Sequential(
        [
            keras.Input((8, 8, 3)),
            layers.Rescaling(1 / 127.5, -1, name='scale'),
            layers.Conv2D(5, 3, activation='silu', name='sight'),
            layers.Conv2D(6, 3, 2, activation='elu', padding='same', name='insight'),
        ],
        name='base',
    )
    return keras.Sequential(
        [
            keras.Input((8, 8, 3)),
            base,
            layers.Flatten(name='flat'),
            layers.Dropout(0.4, name='drop'),
            layers.Dense(7, activation='leaky_relu', name='between'),
            layers.Dense(1, name='score'),
        ],
        name='nested',
    )


def randomise(model, random):
    for variable in model.weights:
        size = variable.shape
        if variable.path.endswith('variance'):
            variable.assign(random.uniform(0.5, 2, size))
        elif variable.path.endswith('gamma'):
            variable.assign(random.uniform(0.5, 1.5, size))
        elif len(size) > 1:
            variable.assign(variable.numpy() * 1.5)
        else:
            variable.assign(random.normal(0, 0.3, size))


def convert(model, folder, quantised=None):
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as temporary:
        path = f'{temporary}/model.h5'
        model.save(path)
        with h5py.File(path, 'r') as file:
            topology, groups = keras_h5_conversion.h5_merged_saved_model_to_tfjs_format(file)
        keras_h5_conversion.write_artifacts(topology, groups, str(folder), quantised)


def scores_of(model):
    """Up to where a softmax begins."""
    last = model.layers[-1]
    return keras.Model(model.inputs, last.input if isinstance(last, layers.Softmax) else last.output)


def as_list(tensor):
    return np.asarray(tensor, np.float64).ravel().tolist()


def main():
    random = np.random.default_rng(11)
    keras.utils.set_random_seed(11)
    made = {}
    for make in (residual, nested):
        model = make()
        randomise(model, random)
        convert(model, OUT / make.__name__)
        image = model.input_shape[1:]
        x = random.uniform(0, 255, (6, *image)).round() if make is nested else random.normal(size=(6, *image))
        x = x.astype('float32')
        entry = {'input': as_list(x), 'logits': as_list(scores_of(model)(x, training=False))}
        if make is residual:
            # A weighted sum of the scores, so that its slope by them is these weights.
            slope = random.normal(size=(6, 3)).astype('float32')
            with tf.GradientTape() as tape:
                total = tf.reduce_sum(scores_of(model)(x, training=True) * slope)
            gradients = tape.gradient(total, [v.value for v in model.trainable_variables])
            entry['slope'] = as_list(slope)
            entry['gradients'] = {v.path: as_list(g) for v, g in zip(model.trainable_variables, gradients)}
        made[make.__name__] = entry
    convert(model, OUT / 'quantised', {'uint16': True})
    made['quantised'] = made['nested']
    made['program'] = f'keras {keras.__version__}, tensorflow {tf.__version__}, converter tensorflowjs {tensorflowjs.__version__}'
    (OUT / 'reference.json').write_text(json.dumps(made))


if __name__ == '__main__':
    main()
