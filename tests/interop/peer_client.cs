// SPDX-License-Identifier: GPL-3.0-or-later
// As peer_client.py, on .NET's ClientWebSocket, for Mono.
//
// There is no server in C#: Mono's HttpListener takes no upgrade for one (IsWebSocketRequest is false)
// and its AcceptWebSocketAsync throws NotImplementedException (measured on 6.8).

using System;
using System.IO;
using System.Json;
using System.Net.WebSockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

static class PeerClient
{
    static readonly UTF8Encoding utf8 = new UTF8Encoding (false);
    static readonly TextWriter output = TextWriter.Synchronized (
        new StreamWriter (Console.OpenStandardOutput (), utf8) { AutoFlush = true });
    static readonly ClientWebSocket socket = new ClientWebSocket ();
    // The class wants one writer at a time.
    static readonly SemaphoreSlim writing = new SemaphoreSlim (1);

    static void Tell (string name, JsonObject members)
    {
        members ["event"] = name;
        output.WriteLine (members.ToString ());
    }

    static async Task Send (string text)
    {
        var data = new ArraySegment<byte> (utf8.GetBytes (text));
        await writing.WaitAsync ();
        try {
            await socket.SendAsync (data, WebSocketMessageType.Text, true, CancellationToken.None);
        } finally {
            writing.Release ();
        }
    }

    static Task Close ()
    {
        return socket.CloseOutputAsync (
            WebSocketCloseStatus.NormalClosure, "", CancellationToken.None);
    }

    static Task Acknowledge (JsonValue envelope)
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds () / 1000m;
        return Send (new JsonObject {
            { "ver", 1 },
            { "msg_id", "ack_" + Guid.NewGuid () },
            { "type", "sys_ack" },
            { "meta", new JsonObject {
                { "uuid", "peer" },
                { "acked_msg_id", envelope ["msg_id"] },
                { "timestamp", now },
            } },
            { "payload", new JsonObject { { "status", "received" }, { "client_timestamp", now } } },
        }.ToString ());
    }

    static async Task Take (JsonValue envelope)
    {
        if (envelope ["type"] == "sys_ack") {
            Tell ("ack", new JsonObject {
                { "of", envelope ["meta"] ["acked_msg_id"] },
                { "status", envelope ["payload"] ["status"] },
            });
            return;
        }
        await Acknowledge (envelope);
        Tell ("message", new JsonObject {
            { "msg_id", envelope ["msg_id"] },
            { "payload", envelope ["payload"] },
        });
    }

    static async Task Receive ()
    {
        var buffer = new ArraySegment<byte> (new byte [65536]);
        var message = new MemoryStream ();
        while (true) {
            var part = await socket.ReceiveAsync (buffer, CancellationToken.None);
            if (part.MessageType == WebSocketMessageType.Close)
                break;
            message.Write (buffer.Array, 0, part.Count);
            if (!part.EndOfMessage)
                continue;
            await Take (JsonValue.Parse (utf8.GetString (message.ToArray ())));
            message.SetLength (0);
        }
        if (socket.State == WebSocketState.CloseReceived)
            await Close ();
        Tell ("close", new JsonObject {
            { "code", (int) socket.CloseStatus },
            { "reason", socket.CloseStatusDescription ?? "" },
        });
    }

    static void SendLines ()
    {
        var input = new StreamReader (Console.OpenStandardInput (), utf8);
        string line;
        while ((line = input.ReadLine ()) != null)
            Send (line).Wait ();
        Close ().Wait ();
    }

    static async Task Run (string url, string key, string platform, string way)
    {
        if (way == "header") {
            socket.Options.SetRequestHeader ("x-apikey", key);
            socket.Options.SetRequestHeader ("x-platform", platform);
        } else {
            url += "?api_key=" + Uri.EscapeDataString (key);
            url += "&platform=" + Uri.EscapeDataString (platform);
        }
        await socket.ConnectAsync (new Uri (url), CancellationToken.None);
        Tell ("open", new JsonObject ());
        new Thread (SendLines) { IsBackground = true }.Start ();
        await Receive ();
    }

    static void Main (string [] arguments)
    {
        Run (arguments [0], arguments [1], arguments [2], arguments [3]).Wait ();
    }
}
