// Hocuspocus with its SQLite extension on a file, everything else as it comes. It stores whole documents: a seed is one row.
import { SQLite, schema, upsertQuery } from '@hocuspocus/extension-sqlite';
import { Server } from '@hocuspocus/server';
import Database from 'better-sqlite3';
import { join } from 'node:path';
import * as Y from 'yjs';
import { readSeed } from './seed.mjs';

const { DATA_DIR, DOCUMENT, PORT, SEED } = process.env;
const database = join(DATA_DIR, 'hocuspocus.sqlite');
if (SEED) {
  const doc = new Y.Doc();
  doc.transact(() => readSeed(SEED).forEach((update) => Y.applyUpdate(doc, update)));
  const db = new Database(database);
  db.exec(schema);
  db.prepare(upsertQuery).run({ name: DOCUMENT, data: Y.encodeStateAsUpdate(doc) });
  db.close();
} else {
  const server = new Server({
    port: Number(PORT),
    address: '127.0.0.1',
    quiet: true,
    extensions: [new SQLite({ database })],
  });
  await server.listen();
  console.log(`ready ${server.address.port}`);
}
