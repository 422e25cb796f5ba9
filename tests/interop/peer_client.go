// SPDX-License-Identifier: GPL-3.0-or-later

// As peer_client.py, on gorilla/websocket.

package main

import (
	"net/http"
	"net/url"
	"os"

	"github.com/gorilla/websocket"
)

func receive(socket *socket) {
	for {
		_, text, err := socket.ReadMessage()
		if closed, ok := err.(*websocket.CloseError); ok {
			tell("close", members{"code": closed.Code, "reason": closed.Text})
			return
		}
		check(err)
		received := parse(text)
		if received.Type == "sys_ack" {
			tell("ack", members{
				"of":     received.Meta["acked_msg_id"],
				"status": received.Payload["status"],
			})
			continue
		}
		socket.acknowledge("peer", received.MsgID, "client_timestamp")
		tell("message", members{"msg_id": received.MsgID, "payload": received.Payload})
	}
}

func main() {
	address, key, platform, way := os.Args[1], os.Args[2], os.Args[3], os.Args[4]
	headers := http.Header{}
	if way == "header" {
		headers.Set("x-apikey", key)
		headers.Set("x-platform", platform)
	} else {
		address += "?" + url.Values{"api_key": {key}, "platform": {platform}}.Encode()
	}

	dialer := websocket.Dialer{EnableCompression: true}
	connection, _, err := dialer.Dial(address, headers)
	check(err)
	socket := &socket{Conn: connection}
	tell("open", nil)
	go func() {
		readLines(socket.send)
		socket.sendClose(websocket.CloseNormalClosure, "")
	}()
	receive(socket)
}
