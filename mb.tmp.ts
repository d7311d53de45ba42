import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { connect, Statements } from '#server/storage/sqlite/connection.ts';
import { DocumentLog } from '#server/storage/sqlite/document-log.ts';
import { HighWaterFile } from '#server/storage/sqlite/high-water-file.ts';
const dir = mkdtempSync('/work/w-sync/node_modules/.mb-');
const db = connect(join(dir, 'x.db'));
db.exec(`create table document (name text primary key, lineage text, snapshot blob, snapshot_seq integer) ;
create table document_update (document text, seq integer, bytes blob, seat_id text, at integer, primary key(document, seq)) without rowid;
create table access_epoch (scope text primary key, epoch integer); create table document_client (document text, client integer, seat_id text, primary key(document, client));
insert into document values('board/room00001','lin',null,0); insert into access_epoch values('workshop:a',3),('forum:b',4)`);
const log = new DocumentLog(db, new Statements(db));
const { file } = HighWaterFile.follow(
  join(dir, 'hw'),
  null,
  { database: 'x', documents: new Map(), others: 0 },
  { accept: false, now: 1 },
);
let seq = 0;
const bytes = new Uint8Array(30);
const guards = [
  { scope: 'workshop:a', epoch: 3 },
  { scope: 'forum:b', epoch: 4 },
] as never;
const lin = [{ document: 'board/room00001', lineage: 'lin' }] as never;
const modes: Record<string, () => void> = {
  all: () => {
    seq += 1;
    log.append([['board/room00001', seq, 30, 'seat', 1]], bytes, [], guards, lin);
    file.note(new Map([['board/room00001', seq]]), null, Date.now());
  },
  nomark: () => {
    seq += 1;
    log.append([['board/room00001', seq, 30, 'seat', 1]], bytes, [], guards, lin);
  },
  nolin: () => {
    seq += 1;
    log.append([['board/room00001', seq, 30, 'seat', 1]], bytes, [], guards, []);
  },
  bare: () => {
    seq += 1;
    log.append([['board/room00001', seq, 30, 'seat', 1]], bytes, [], [], []);
  },
};
const total: Record<string, number[]> = {};
const pause = () => new Promise((r) => setTimeout(r, 2));
for (let round = 0; round < 8; round += 1)
  for (const [name, run] of Object.entries(modes)) {
    let us = 0;
    for (let i = 0; i < 60; i += 1) {
      await pause();
      const c = process.threadCpuUsage?.() ?? process.cpuUsage();
      run();
      const d = process.threadCpuUsage?.() ?? process.cpuUsage();
      us += d.user + d.system - c.user - c.system;
    }
    (total[name] ??= []).push(us / 60);
  }
for (const [name, list] of Object.entries(total))
  console.log(name, list.map((v) => v.toFixed(0)).join(' '), 'median', list.toSorted((a, b) => a - b)[4]!.toFixed(0));
file.close();
db.close();
const { rmSync } = await import('node:fs');
rmSync(dir, { recursive: true });
