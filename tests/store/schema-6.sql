-- A database of schema version 6, as the program that wrote it left it. Never change this file.

CREATE TABLE account (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  uuid TEXT NOT NULL UNIQUE CHECK (uuid <> ''),
  label TEXT,
  url TEXT,
  auth INTEGER NOT NULL,
  platform TEXT,
  user_id TEXT,
  nickname TEXT,
  cardname TEXT,
  dialect INTEGER NOT NULL,
  has_target INTEGER NOT NULL,
  target_platform TEXT,
  enabled INTEGER NOT NULL,
  position INTEGER NOT NULL,
  colour INTEGER NOT NULL,
  remote_pictures INTEGER NOT NULL,
  ca_file TEXT,
  certificate_file TEXT,
  key_file TEXT,
  trusted_fingerprint TEXT,
  insecure INTEGER NOT NULL
) STRICT;

CREATE TABLE conversation (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  kind INTEGER NOT NULL,
  platform TEXT NOT NULL,
  peer_id TEXT NOT NULL,
  title TEXT,
  target_platform TEXT,
  target_secret TEXT,
  last_seq INTEGER NOT NULL DEFAULT 0,
  read_seq INTEGER NOT NULL DEFAULT 0,
  unread INTEGER NOT NULL DEFAULT 0,
  mentions INTEGER NOT NULL DEFAULT 0,
  level INTEGER NOT NULL DEFAULT 0,
  pinned INTEGER NOT NULL DEFAULT 0,
  archived INTEGER NOT NULL DEFAULT 0,
  draft TEXT,
  last_time INTEGER NOT NULL DEFAULT 0,
  last_direction INTEGER NOT NULL DEFAULT 0,
  last_delivery INTEGER NOT NULL DEFAULT 0,
  last_author TEXT,
  last_text TEXT, name TEXT, dialect INTEGER NOT NULL DEFAULT -1,
  UNIQUE (account_id, kind, platform, peer_id)
) STRICT;

CREATE TABLE member (
  conversation_id INTEGER NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
  platform TEXT NOT NULL,
  user_id TEXT NOT NULL,
  nickname TEXT,
  cardname TEXT,
  last_seen INTEGER NOT NULL,
  PRIMARY KEY (conversation_id, platform, user_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE message (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  conversation_id INTEGER NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
  seq INTEGER NOT NULL,
  direction INTEGER NOT NULL,
  delivery INTEGER NOT NULL,
  deleted INTEGER NOT NULL DEFAULT 0,
  mentions_me INTEGER NOT NULL,
  peer_time INTEGER NOT NULL,
  time INTEGER NOT NULL,
  attempts INTEGER NOT NULL,
  acked_time INTEGER NOT NULL,
  rtt INTEGER NOT NULL,
  msg_id TEXT,
  digest TEXT NOT NULL,
  message_id TEXT,
  author_platform TEXT,
  author_id TEXT,
  author_nickname TEXT,
  author_cardname TEXT,
  failure TEXT,
  text TEXT,
  segments TEXT,
  config TEXT,
  UNIQUE (conversation_id, seq),
  UNIQUE (account_id, direction, msg_id, digest)
) STRICT;

CREATE INDEX message_business_id ON message (conversation_id, message_id)
  WHERE message_id IS NOT NULL;

CREATE INDEX message_pending ON message (account_id, id)
  WHERE delivery IN (1, 2) AND deleted = 0;

CREATE TABLE attachment (
  message_id INTEGER NOT NULL REFERENCES message (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  kind TEXT,
  blob TEXT,
  url TEXT,
  mime_type TEXT,
  name TEXT,
  size INTEGER NOT NULL,
  width INTEGER NOT NULL,
  height INTEGER NOT NULL,
  state INTEGER NOT NULL, conversation_id INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (message_id, position)
) STRICT, WITHOUT ROWID;

CREATE INDEX attachment_shared ON attachment (conversation_id, kind, message_id, position);

CREATE INDEX attachment_blob ON attachment (blob) WHERE blob IS NOT NULL;

CREATE TABLE sticker (
  blob TEXT PRIMARY KEY CHECK (blob <> ''),
  mime_type TEXT,
  width INTEGER NOT NULL,
  height INTEGER NOT NULL,
  added INTEGER NOT NULL,
  used INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE draft_attachment (
  conversation_id INTEGER NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  small INTEGER NOT NULL,
  options INTEGER NOT NULL,
  blob TEXT NOT NULL CHECK (blob <> ''),
  mime_type TEXT,
  name TEXT,
  size INTEGER NOT NULL,
  width INTEGER NOT NULL,
  height INTEGER NOT NULL,
  PRIMARY KEY (conversation_id, position, small)
) STRICT, WITHOUT ROWID;

CREATE INDEX draft_attachment_blob ON draft_attachment (blob);

CREATE VIRTUAL TABLE message_search USING fts5 (
  text,
  content = '',
  columnsize = 0,
  tokenize = 'unicode61 remove_diacritics 2'
);

INSERT INTO account VALUES
  (1, 'uuid-1', 'Home', 'ws://127.0.0.1:18040/ws', 1, 'wheatear', 'me', 'Me', 'Card', 1, 1, 'maibot',
   1, 0, 3, 1, NULL, NULL, NULL, NULL, 0);

INSERT INTO conversation VALUES
  (1, 1, 0, 'maibot', 'bot', '麦麦', NULL, NULL, 2, 1, 1, 1, 0, 1, 0, '草稿', 1700000002000000, 0, 0,
   '麦麦', '你好，@Me', NULL, -1),
  (2, 1, 1, 'maibot', 'group', 'Field', 'maibot', 'conversation/2/target', 0, 0, 0, 0, 2, 0, 0, NULL,
   0, 0, 0, NULL, NULL, 'My Field', 1);

INSERT INTO member VALUES (1, 'maibot', 'bot', '麦麦', NULL, 1700000002000000);

INSERT INTO message VALUES
  (1, 1, 1, 1, 1, 3, 0, 0, 1700000001000000, 1700000001000000, 1, 1700000001500000, 500000, 'out-1',
   '', 'business-1', 'wheatear', 'me', 'Me', 'Card', NULL, 'Good morning', NULL, NULL),
  (2, 1, 1, 2, 0, 0, 0, 1, 1700000002000000, 1700000002000000, 0, 0, -1, 'in-1', 'bb', 'business-2',
   'maibot', 'bot', '麦麦', NULL, NULL, '你好，@Me', '{"type":"seglist"}', '{"k":1}');

INSERT INTO attachment VALUES
  (2, 0, 'image', 'c0ffee', NULL, 'image/png', NULL, 1024, 64, 32, 0, 1);

INSERT INTO sticker VALUES ('5717c4e7', 'image/gif', 120, 90, 1700000003000000, 1700000004000000);

INSERT INTO draft_attachment VALUES
  (1, 0, 0, 5, 'b16', 'image/png', 'field.png', 4096, 3000, 60),
  (1, 0, 1, 5, '5a11', 'image/png', 'field.png', 2048, 2560, 51),
  (1, 1, 0, 4, 'f11e', 'text/plain', 'notes.txt', 5, 0, 0);

INSERT INTO message_search (rowid, text) VALUES (1, 'Good morning'), (2, ' 你  好 ,@Me');

PRAGMA application_id = 0x57686561;
PRAGMA user_version = 6;
