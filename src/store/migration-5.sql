-- Schema version 5: what is attached to a message that is being written. Its blobs are used as those of messages are.

-- One that is made smaller has two rows: as it is (small = 0), and smaller (small = 1).
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
