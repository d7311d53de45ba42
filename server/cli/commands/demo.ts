import type { Command } from '../command.ts';

export const demoCommand: Command = {
  usage: 'demo [--people 35] [--rooms 5] [--minutes 2] [--origin <url>] [--out <folder>] [--json]',
  summary:
    'Makes a forum and lets simulated people join it over the real wire, write and move; then writes its outcome.',

  async run(args, config) {
    const { demo } = await import('../demo/demo.ts');
    return demo(args, config);
  },
};
