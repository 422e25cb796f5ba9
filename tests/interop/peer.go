// SPDX-License-Identifier: GPL-3.0-or-later

// What the client and the server on gorilla/websocket share: each is built with this file.

package main

import (
	"bufio"
	"bytes"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

type members map[string]interface{}

type envelope struct {
	Ver     int     `json:"ver,omitempty"`
	MsgID   string  `json:"msg_id"`
	Type    string  `json:"type"`
	Meta    members `json:"meta"`
	Payload members `json:"payload"`
}

// The library wants one writer at a time.
type socket struct {
	*websocket.Conn
	writing sync.Mutex
}

var telling sync.Mutex

func check(err error) {
	if err != nil {
		panic(err)
	}
}

func tell(event string, more members) {
	line := members{"event": event}
	for name, value := range more {
		line[name] = value
	}
	text, err := json.Marshal(line)
	check(err)
	telling.Lock()
	defer telling.Unlock()
	fmt.Println(string(text))
}

func parse(text []byte) (parsed envelope) {
	decoder := json.NewDecoder(bytes.NewReader(text))
	// Numbers are passed on as they are.
	decoder.UseNumber()
	check(decoder.Decode(&parsed))
	return
}

// send does not mind a peer that has gone: the reader notices.
func (socket *socket) send(text []byte) {
	socket.writing.Lock()
	defer socket.writing.Unlock()
	socket.WriteMessage(websocket.TextMessage, text)
}

func (socket *socket) sendJSON(value interface{}) {
	text, err := json.Marshal(value)
	check(err)
	socket.send(text)
}

func (socket *socket) sendClose(code int, reason string) {
	deadline := time.Now().Add(5 * time.Second)
	socket.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(code, reason), deadline)
}

func (socket *socket) acknowledge(whose string, acknowledged string, clock string) {
	id := make([]byte, 16)
	_, err := rand.Read(id)
	check(err)
	now := float64(time.Now().UnixNano()) / 1e9
	socket.sendJSON(members{
		"ver":     1,
		"msg_id":  fmt.Sprintf("ack_%x", id),
		"type":    "sys_ack",
		"meta":    members{"uuid": whose, "acked_msg_id": acknowledged, "timestamp": now},
		"payload": members{"status": "received", clock: now},
	})
}

// readLines calls back for each line of the input, to its end.
func readLines(take func(line []byte)) {
	input := bufio.NewReader(os.Stdin)
	for {
		line, err := input.ReadBytes('\n')
		if err == io.EOF {
			return
		}
		check(err)
		take(line)
	}
}
