/** What TensorFlow's messages say about why it does without a GPU, in one clause. */
export function whyNoGpu(printed: string): string {
  const library = /Could not load dynamic library '?([\w.+-]+)'?/.exec(printed)?.[1];
  if (library !== undefined) return `${library} was not found`;
  const driver = /failed call to cuInit: ([^\n]+)/.exec(printed)?.[1];
  if (driver !== undefined) return `the NVIDIA driver does not answer (${driver.trim()})`;
  if (/Cannot dlopen some GPU libraries/.test(printed)) return 'some of its CUDA libraries were not found';
  if (/Could not find cuda drivers/i.test(printed)) return 'TensorFlow finds no CUDA driver';
  return 'TensorFlow sees no GPU';
}

/** Name and memory of the GPU in TensorFlow's own words: `Created device … with 22000 MB memory: -> device: 0, name: …`. */
export function createdDevice(printed: string): { name: string; memoryMiB: number } | null {
  const found = /with (\d+) MB memory:\s+-> device: \d+, name: ([^,\n]+)/.exec(printed);
  return found === null ? null : { name: found[2]!.trim(), memoryMiB: Number(found[1]) };
}
