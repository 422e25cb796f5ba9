// SPDX-License-Identifier: GPL-3.0-or-later
// As peer_server.py, on node-ws.

'use strict';

const crypto = require('node:crypto');
const readline = require('node:readline');

const { WebSocketServer } = require('ws');

const [port, refusal, ...pairs] = process.argv.slice(2);
const users = new Map(pairs.map((pair) => pair.split('=')));
const sockets = new Map();

const tell = (event, members) => console.log(JSON.stringify({ event, ...members }));

function readCredentials(request) {
  const query = new URL(request.url, 'ws://localhost').searchParams;
  return {
    way: query.has('api_key') ? 'query' : 'header',
    key: query.get('api_key') || request.headers['x-apikey'] || '',
    platform: query.get('platform') || request.headers['x-platform'] || 'unknown',
  };
}

function acknowledge(socket, request, envelope) {
  const now = Date.now() / 1000;
  socket.send(JSON.stringify({
    ver: 1,
    msg_id: crypto.randomUUID(),
    type: 'sys_ack',
    meta: {
      uuid: request.headers['x-uuid'] || 'none',
      acked_msg_id: envelope.msg_id,
      timestamp: now,
    },
    payload: { status: 'received', server_timestamp: now },
  }));
}

function receive(socket, request, user, envelope) {
  if (envelope.type === 'sys_ack') {
    tell('ack', { user, of: envelope.meta.acked_msg_id });
    return;
  }
  acknowledge(socket, request, envelope);
  tell('message', { user, msg_id: envelope.msg_id, payload: envelope.payload });

  const target = envelope.payload.message_dim;
  const meta = { ...envelope.meta, sender_user: 'server' };
  const relayed = JSON.stringify({ ...envelope, meta });
  for (const [other, whose] of sockets) {
    if (whose.user === users.get(target.api_key) && whose.platform === target.platform)
      other.send(relayed);
  }
}

function serve(socket, request) {
  const { way, key, platform } = readCredentials(request);
  const user = users.get(key);

  if (user === undefined) {
    if (refusal === '1008')
      socket.close(1008, 'policy');
    else
      socket.close(1000, 'Authentication failed: 认证失败');
    return;
  }
  sockets.set(socket, { user, platform });
  tell('client', { user, platform, way });
  socket.on('message', (data) => receive(socket, request, user, JSON.parse(data)));
  socket.on('close', (code) => {
    sockets.delete(socket);
    tell('gone', { user, code });
  });
}

function main() {
  const server = new WebSocketServer({
    host: '127.0.0.1',
    port: Number(port),
    perMessageDeflate: true,
    verifyClient: ({ req }) => refusal !== '401' || users.has(readCredentials(req).key),
  });

  server.on('connection', serve);
  server.on('listening', () => {
    tell('listening', { port: server.address().port });
    const input = readline.createInterface({ input: process.stdin });
    input.on('line', (line) => {
      const { to, envelope } = JSON.parse(line);
      for (const [socket, { user }] of sockets) {
        if (user === to)
          socket.send(JSON.stringify(envelope));
      }
    });
    input.on('close', () => {
      for (const socket of sockets.keys())
        socket.close(1001);
      server.close();
    });
  });
}

main();
