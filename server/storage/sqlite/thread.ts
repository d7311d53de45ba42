import { parentPort, workerData } from 'node:worker_threads';
import { unreachable } from '#domain/unreachable.ts';
import { AccessChanged } from '../ports/access.ts';
import { connect, Statements } from './connection.ts';
import { DocumentLog } from './document-log.ts';
import { HighWaterFile } from './high-water-file.ts';
import type { Answer, Opening, QueryAnswer, Question } from './messages.ts';

/**
 * The database's thread: one connection that nobody else uses, and one question after the other. A disk that stalls stops
 * this thread and not the server's event loop.
 */
const port = parentPort;
const { file } = workerData as { file: string };
if (port) {
  try {
    const database = connect(file);
    const version = database.prepare('select sqlite_version()').pluck().get() as string;
    port.postMessage({ kind: 'opened', version } satisfies Opening);
    serve(database, port);
  } catch (error) {
    port.postMessage({ kind: 'failed', message: (error as Error).message } satisfies Opening);
    port.close();
  }
}

const NO_ROWS: ReadonlyMap<string, number> = new Map();

/** Whether a statement changes what must not be lost. The look whether the disk takes writes is no such thing. */
const counts = (sql: string, { readonly }: { readonly readonly: boolean }): boolean =>
  !readonly && /^\s*(insert|update|delete|replace|with)\b/i.test(sql) && !sql.includes('"readiness"');

/** What changed nothing is no commit: it would cost one, and its line, for a count that says nothing. */
const hasChanged = ({ changes, rows }: QueryAnswer): boolean => changes > 0 || rows.length > 0;

function serve(database: ReturnType<typeof connect>, port: NonNullable<typeof parentPort>): void {
  const statements = new Statements(database);
  const log = new DocumentLog(database, statements);
  /** Transactions of the query builder span many questions, and what is not theirs waits for their end. */
  let inTransaction = false;
  /** The open transaction has changed something besides documents' rows. */
  let hasWritten = false;
  let mark: HighWaterFile | null = null;
  const waiting: Question[] = [];

  port.on('message', (question: Question) => {
    const isWholeTransaction = question.kind === 'append' || question.kind === 'read';
    if (inTransaction && isWholeTransaction) waiting.push(question);
    else take(question);
  });

  function take(question: Question): void {
    if (question.kind === 'close') rollBack();
    else port.postMessage(answer(question));
    if (!inTransaction) for (const next of waiting.splice(0)) take(next);
    if (question.kind !== 'close') return;
    port.postMessage(answer(question));
    port.close();
  }

  function answer(question: Question): Answer {
    try {
      return { kind: 'done', id: question.id, value: perform(question) };
    } catch (error) {
      if (error instanceof AccessChanged) return { kind: 'accessChanged', id: question.id, scopes: error.scopes };
      const { message, code } = error as Error & { code?: string };
      return { kind: 'refused', id: question.id, message, code };
    }
  }

  function perform(question: Question): unknown {
    switch (question.kind) {
      case 'query':
        if (question.begins) begin();
        return query(question.sql, question.parameters);
      case 'append':
        log.append(question.rows, question.bytes, question.leases, question.guards, question.lineages);
        mark?.note(new Map(question.rows.map(([document, seq]) => [document, seq])), null, Date.now());
        return;
      case 'read':
        return log.read(question.document, question.newLineage);
      case 'commit':
        commit();
        inTransaction = false;
        return;
      case 'mark': {
        mark?.close();
        const { path, known, held, accept } = question;
        const followed = HighWaterFile.follow(path, known, held, { accept, now: Date.now() });
        mark = followed.file;
        return followed.report;
      }
      case 'forget':
        return mark?.forget(question.documents);
      case 'rollback':
        return rollBack();
      case 'close':
        mark?.close();
        database.close();
        return;
      default:
        return unreachable(question);
    }
  }

  /** With the write lock at once: one that starts as a reader cannot become a writer after another's commit. */
  function begin(): void {
    database.exec('begin immediate');
    inTransaction = true;
    hasWritten = false;
  }

  function query(sql: string, parameters: readonly unknown[]): QueryAnswer {
    if (inTransaction && !database.inTransaction) throw new Error('the transaction was rolled back before');
    const statement = statements.get(sql);
    const isCounted = counts(sql, statement);
    if (inTransaction || !isCounted) {
      const answer = run(statement, parameters);
      hasWritten ||= isCounted && hasChanged(answer);
      return answer;
    }
    database.exec('begin immediate');
    try {
      const answer = run(statement, parameters);
      hasWritten = hasChanged(answer);
      commit();
      return answer;
    } catch (error) {
      rollBack();
      throw error;
    }
  }

  /** With the count of such commits grown by one, in the same transaction; the mark hears of it afterwards. */
  function commit(): void {
    const others = hasWritten ? countedCommit() : null;
    database.exec('commit');
    if (others !== null) mark?.note(NO_ROWS, others, Date.now());
  }

  /** Null until the table is there. */
  function countedCommit(): number | null {
    try {
      return statements.get('update high_water set others = others + 1 returning others').pluck().get() as number;
    } catch (error) {
      if (error instanceof Error && error.message.startsWith('no such table')) return null;
      throw error;
    }
  }

  function run(statement: ReturnType<Statements['get']>, parameters: readonly unknown[]): QueryAnswer {
    if (statement.reader) return { rows: statement.all(parameters), changes: 0, lastInsertRowid: 0 };
    const { changes, lastInsertRowid } = statement.run(parameters);
    return { rows: [], changes, lastInsertRowid };
  }

  function rollBack(): void {
    inTransaction = false;
    // A full disk makes SQLite roll back by itself; a second rollback would hide the real error.
    if (database.inTransaction) database.exec('rollback');
  }
}
