import type { Command } from 'commander';
import type { CliContext } from './context.ts';

/** A command file exports one of these: it adds its command and, inside the action, imports what it needs. */
export type RegisterCommand = (program: Command, run: RunAction) => void;
/** Wraps an action: makes the context, reports errors by contract, sets the exit status. */
export type RunAction = (command: Command, work: (context: CliContext) => Promise<void>) => Promise<void>;
