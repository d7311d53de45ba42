import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';

/** A peer's process, once it has said at which port it answers. */
interface PeerProcess {
  readonly pid: number;
  readonly port: string;
  kill(): Promise<void>;
}

export async function startPeer(entry: string, env: Record<string, string>, cwd?: string): Promise<PeerProcess> {
  const child = spawn(process.execPath, [entry], {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const port = await portOf(child);
  return { pid: child.pid!, port, kill: () => end(child) };
}

function portOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`a peer ended with ${code}`)));
    createInterface({ input: child.stdout! }).on('line', (line) => {
      const [word, port] = line.split(' ');
      if (word === 'ready' && port) resolve(port);
    });
  });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await ended;
}
