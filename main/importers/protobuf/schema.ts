import { create, createFileRegistry, type DescMessage, fromBinary, type Message } from '@bufbuild/protobuf';
import {
  FileDescriptorSetSchema,
  FieldDescriptorProto_Label as Label,
  FieldDescriptorProto_Type as Type,
} from '@bufbuild/protobuf/wkt';

const scalarTypes = {
  double: Type.DOUBLE,
  float: Type.FLOAT,
  int32: Type.INT32,
  int64: Type.INT64,
  bool: Type.BOOL,
  string: Type.STRING,
  bytes: Type.BYTES,
} as const;
type ScalarName = keyof typeof scalarTypes;

/** Number and type of each field that is read: a scalar, the name of another message, or either with `[]`. Others are passed over. */
export type Messages = Record<string, Record<string, [number: number, type: string]>>;

/**
 * Makes the messages known to the library at run time, as proto2, where an absent field is really absent. No code is generated.
 * `decode` gives plain objects with the fields that were there; int64 are bigint.
 */
export function defineMessages(packageName: string, messages: Messages) {
  const file = {
    name: `${packageName}.proto`,
    package: packageName,
    syntax: 'proto2',
    messageType: Object.entries(messages).map(([name, fields]) => ({
      name,
      field: Object.entries(fields).map(([field, [number, type]]) => fieldOf(packageName, field, number, type)),
    })),
  };
  const registry = createFileRegistry(create(FileDescriptorSetSchema, { file: [file] }));
  return {
    /** Throws when the bytes are no such message. */
    decode<T>(name: string, bytes: Uint8Array): T {
      const desc = registry.getMessage(`${packageName}.${name}`);
      if (desc === undefined) throw new Error(`no message ${name}`);
      return plain(desc, fromBinary(desc, bytes, { readUnknownFields: false })) as T;
    },
  };
}

function fieldOf(packageName: string, name: string, number: number, typeName: string) {
  const repeated = typeName.endsWith('[]');
  const base = repeated ? typeName.slice(0, -2) : typeName;
  const label = repeated ? Label.REPEATED : Label.OPTIONAL;
  const type = base in scalarTypes ? scalarTypes[base as ScalarName] : null;
  return type === null
    ? { name, number, label, type: Type.MESSAGE, typeName: `.${packageName}.${base}` }
    : { name, number, label, type };
}

/** Fields by the names of the table, absent ones left out: the library puts proto2 defaults in the prototype. */
function plain(desc: DescMessage, message: Message): Record<string, unknown> {
  const source = message as unknown as Record<string, unknown>;
  const out: Record<string, unknown> = {};
  for (const field of desc.fields) {
    if (!Object.hasOwn(source, field.localName)) continue;
    const value = source[field.localName];
    if (field.fieldKind === 'message') out[field.name] = plain(field.message, value as Message);
    else if (field.fieldKind === 'list' && field.listKind === 'message') {
      const inner = field.message;
      out[field.name] = (value as Message[]).map((one) => plain(inner, one));
    } else out[field.name] = value;
  }
  return out;
}
