/** Whether WebAssembly code stopped where it must not go: its memory is then in an unknown state, and its thread is given up. */
export const isTrap = (error: unknown): boolean => error instanceof Error && error.name === 'RuntimeError';
