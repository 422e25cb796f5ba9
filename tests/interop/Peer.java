// SPDX-License-Identifier: GPL-3.0-or-later
// What the client and the server on Java-WebSocket share.

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.function.Consumer;

final class Peer {
  private static final PrintStream OUTPUT =
      new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);

  private Peer() {}

  static void tell(String event, JsonObject members) {
    members.addProperty("event", event);
    OUTPUT.println(members);
  }

  static JsonObject parse(String text) {
    return JsonParser.parseString(text).getAsJsonObject();
  }

  static String makeAcknowledgement(String uuid, JsonObject envelope, String clock) {
    double now = System.currentTimeMillis() / 1000.0;
    JsonObject meta = new JsonObject();
    meta.addProperty("uuid", uuid);
    meta.add("acked_msg_id", envelope.get("msg_id"));
    meta.addProperty("timestamp", now);
    JsonObject payload = new JsonObject();
    payload.addProperty("status", "received");
    payload.addProperty(clock, now);
    JsonObject acknowledgement = new JsonObject();
    acknowledgement.addProperty("ver", 1);
    acknowledgement.addProperty("msg_id", "ack_" + UUID.randomUUID());
    acknowledgement.addProperty("type", "sys_ack");
    acknowledgement.add("meta", meta);
    acknowledgement.add("payload", payload);
    return acknowledgement.toString();
  }

  /** Calls back for each line of the input, to its end. */
  static void readLines(Consumer<String> take) throws IOException {
    BufferedReader input =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = input.readLine(); line != null; line = input.readLine()) {
      take.accept(line);
    }
  }
}
