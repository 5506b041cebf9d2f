import { spawn } from 'node:child_process';

/**
 * Runs a command to its end and resolves to its standard output. Rejects with the last lines of what it said, since
 * an installer's user has nothing else to go by.
 */
export function runCommand(command, args, { timeoutMs = 600_000, env = process.env } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'pipe'], timeout: timeoutMs });
    let output = '';
    let said = '';
    child.stdout.on('data', (bytes) => {
      output += bytes;
      said = (said + bytes).slice(-4000);
    });
    child.stderr.on('data', (bytes) => {
      said = (said + bytes).slice(-4000);
    });
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (code === 0) resolve(output);
      else
        reject(
          new Error(
            `${command} ${args[0] ?? ''} ended with ${signal ?? code}: ${said.trim().split('\n').slice(-6).join(' / ')}`,
          ),
        );
    });
  });
}
