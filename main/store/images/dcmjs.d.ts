/** The part of dcmjs that is used here; the package has no types of its own. */
declare module 'dcmjs' {
  type Element = { vr?: string; Value?: unknown[] };
  type DataSet = { meta: Record<string, Element | undefined>; dict: Record<string, Element | undefined> };
  const dcmjs: {
    data: { DicomMessage: { readFile(buffer: ArrayBufferLike, options: { ignoreErrors: boolean }): DataSet } };
    log: { setLevel(level: 'silent'): void };
  };
  export default dcmjs;
}
