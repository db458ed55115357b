import type { ServerResponse } from 'node:http';
import { everyAnswer } from './answer.ts';

/** Often enough that neither side takes the other for gone. */
const heartbeat = 15_000;
/** After that long a page asks again, in milliseconds. */
const retry = 500;

/** Those who are told when there is something new. */
export interface Listeners {
  /** Tells one what there is, and then all that follows. */
  readonly add: (response: ServerResponse) => void;
  readonly tell: () => void;
  readonly close: () => void;
}

/** `newest` gives the data of the event that is sent; who is too slow for all of them gets the last one. */
export function createListeners(newest: () => string): Listeners {
  const listeners = new Set<ServerResponse>();
  const waiting = new Set<ServerResponse>();
  const send = (response: ServerResponse) => {
    if (response.writableNeedDrain) waiting.add(response);
    else response.write(`event: report\ndata: ${newest()}\n\n`);
  };
  const beat = setInterval(() => {
    for (const response of listeners) if (!response.writableNeedDrain) response.write(': still here\n\n');
  }, heartbeat);
  beat.unref();
  return {
    add: (response) => {
      response.writeHead(200, { ...everyAnswer, 'content-type': 'text/event-stream' });
      response.write(`retry: ${retry}\n\n`);
      listeners.add(response);
      response.on('drain', () => {
        if (waiting.delete(response)) send(response);
      });
      response.on('close', () => {
        listeners.delete(response);
        waiting.delete(response);
      });
      send(response);
    },
    tell: () => {
      for (const response of listeners) send(response);
    },
    close: () => {
      clearInterval(beat);
      for (const response of listeners) response.end();
      // Until their connections are gone nobody may write to them any more.
      listeners.clear();
      waiting.clear();
    },
  };
}
