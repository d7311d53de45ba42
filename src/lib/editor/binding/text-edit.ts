import type { Node } from 'prosemirror-model';
import { ReplaceStep, type Step } from 'prosemirror-transform';
import { startsOf } from './shown.ts';

export interface TextEdit {
  readonly paragraph: number;
  readonly from: number;
  readonly to: number;
  readonly content: readonly Node[];
}

/** An edit within one paragraph, of letters only. */
export function textEdit(step: Step, before: Node): TextEdit | null {
  if (!(step instanceof ReplaceStep)) return null;
  const [$from, $to] = [before.resolve(step.from), before.resolve(step.to)];
  const { content, openStart, openEnd } = step.slice;
  if (!$from.parent.isTextblock || !$from.sameParent($to) || openStart > 0 || openEnd > 0) return null;
  if (!content.content.every((node) => node.isText)) return null;
  const start = $from.start();
  const paragraph = startsOf(before).indexOf(start);
  return { paragraph, from: step.from - start, to: step.to - start, content: content.content };
}
