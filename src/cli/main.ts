import { failureOf } from './exit-codes.ts';
import { openInstance } from './admin/instance.ts';
import { terminal } from './output.ts';
import { createProgram } from './program.ts';

try {
  await createProgram({ output: terminal, openInstance }).parseAsync();
} catch (error) {
  const { message, status } = failureOf(error);
  terminal.err(message);
  process.exitCode = status;
}
