import type { TensorProto } from './messages.ts';

const dataType = {
  float: 1,
  double: 2,
  int32: 3,
  uint8: 4,
  int16: 5,
  int8: 6,
  string: 7,
  int64: 9,
  bool: 10,
  bfloat16: 14,
  half: 19,
};

/** Lengths of the axes; empty for a single value. */
export const shapeOf = (tensor: TensorProto): number[] =>
  (tensor.tensor_shape?.dim ?? []).map((dim) => Number(dim.size ?? 0n));

/** Numbers of a tensor in row order, or null for a type that holds none. A single value that stands for all is repeated. */
export function numbersOf(tensor: TensorProto): number[] | null {
  const values = readNumbers(tensor);
  if (values === null) return null;
  const count = shapeOf(tensor).reduce((product, length) => product * length, 1);
  if (values.length === 0 || values.length >= count || count > 1 << 22) return values;
  return [...values, ...new Array<number>(count - values.length).fill(values.at(-1)!)];
}

/** Byte strings of a tensor of strings. */
export const stringsOf = (tensor: TensorProto): Uint8Array[] => tensor.string_val ?? [];

function readNumbers({ dtype, tensor_content: content, ...tensor }: TensorProto): number[] | null {
  const raw = content !== undefined && content.length > 0 ? content.slice().buffer : null;
  const whole = (bytes: number): number => Math.floor((raw?.byteLength ?? 0) / bytes);
  switch (dtype) {
    case dataType.float:
      return raw ? [...new Float32Array(raw, 0, whole(4))] : (tensor.float_val ?? []);
    case dataType.double:
      return raw ? [...new Float64Array(raw, 0, whole(8))] : (tensor.double_val ?? []);
    case dataType.int64:
      return (raw ? [...new BigInt64Array(raw, 0, whole(8))] : (tensor.int64_val ?? [])).map(Number);
    case dataType.int32:
      return raw ? [...new Int32Array(raw, 0, whole(4))] : (tensor.int_val ?? []);
    case dataType.half:
      return (raw ? [...new Uint16Array(raw, 0, whole(2))] : (tensor.half_val ?? [])).map(fromHalf);
    case dataType.bfloat16:
      return (raw ? [...new Uint16Array(raw, 0, whole(2))] : (tensor.half_val ?? [])).map(fromBfloat16);
    default:
      return null;
  }
}

const bits = new DataView(new ArrayBuffer(4));

function fromBfloat16(half: number): number {
  bits.setUint32(0, (half << 16) >>> 0);
  return bits.getFloat32(0);
}

/** IEEE 754 binary16. */
function fromHalf(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >> 10) & 0x1f;
  const fraction = half & 0x3ff;
  if (exponent === 0x1f) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
