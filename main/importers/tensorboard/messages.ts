import { defineMessages } from '../protobuf/schema.ts';

/** The parts of TensorFlow's event.proto, summary.proto, tensor.proto and of the hparams plugin that are read. */
const messages = defineMessages('tensorboard', {
  Event: {
    wall_time: [1, 'double'],
    step: [2, 'int64'],
    file_version: [3, 'string'],
    summary: [5, 'Summary'],
    session_log: [7, 'SessionLog'],
  },
  SessionLog: { status: [1, 'int32'] },
  Summary: { value: [1, 'Value[]'] },
  Value: {
    tag: [1, 'string'],
    simple_value: [2, 'float'],
    image: [4, 'Image'],
    histo: [5, 'HistogramProto'],
    tensor: [8, 'TensorProto'],
    metadata: [9, 'SummaryMetadata'],
  },
  Image: { height: [1, 'int32'], width: [2, 'int32'], encoded: [4, 'bytes'] },
  HistogramProto: { bucket_limit: [6, 'double[]'], bucket: [7, 'double[]'], min: [1, 'double'], max: [2, 'double'] },
  SummaryMetadata: { plugin_data: [1, 'PluginData'], display_name: [2, 'string'] },
  PluginData: { plugin_name: [1, 'string'], content: [2, 'bytes'] },
  TensorProto: {
    dtype: [1, 'int32'],
    tensor_shape: [2, 'TensorShape'],
    tensor_content: [4, 'bytes'],
    float_val: [5, 'float[]'],
    double_val: [6, 'double[]'],
    int_val: [7, 'int32[]'],
    string_val: [8, 'bytes[]'],
    int64_val: [10, 'int64[]'],
    half_val: [13, 'int32[]'],
  },
  TensorShape: { dim: [2, 'Dim[]'] },
  Dim: { size: [1, 'int64'] },
  HParamsPluginData: { session_start_info: [3, 'SessionStartInfo'], session_end_info: [4, 'SessionEndInfo'] },
  SessionStartInfo: { hparams: [1, 'HParamEntry[]'], start_time_secs: [5, 'double'] },
  HParamEntry: { key: [1, 'string'], value: [2, 'HParamValue'] },
  HParamValue: { number_value: [2, 'double'], string_value: [3, 'string'], bool_value: [4, 'bool'] },
  SessionEndInfo: { status: [1, 'int32'], end_time_secs: [2, 'double'] },
});

export type TensorProto = {
  dtype?: number;
  tensor_shape?: { dim?: { size?: bigint }[] };
  tensor_content?: Uint8Array;
  float_val?: number[];
  double_val?: number[];
  int_val?: number[];
  string_val?: Uint8Array[];
  int64_val?: bigint[];
  half_val?: number[];
};
export type SummaryMetadata = { plugin_data?: { plugin_name?: string; content?: Uint8Array }; display_name?: string };
export type SummaryValue = {
  tag?: string;
  simple_value?: number;
  image?: { height?: number; width?: number; encoded?: Uint8Array };
  histo?: { bucket_limit?: number[]; bucket?: number[]; min?: number; max?: number };
  tensor?: TensorProto;
  metadata?: SummaryMetadata;
};
export type TensorboardEvent = {
  wall_time?: number;
  step?: bigint;
  file_version?: string;
  summary?: { value?: SummaryValue[] };
  session_log?: { status?: number };
};
export type HParamsPluginData = {
  session_start_info?: {
    hparams?: { key?: string; value?: { number_value?: number; string_value?: string; bool_value?: boolean } }[];
    start_time_secs?: number;
  };
  session_end_info?: { status?: number; end_time_secs?: number };
};

/** Throws when the bytes are no event. */
export const decodeEvent = (bytes: Uint8Array): TensorboardEvent => messages.decode('Event', bytes);
export const decodeHParams = (bytes: Uint8Array): HParamsPluginData => messages.decode('HParamsPluginData', bytes);
