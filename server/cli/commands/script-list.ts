import { isPlayable, minutesOf } from '#domain/script/step.ts';
import { library } from '#server/script/library.ts';
import { noPositional, parseCommand, printJson, printLine, type Command } from '../command.ts';

export const scriptList: Command = {
  usage: 'script list [--json]',
  summary:
    'Lists the scripts of the library: what each is for, how many steps and minutes it has, and what of it can be run yet.',

  async run(args) {
    const { values, positionals } = parseCommand(args, { json: { type: 'boolean' } });
    noPositional(positionals);
    const scripts = library().map((script) => ({
      id: script.id,
      title: script.title,
      about: script.about ?? null,
      minutes: minutesOf(script.steps),
      steps: script.steps.map(({ id, kind, minutes }) => ({
        id: id ?? null,
        kind,
        minutes,
        playable: isPlayable(kind),
      })),
    }));
    if (values.json) printJson({ scripts });
    else for (const one of scripts) printLine(lineOf(one.id, one.title, one.minutes, one.steps));
    return 0;
  },
};

function lineOf(
  id: string,
  title: Readonly<Record<string, string>>,
  minutes: number,
  steps: readonly { readonly playable: boolean }[],
): string {
  const waiting = steps.filter(({ playable }) => !playable).length;
  const yet = waiting === 0 ? '' : `, ${waiting} cannot be run yet`;
  return `${id.padEnd(24)} ${title.en ?? Object.values(title)[0]}: ${steps.length} steps, ${minutes} minutes${yet}`;
}
