-- Schema version 3: a level of notifications in place of muted, the user's own name for a conversation, and what a
-- conversation shares, found without looking at its messages.

ALTER TABLE conversation RENAME COLUMN muted TO level;
UPDATE conversation SET level = 2 WHERE level <> 0;
ALTER TABLE conversation ADD COLUMN name TEXT;

ALTER TABLE attachment ADD COLUMN conversation_id INTEGER NOT NULL DEFAULT 0;
UPDATE attachment SET conversation_id =
  coalesce ((SELECT conversation_id FROM message WHERE message.id = attachment.message_id), 0);
CREATE INDEX attachment_shared ON attachment (conversation_id, kind, message_id, position);
