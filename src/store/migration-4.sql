-- Schema version 4: a conversation may be written for another kind of receiver than its account's.

ALTER TABLE conversation ADD COLUMN dialect INTEGER NOT NULL DEFAULT -1;
