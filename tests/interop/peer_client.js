// SPDX-License-Identifier: GPL-3.0-or-later
// As peer_client.py, on node-ws, or on the WebSocket that Node 22 and later bring where that
// will do.

'use strict';

const crypto = require('node:crypto');
const readline = require('node:readline');

const [url, key, platform, way] = process.argv.slice(2);

const tell = (event, members) => console.log(JSON.stringify({ event, ...members }));

function findWebSocket() {
  // Node's own, as browsers', cannot send headers.
  if (globalThis.WebSocket !== undefined && way === 'query')
    return globalThis.WebSocket;
  return require('ws');
}

function acknowledge(socket, envelope) {
  const now = Date.now() / 1000;
  socket.send(JSON.stringify({
    ver: 1,
    msg_id: `ack_${crypto.randomUUID()}`,
    type: 'sys_ack',
    meta: { uuid: 'peer', acked_msg_id: envelope.msg_id, timestamp: now },
    payload: { status: 'received', client_timestamp: now },
  }));
}

function main(WebSocket) {
  const address = new URL(url);
  const options = {};

  if (way === 'header') {
    options.headers = { 'x-apikey': key, 'x-platform': platform };
  } else {
    address.searchParams.set('api_key', key);
    address.searchParams.set('platform', platform);
  }

  const socket = way === 'header' ? new WebSocket(address, options) : new WebSocket(address);

  socket.onopen = () => {
    tell('open');
    const input = readline.createInterface({ input: process.stdin });
    input.on('line', (line) => socket.send(line));
    input.on('close', () => socket.close());
  };
  socket.onmessage = ({ data }) => {
    const envelope = JSON.parse(data);
    if (envelope.type === 'sys_ack') {
      tell('ack', { of: envelope.meta.acked_msg_id, status: envelope.payload.status });
      return;
    }
    acknowledge(socket, envelope);
    tell('message', { msg_id: envelope.msg_id, payload: envelope.payload });
  };
  socket.onerror = ({ message }) => tell('error', { message });
  socket.onclose = ({ code, reason }) => {
    tell('close', { code, reason });
    process.stdin.destroy();
  };
}

main(findWebSocket());
