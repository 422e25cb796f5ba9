// SPDX-License-Identifier: GPL-3.0-or-later

// As peer_server.py, on gorilla/websocket.

package main

import (
	"encoding/json"
	"net"
	"net/http"
	"os"
	"strings"
	"sync"

	"github.com/gorilla/websocket"
)

type identity struct{ user, platform string }

type server struct {
	refusal string
	users   map[string]string
	mutex   sync.Mutex
	sockets map[*socket]identity
}

func readCredentials(request *http.Request) (way, key, platform string) {
	query := request.URL.Query()
	way, key, platform = "query", query.Get("api_key"), query.Get("platform")
	if !query.Has("api_key") {
		way, key = "header", request.Header.Get("x-apikey")
	}
	if platform == "" {
		platform = request.Header.Get("x-platform")
	}
	return
}

func (server *server) find(wanted func(identity) bool) (found []*socket) {
	server.mutex.Lock()
	defer server.mutex.Unlock()
	for socket, whose := range server.sockets {
		if wanted(whose) {
			found = append(found, socket)
		}
	}
	return
}

func (server *server) keep(socket *socket, whose identity) {
	server.mutex.Lock()
	defer server.mutex.Unlock()
	server.sockets[socket] = whose
}

func (server *server) forget(socket *socket) {
	server.mutex.Lock()
	defer server.mutex.Unlock()
	delete(server.sockets, socket)
}

func (server *server) receive(socket *socket, uuid, user string, received envelope) {
	if received.Type == "sys_ack" {
		tell("ack", members{"user": user, "of": received.Meta["acked_msg_id"]})
		return
	}
	socket.acknowledge(uuid, received.MsgID, "server_timestamp")
	tell("message", members{"user": user, "msg_id": received.MsgID, "payload": received.Payload})

	routing := received.Payload["message_dim"].(map[string]interface{})
	key, platform := routing["api_key"].(string), routing["platform"].(string)
	target := identity{server.users[key], platform}
	received.Meta["sender_user"] = "server"
	for _, other := range server.find(func(whose identity) bool { return whose == target }) {
		other.sendJSON(received)
	}
}

// refuse answers an unknown key as asked for; the handshake has succeeded.
func (server *server) refuse(socket *socket) {
	if server.refusal == "1008" {
		socket.sendClose(websocket.ClosePolicyViolation, "policy")
	} else {
		socket.sendClose(websocket.CloseNormalClosure, "Authentication failed: 认证失败")
	}
	socket.ReadMessage()
}

func (server *server) ServeHTTP(writer http.ResponseWriter, request *http.Request) {
	way, key, platform := readCredentials(request)
	user, known := server.users[key]
	if !known && server.refusal == "401" {
		http.Error(writer, "no", http.StatusUnauthorized)
		return
	}

	upgrader := websocket.Upgrader{EnableCompression: true}
	connection, err := upgrader.Upgrade(writer, request, nil)
	check(err)
	defer connection.Close()
	socket := &socket{Conn: connection}
	if !known {
		server.refuse(socket)
		return
	}

	uuid := request.Header.Get("x-uuid")
	if uuid == "" {
		uuid = "none"
	}
	server.keep(socket, identity{user, platform})
	defer server.forget(socket)
	tell("client", members{"user": user, "platform": platform, "way": way})
	for {
		_, text, err := socket.ReadMessage()
		if err != nil {
			tell("gone", members{"user": user, "why": err.Error()})
			return
		}
		server.receive(socket, uuid, user, parse(text))
	}
}

func (server *server) push(line []byte) {
	var order struct {
		To       string          `json:"to"`
		Envelope json.RawMessage `json:"envelope"`
	}
	check(json.Unmarshal(line, &order))
	for _, socket := range server.find(func(whose identity) bool { return whose.user == order.To }) {
		socket.send(order.Envelope)
	}
}

func main() {
	server := &server{
		refusal: os.Args[2],
		users:   map[string]string{},
		sockets: map[*socket]identity{},
	}
	for _, pair := range os.Args[3:] {
		key, user, _ := strings.Cut(pair, "=")
		server.users[key] = user
	}

	listener, err := net.Listen("tcp", "127.0.0.1:"+os.Args[1])
	check(err)
	tell("listening", members{"port": listener.Addr().(*net.TCPAddr).Port})
	go http.Serve(listener, server)
	readLines(server.push)
	for _, socket := range server.find(func(identity) bool { return true }) {
		socket.sendClose(websocket.CloseGoingAway, "")
	}
}
