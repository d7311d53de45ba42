// A bare fan-out: every update and awareness frame goes to everybody else in the room at once. Nothing is read, checked,
// gathered or kept: what sending these bytes costs by itself.
import { WebSocketServer } from 'ws';

const SYNC = 0;
const STEP_1 = 0;
const UPDATE = 2;
const AWARENESS = 1;
const EMPTY_STEP_2 = Uint8Array.of(SYNC, 1, 2, 0, 0);

const rooms = new Map();
const server = new WebSocketServer({ port: Number(process.env.PORT), host: '127.0.0.1' });
server.on('listening', () => console.log(`ready ${server.address().port}`));
server.on('connection', (socket, req) => {
  const room = rooms.get(req.url) ?? new Set();
  rooms.set(req.url, room);
  room.add(socket);
  socket.on('close', () => room.delete(socket));
  socket.on('message', (data) => {
    if (data[0] === SYNC && data[1] === STEP_1) socket.send(EMPTY_STEP_2);
    else if (data[0] === AWARENESS || data[1] === UPDATE) {
      for (const other of room) if (other !== socket) other.send(data);
    }
  });
});
