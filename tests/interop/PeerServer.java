// SPDX-License-Identifier: GPL-3.0-or-later
// As peer_server.py, on Java-WebSocket. The library knows no status but 404 and 500 for an upgrade that
// it refuses: it cannot answer 401.

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.java_websocket.WebSocket;
import org.java_websocket.drafts.Draft_6455;
import org.java_websocket.extensions.permessage_deflate.PerMessageDeflateExtension;
import org.java_websocket.handshake.ClientHandshake;
import org.java_websocket.server.WebSocketServer;

final class PeerServer extends WebSocketServer {
  private record Identity(String user, String platform, String uuid) {}

  private final String refusal;
  private final Map<String, String> users = new HashMap<>();

  private PeerServer(int port, String refusal, List<String> pairs) {
    super(
        new InetSocketAddress("127.0.0.1", port),
        2,
        List.of(new Draft_6455(new PerMessageDeflateExtension())));
    this.refusal = refusal;
    for (String pair : pairs) {
      String[] parts = pair.split("=", 2);
      users.put(parts[0], parts[1]);
    }
    setReuseAddr(true);
  }

  private static Map<String, String> readQuery(ClientHandshake handshake) {
    Map<String, String> query = new HashMap<>();
    String text = URI.create(handshake.getResourceDescriptor()).getRawQuery();
    for (String pair : text == null ? new String[0] : text.split("&")) {
      String[] parts = pair.split("=", 2);
      query.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
    }
    return query;
  }

  @Override
  public void onStart() {
    JsonObject members = new JsonObject();
    members.addProperty("port", getPort());
    Peer.tell("listening", members);
  }

  @Override
  public void onOpen(WebSocket socket, ClientHandshake handshake) {
    Map<String, String> query = readQuery(handshake);
    String way = query.containsKey("api_key") ? "query" : "header";
    String user = users.get(query.getOrDefault("api_key", handshake.getFieldValue("x-apikey")));
    String platform = query.getOrDefault("platform", handshake.getFieldValue("x-platform"));
    String uuid = handshake.getFieldValue("x-uuid");

    if (user == null) {
      if (refusal.equals("1008")) {
        socket.close(1008, "policy");
      } else {
        socket.close(1000, "Authentication failed: 认证失败");
      }
      return;
    }
    socket.setAttachment(new Identity(user, platform, uuid.isEmpty() ? "none" : uuid));
    JsonObject members = new JsonObject();
    members.addProperty("user", user);
    members.addProperty("platform", platform);
    members.addProperty("way", way);
    Peer.tell("client", members);
  }

  @Override
  public void onMessage(WebSocket socket, String text) {
    Identity whose = socket.getAttachment();
    JsonObject envelope = Peer.parse(text);
    JsonObject members = new JsonObject();
    members.addProperty("user", whose.user());
    if (envelope.get("type").getAsString().equals("sys_ack")) {
      members.add("of", envelope.getAsJsonObject("meta").get("acked_msg_id"));
      Peer.tell("ack", members);
      return;
    }
    socket.send(Peer.makeAcknowledgement(whose.uuid(), envelope, "server_timestamp"));
    members.add("msg_id", envelope.get("msg_id"));
    members.add("payload", envelope.get("payload"));
    Peer.tell("message", members);
    relay(envelope);
  }

  private void relay(JsonObject envelope) {
    JsonObject target = envelope.getAsJsonObject("payload").getAsJsonObject("message_dim");
    String user = users.get(target.get("api_key").getAsString());
    String platform = target.get("platform").getAsString();
    envelope.getAsJsonObject("meta").add("sender_user", new JsonPrimitive("server"));
    String text = envelope.toString();
    for (WebSocket other : getConnections()) {
      Identity whose = other.getAttachment();
      if (whose != null
          && Objects.equals(whose.user(), user)
          && Objects.equals(whose.platform(), platform)) {
        other.send(text);
      }
    }
  }

  @Override
  public void onClose(WebSocket socket, int code, String reason, boolean remote) {
    Identity whose = socket.getAttachment();
    if (whose != null) {
      JsonObject members = new JsonObject();
      members.addProperty("user", whose.user());
      members.addProperty("code", code);
      Peer.tell("gone", members);
    }
  }

  @Override
  public void onError(WebSocket socket, Exception error) {
    JsonObject members = new JsonObject();
    members.addProperty("message", error.toString());
    Peer.tell("error", members);
  }

  private void push(String line) {
    JsonObject order = Peer.parse(line);
    String text = order.get("envelope").toString();
    for (WebSocket socket : getConnections()) {
      Identity whose = socket.getAttachment();
      if (whose != null && whose.user().equals(order.get("to").getAsString())) {
        socket.send(text);
      }
    }
  }

  public static void main(String[] arguments) throws Exception {
    List<String> pairs = List.of(arguments).subList(2, arguments.length);
    PeerServer server = new PeerServer(Integer.parseInt(arguments[0]), arguments[1], pairs);
    server.start();
    Peer.readLines(server::push);
    server.stop(1000);
  }
}
