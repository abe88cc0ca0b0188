-- Blobs under random ids (docs/store.md). One source for both databases; SQLite reads its own names for the types.

CREATE TABLE accounts (
  id BYTEA NOT NULL PRIMARY KEY,
  handle BYTEA NOT NULL UNIQUE,
  keyring_number BIGINT NOT NULL,
  passphrase_verifier BYTEA NOT NULL,
  passphrase_wrapped_key BYTEA NOT NULL,
  recovery_verifier BYTEA NOT NULL,
  recovery_wrapped_key BYTEA NOT NULL,
  keyring BYTEA NOT NULL
) /* clustered */;

-- Times are whole hours since 1970.
CREATE TABLE sessions (
  token BYTEA NOT NULL PRIMARY KEY,
  account BYTEA NOT NULL REFERENCES accounts ON DELETE CASCADE,
  created BIGINT NOT NULL,
  expires BIGINT NOT NULL
) /* clustered */;
CREATE INDEX sessions_of_account ON sessions (account);

-- What was `count` and `head` at the last daily batch is what others see.
CREATE TABLE streams (
  id BYTEA NOT NULL PRIMARY KEY,
  owner BYTEA NOT NULL REFERENCES accounts ON DELETE CASCADE,
  epoch BIGINT NOT NULL,
  count BIGINT NOT NULL,
  released_count BIGINT NOT NULL,
  head BYTEA NOT NULL,
  released_head BYTEA NOT NULL
) /* clustered */;
CREATE INDEX streams_of_owner ON streams (owner);

-- The records of a stream's present epoch; those of earlier ones are shredded.
CREATE TABLE records (
  stream BYTEA NOT NULL REFERENCES streams ON DELETE CASCADE,
  seq BIGINT NOT NULL,
  id BYTEA NOT NULL,
  bytes BYTEA NOT NULL,
  PRIMARY KEY (stream, seq)
) /* clustered */;
CREATE UNIQUE INDEX records_by_id ON records (stream, id);

-- No column for a sender. `released` is 0 while an envelope waits for the daily batch.
CREATE TABLE envelopes (
  id BYTEA NOT NULL PRIMARY KEY,
  recipient BYTEA NOT NULL REFERENCES accounts ON DELETE CASCADE,
  released BIGINT NOT NULL,
  bytes BYTEA NOT NULL
) /* clustered */;
CREATE INDEX envelopes_of_recipient ON envelopes (recipient);

CREATE TABLE invites (
  id BYTEA NOT NULL PRIMARY KEY,
  created BIGINT NOT NULL,
  expires BIGINT NOT NULL,
  bytes BYTEA NOT NULL
) /* clustered */;

-- One row: the day (since 1970) that had its batch last.
CREATE TABLE batches (
  only_row BIGINT NOT NULL PRIMARY KEY CHECK (only_row = 1),
  day BIGINT NOT NULL
) /* clustered */;
INSERT INTO batches VALUES (1, -1);
