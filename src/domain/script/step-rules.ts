/** What people do in a step: the words for it are the page's, by this key. */
export type Task = 'arrive' | 'listen' | 'talk' | 'ask' | 'write' | 'report' | 'pause' | 'close';

/** What one kind of step is. */
export interface StepRules<Settings extends Readonly<Record<string, unknown>> = Readonly<Record<string, unknown>>> {
  /** Length of one that is put in without another. */
  readonly minutes: number | null;
  /** What holds where a script sets nothing else. */
  readonly defaults: Settings;
  readonly task: Task;
  /** What participants may do with their room's board. */
  board(settings: Settings): 'read' | 'write';
}
