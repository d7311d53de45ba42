// What sending and storing cost by themselves: the frames of one window of 10 ms go to the disk in one write with one fdatasync, and on
// to each reader as one ready buffer, straight to the socket's handle. Nothing is read, checked or joined. A server that stores before
// it shows hardly takes less for the same frames on this machine, however it is written; it can only spare readers some of them.
import { fdatasync, openSync, write } from 'node:fs';
import { join } from 'node:path';
import { WebSocketServer } from 'ws';

const SYNC = 0;
const STEP_1 = 0;
const UPDATE = 2;
const AWARENESS = 1;
const EMPTY_STEP_2 = Uint8Array.of(SYNC, 1, 2, 0, 0);
const GATHER = 10; // ms, where somebody else is to be expected meanwhile; as ours
const PAGE = Buffer.alloc(4_096);
const PAGES = 1_000; // written over and over, as a write-ahead log is

const { WriteWrap, streamBaseState, kLastWriteWasAsync } = process.binding('stream_wrap');
const log = openSync(join(process.env.DATA_DIR, 'log'), 'w');
const rooms = new Map();
let waiting = [];
let timer = null;
let commits = 0;
let gap = 1_000;
let last = 0;

const server = new WebSocketServer({ port: Number(process.env.PORT), host: '127.0.0.1' });
server.on('listening', () => console.log(`ready ${server.address().port}`));
server.on('connection', (socket, req) => {
  const room = rooms.get(req.url) ?? new Map();
  rooms.set(req.url, room);
  room.set(socket, socket._socket._handle);
  socket.on('close', () => room.delete(socket));
  socket.on('message', (data) => {
    if (data[0] === SYNC && data[1] === STEP_1) socket.send(EMPTY_STEP_2);
    else if (data[0] === AWARENESS || data[1] === UPDATE) gather(room, socket, data);
  });
});

function gather(room, author, data) {
  waiting.push({ room, author, frame: framed(data) });
  const now = performance.now();
  gap = 0.9 * gap + 0.1 * Math.min(now - last, 1_000);
  last = now;
  timer ??= gap < 2 * GATHER ? setTimeout(store, GATHER) : setImmediate(store);
}

function store() {
  timer = null;
  const stored = waiting;
  waiting = [];
  commits += 1;
  write(log, PAGE, 0, PAGE.length, (commits % PAGES) * PAGE.length, () => fdatasync(log, () => show(stored)));
}

function show(stored) {
  for (const [room, frames] of Map.groupBy(stored, (each) => each.room)) {
    const bytes = Buffer.concat(frames.map(({ frame }) => frame));
    const [one, ...others] = new Set(frames.map(({ author }) => author));
    for (const [reader, handle] of room) if (others.length > 0 || reader !== one) send(handle, bytes);
  }
}

let request = new WriteWrap();
const inFlight = new Map();

function send(handle, bytes) {
  handle.writeBuffer(request, bytes);
  if (streamBaseState[kLastWriteWasAsync] === 0) return;
  const sent = request;
  inFlight.set(sent, bytes);
  sent.oncomplete = () => inFlight.delete(sent);
  request = new WriteWrap();
}

function framed({ length, buffer, byteOffset }) {
  const header = length < 126 ? [0x82, length] : [0x82, 126, length >> 8, length & 0xff];
  return Buffer.concat([Uint8Array.from(header), new Uint8Array(buffer, byteOffset, length)]);
}
