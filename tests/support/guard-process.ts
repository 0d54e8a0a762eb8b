import { spawn } from 'node:child_process';

/** Ends a process when this one ends, however it ends. Answers how to send the guard away. */
export function guardProcess(pid: number): () => void {
  return runWhenWeEnd('kill -TERM "$1"; sleep 5; kill -KILL "$1" 2>/dev/null', `${pid}`);
}

/**
 * Runs a script of the shell when this process ends, however it ends: the guard reads a pipe that only we hold open.
 * Handlers would miss that the test runner is killed or crashes. Answers how to send the guard away.
 */
export function runWhenWeEnd(script: string, ...args: readonly string[]): () => void {
  const guard = spawn('/bin/sh', ['-c', `cat >/dev/null; ${script}`, 'tend-guard', ...args], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  guard.unref();
  (guard.stdin as unknown as { unref(): void }).unref();
  return () => void guard.kill('SIGKILL');
}
