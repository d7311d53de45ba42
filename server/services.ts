import type { Socket } from 'node:net';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Config } from './config.ts';

// The interface comes first; the composition below fills in as the parts land.
export interface Services {
  readonly config: Config;
}
export type { Socket, IncomingMessage, ServerResponse, Duplex };
