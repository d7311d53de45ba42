import type { Plugin } from 'vite';

const YJS = /\/yjs\/dist\/yjs\.mjs$/;

/** The second format of updates, which nobody here sends or keeps: what a copy puts aside until the rest comes is in the first one too. */
const SECOND_FORMAT: Readonly<Record<string, string>> = {
  DSDecoderV2: 'DSDecoderV1',
  UpdateDecoderV2: 'UpdateDecoderV1',
  DSEncoderV2: 'DSEncoderV1',
  UpdateEncoderV2: 'UpdateEncoderV1',
};

/** Drawn and searched as elements, or written down as text, by nobody. */
const METHODS: readonly string[] = [
  'toDOM',
  'createTreeWalker',
  'querySelector',
  'querySelectorAll',
  'toJSON',
  'clone',
];

/** What a text's event works out about its letters is read by nobody: the events that all types have say which keys have changed. */
const OF_CLASS: Readonly<Record<string, readonly RegExp[]>> = {
  YTextEvent: [/^  get (?:changes|delta) \(\) \{\n[\s\S]*?^  \}\n/gm],
  YXmlFragment: [method('toString')],
  YXmlElement: [method('toString')],
  YXmlText: [method('toString')],
};

/** Takes out of Yjs, in browsers, what no document of ours needs. Its version is pinned, and the build fails where a place is not what it was. */
export function leanYjs(): Plugin {
  return {
    name: 'dastarkhan-lean-yjs',
    apply: 'build',
    enforce: 'pre',
    applyToEnvironment: ({ name }) => name === 'client',
    transform: (code, id) => (YJS.test(id.replaceAll('\\', '/')) ? withoutUnused(code) : undefined),
  };
}

export function withoutUnused(yjs: string): string {
  let code = yjs.replaceAll(/\/\*\*[\s\S]*?\*\//g, '');
  for (const [second, first] of Object.entries(SECOND_FORMAT)) {
    code = without(code, new RegExp(`^class ${second} [\\s\\S]*?^}\n`, 'm'), second);
    code = code
      .replace(new RegExp(`(export \\{.*) ${second},`), '$1')
      .replaceAll(new RegExp(`\\b${second}\\b`, 'g'), first);
  }
  code = code.replace('convertUpdateFormatV2ToV1(update))', 'update)');
  code = METHODS.reduce((all, name) => without(all, method(name), name), code);
  for (const [name, parts] of Object.entries(OF_CLASS)) {
    const whole = new RegExp(`^class ${name} [\\s\\S]*?^}\n`, 'm');
    code = code.replace(whole, (all) => parts.reduce((left, part) => without(left, part, name), all));
  }
  return code;
}

/** Braces stand where indentation says. */
function method(name: string): RegExp {
  return new RegExp(`^  ${name} \\([^\n]*\\) \\{\n[\\s\\S]*?^  \\}\n`, 'gm');
}

function without(code: string, part: RegExp, name: string): string {
  const left = code.replace(part, '');
  if (left === code) throw new Error(`Yjs is not what it was: ${name}`);
  return left;
}
