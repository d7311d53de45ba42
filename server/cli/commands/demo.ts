import type { Command } from '../command.ts';

export const demoCommand: Command = {
  usage:
    'demo [--people 35] [--rooms 5] [--minutes 2 | --script <id> [--speed 30]] [--seed 1] [--origin <url>] [--out <folder>] [--json]',
  summary:
    'Makes a forum and lets simulated people join it over the real wire, write and move; then writes its outcome.',
  more: `With --script (see script list) a facilitator runs that script to its end, --speed times as fast as it is planned; people come late, lose
their network, call for help, ask for more time and go early. Steps that cannot be run here yet are passed over and listed.`,

  async run(args, config) {
    const { demo } = await import('../demo/demo.ts');
    return demo(args, config);
  },
};
