import { workerData } from 'node:worker_threads';
import { openVaultForReading } from '../store/open-vault.ts';
import type { WorkerStart } from './messages.ts';
import { serveCalls } from './serve-calls.ts';

// A reader: its long queries hold up neither the writer nor each other.
serveCalls(() => openVaultForReading((workerData as WorkerStart).dir));
