import { LIMITS } from '#domain/limits.ts';
import { minutesOf } from '#domain/script/step.ts';
import type { ScriptProblem } from '#protocol/script-problem.ts';
import { checkScript, type CheckedScript } from '#server/script/check-script.ts';
import { note, onlyPositional, parseCommand, printJson, printLine, type Command } from '../command.ts';
import { readBytes, textOf, whyNotJson } from '../read-input.ts';

const MOST_LINES = 50; // whoever mends these tries again

const FILE = `The file (- is standard input) is a JSON object: "script": 1, a title by language, and steps. Each step has a kind and its minutes
(null: no limit); instruction, note, startsAt, place, seating and settings may be left out.

{
  "script": 1,
  "title": { "en": "One river" },
  "steps": [
    { "kind": "arrive", "minutes": null },
    { "kind": "write", "minutes": 5, "place": "alone", "instruction": { "en": "Write your ideas." } },
    { "kind": "vote", "minutes": 4, "place": "rooms", "settings": { "method": { "kind": "dots", "each": 5, "most": 2 } } },
    { "kind": "close", "minutes": null }
  ]
}`;

export const scriptCheck: Command = {
  usage: 'script check <file.json> [--json]',
  summary: 'Says whether a file is a script, and names everything in it that cannot be, by its place.',
  more: FILE,

  async run(args) {
    const { values, positionals } = parseCommand(args, { json: { type: 'boolean' } });
    const file = onlyPositional(positionals, '<file.json>');
    const { script, problems, notPlayable } = checked(await readBytes(file));
    const ok = problems.length === 0;
    const minutes = script ? minutesOf(script.steps) : null;
    if (values.json) printJson({ ok, steps: script?.steps.length ?? null, minutes, problems, notPlayable });
    else {
      for (const { path, reason } of problems.slice(0, MOST_LINES)) note(`${path}: ${reason}`);
      if (problems.length > MOST_LINES) note(`and ${problems.length - MOST_LINES} more: --json names them all`);
      if (ok && script) {
        printLine(`${script.steps.length} steps, ${minutes} minutes`);
        if (notPlayable.length > 0) printLine(`kept, but cannot be run here yet: ${notPlayable.join(', ')}`);
      }
    }
    return ok ? 0 : 1;
  },
};

/** What is no script at all is answered like one with something wrong in it: `--json` is JSON either way. */
function checked(bytes: Buffer): CheckedScript {
  const { most } = LIMITS.bytesOfScript;
  if (bytes.length > most) {
    return nothing({ path: 'JSON', kind: 'tooLong', values: { most }, reason: `has more than ${most} bytes` });
  }
  try {
    return checkScript(JSON.parse(textOf(bytes)));
  } catch (error) {
    return nothing({ path: 'JSON', kind: 'json', reason: `cannot be read: ${whyNotJson(error)}` });
  }
}

const nothing = (problem: ScriptProblem): CheckedScript => ({ script: null, problems: [problem], notPlayable: [] });
