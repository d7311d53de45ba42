// A stand-in for the server: what it does stands in its arguments.
import { appendFileSync } from 'node:fs';

const [lives, what] = process.argv.slice(2);
appendFileSync(lives, `${process.pid} ${process.env.PORT ?? ''}\n`);
const ready = () => process.send?.({ ready: 4711 });
switch (what) {
  case 'cannot start':
    process.exit(70);
    break;
  case 'is set wrongly':
    process.exit(1);
    break;
  default:
    process.on('SIGTERM', () => process.exit(0));
    process.once('disconnect', () => process.exit(70));
    setInterval(() => undefined, 1_000);
    ready(); // last: it may be told to end at once
    console.log('ready');
}
