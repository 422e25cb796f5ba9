// SPDX-License-Identifier: GPL-3.0-or-later
// As peer_client.py, on Java-WebSocket.

import com.google.gson.JsonObject;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.java_websocket.client.WebSocketClient;
import org.java_websocket.drafts.Draft_6455;
import org.java_websocket.exceptions.WebsocketNotConnectedException;
import org.java_websocket.extensions.permessage_deflate.PerMessageDeflateExtension;
import org.java_websocket.handshake.ServerHandshake;

final class PeerClient extends WebSocketClient {
  private PeerClient(URI address, Map<String, String> headers) {
    super(address, new Draft_6455(new PerMessageDeflateExtension()), headers);
  }

  @Override
  public void onOpen(ServerHandshake handshake) {
    Peer.tell("open", new JsonObject());
  }

  @Override
  public void onMessage(String text) {
    JsonObject envelope = Peer.parse(text);
    JsonObject members = new JsonObject();
    if (envelope.get("type").getAsString().equals("sys_ack")) {
      members.add("of", envelope.getAsJsonObject("meta").get("acked_msg_id"));
      members.add("status", envelope.getAsJsonObject("payload").get("status"));
      Peer.tell("ack", members);
      return;
    }
    send(Peer.makeAcknowledgement("peer", envelope, "client_timestamp"));
    members.add("msg_id", envelope.get("msg_id"));
    members.add("payload", envelope.get("payload"));
    Peer.tell("message", members);
  }

  @Override
  public void onClose(int code, String reason, boolean remote) {
    JsonObject members = new JsonObject();
    members.addProperty("code", code);
    members.addProperty("reason", reason);
    Peer.tell("close", members);
    // The input may still be open.
    System.exit(0);
  }

  @Override
  public void onError(Exception error) {
    JsonObject members = new JsonObject();
    members.addProperty("message", error.toString());
    Peer.tell("error", members);
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  public static void main(String[] arguments) throws Exception {
    String address = arguments[0];
    String key = arguments[1];
    String platform = arguments[2];
    Map<String, String> headers = new HashMap<>();
    if (arguments[3].equals("header")) {
      headers.put("x-apikey", key);
      headers.put("x-platform", platform);
    } else {
      address += "?api_key=" + encode(key) + "&platform=" + encode(platform);
    }

    PeerClient client = new PeerClient(URI.create(address), headers);
    client.connectBlocking();
    try {
      Peer.readLines(client::send);
    } catch (WebsocketNotConnectedException error) {
      client.onError(error);
    }
    client.close();
  }
}
