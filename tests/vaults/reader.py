#!/usr/bin/env python3
"""A second reader of the vault's formats, written from docs/vault-format.md alone, not from the C++.

    reader.py ROOT [FORMAT …]     opens every vector in tests/vectors, and sees each altered byte refused

Prints one line a file; fails if anything does not open as it should, or opens when it should not.
"""

import functools
import hashlib
import json
import struct
import sys
from pathlib import Path

from nacl import bindings
from nacl.exceptions import CryptoError
from nacl.pwhash import argon2id

VERSION = 1
SUITE = 1
SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
KINDS = ["checkins", "moments", "reflections", "notes", "practice", "settings", "safety"]
BUCKETS = [256, 1024, 4096, 16384]


class Refused(Exception):
    """The bytes are not what the document says they must be."""


# ---- suite 1 ----


def blake(text, key=b""):
    return hashlib.blake2b(text, digest_size=32, key=key).digest()


def labelled(label, *parts):
    return label.encode("ascii") + b"\0" + b"".join(parts)


def h(label, *parts):
    return blake(labelled(label, *parts))


def k(key, label):
    return blake(label.encode("ascii"), key)


def unseal(key, nonce, header, sealed):
    try:
        return bindings.crypto_aead_xchacha20poly1305_ietf_decrypt(sealed, header, nonce, key)
    except CryptoError as trouble:
        raise Refused("AEAD") from trouble


def check_signature(public, text, signature):
    try:
        bindings.crypto_sign_open(signature + text, public)
    except CryptoError as trouble:
        raise Refused("signature") from trouble


@functools.cache  # altered nonces and ciphertexts need not be stretched for again
def stretch(passphrase, salt, memory_kib, passes):
    return argon2id.kdf(32, passphrase.encode("utf-8"), salt, opslimit=passes, memlimit=memory_kib * 1024)


# ---- conventions ----


class Fields:
    """Takes fields off the front of bytes."""

    def __init__(self, data):
        self.data = data
        self.at = 0

    def bytes(self, count):
        if self.at + count > len(self.data):
            raise Refused("too short")
        self.at += count
        return self.data[self.at - count : self.at]

    def number(self, form):
        return struct.unpack("<" + form, self.bytes(struct.calcsize("<" + form)))[0]

    def rest(self):
        return self.bytes(len(self.data) - self.at)

    def end(self):
        if self.at != len(self.data):
            raise Refused("something is left over")


def begin(blob, form):
    fields = Fields(blob)
    if tuple(fields.bytes(3)) != (form, VERSION, SUITE):
        raise Refused("format, version or suite")
    return fields


def unpadded(padded):
    content = padded.rstrip(b"\0")
    if content[-1:] != b"\x80":
        raise Refused("padding")
    return content[:-1]


def expect(truth, what):
    if not truth:
        raise Refused(what)


# ---- records and heads ----


def record_header(blob):
    fields = begin(blob, 1)
    bucket = fields.number("B")
    expect(bucket < len(BUCKETS), "bucket")
    header = {"stream": fields.bytes(16), "epoch": fields.number("I"), "seq": fields.number("Q"), "record_id": fields.bytes(16)}
    nonce = fields.bytes(24)
    sealed = fields.bytes(BUCKETS[bucket] + 16)
    fields.end()
    expect(header["epoch"] > 0, "epoch")
    return header, nonce, sealed


def open_record(key, blob):
    header, nonce, sealed = record_header(blob)
    fields = Fields(unpadded(unseal(key, nonce, blob[:72], sealed)))
    kind = fields.number("B")
    if kind == 0:
        fields.end()
        return header, None
    expect(kind == 1, "type of entry")
    number = fields.number("B")
    expect(1 <= number <= len(KINDS), "kind")
    entry = {"kind": KINDS[number - 1], "entry_id": fields.bytes(16), "revision": fields.number("I"), "body": fields.rest().decode("utf-8")}
    expect(entry["revision"] > 0, "revision")
    return header, entry


def open_head(owner, blob):
    fields = begin(blob, 2)
    head = {"stream": fields.bytes(16), "epoch": fields.number("I"), "count": fields.number("Q"), "link": fields.bytes(32)}
    signature = fields.bytes(64)
    fields.end()
    check_signature(owner, labelled("selvedge head 1", blob[:63]), signature)
    return head


def chain(stream, epoch, records):
    link = h("selvedge chain 1", stream, struct.pack("<I", epoch))
    for record in records:
        link = h("selvedge link 1", link, record)
    return link


def open_stream(stream, epoch, key, owner, head_blob, records):
    head = open_head(owner, head_blob)
    expect((head["stream"], head["epoch"], head["count"]) == (stream, epoch, len(records)), "head")
    expect(chain(stream, epoch, records) == head["link"], "chain")
    entries = []
    for place, blob in enumerate(records):
        header, entry = open_record(key, blob)
        expect((header["stream"], header["epoch"], header["seq"]) == (stream, epoch, place), "place")
        if entry:
            entries.append(entry)
    return entries


# ---- keys ----


def sub_keys(master):
    return k(master, "selvedge auth 1"), k(master, "selvedge kek 1")


def open_passphrase_lock(passphrase, blob):
    fields = begin(blob, 3)
    memory, passes = fields.number("I"), fields.number("I")
    salt, nonce, sealed = fields.bytes(16), fields.bytes(24), fields.bytes(48)
    fields.end()
    expect(65536 <= memory <= 1048576 and 3 <= passes <= 32, "work")
    auth, kek = sub_keys(stretch(passphrase, salt, memory, passes))
    return {"memory_kib": memory, "passes": passes, "salt": salt, "auth": auth, "kek": kek,
            "account_key": unseal(kek, nonce, blob[:51], sealed)}


def times(x, y):
    product = 0
    for bit in range(5):
        if y >> bit & 1:
            product ^= x << bit
    for bit in (8, 7, 6, 5):
        if product >> bit & 1:
            product ^= 0b100101 << (bit - 5)
    return product


def value_at(symbols, point):
    value = 0
    for symbol in symbols:
        value = times(value, point) ^ symbol
    return value


def read_code(text):
    plain = text.upper().replace("-", "").replace(" ", "").translate(str.maketrans("OIL", "011"))
    expect(len(plain) == 28 and all(c in SYMBOLS for c in plain), "code")
    symbols = [SYMBOLS.index(c) for c in plain]
    expect(value_at(symbols, 2) == 0 and value_at(symbols, 4) == 0, "check symbols")
    return bytes(symbols[:26])


def open_recovery_lock(code, blob):
    fields = begin(blob, 4)
    salt, nonce, sealed = fields.bytes(16), fields.bytes(24), fields.bytes(48)
    fields.end()
    auth, kek = sub_keys(h("selvedge recovery 1", salt, read_code(code)))
    return {"auth": auth, "kek": kek, "account_key": unseal(kek, nonce, blob[:43], sealed)}


def words_of(number, words):
    expect(number & 0xF == 0, "unused bits of words")
    return [words[number >> shift & 0x3FF] for shift in (54, 44, 34, 24, 14, 4)]


def open_keyring(account_key, blob, words):
    fields = begin(blob, 5)
    size, number, nonce = fields.number("I"), fields.number("Q"), fields.bytes(24)
    expect(size in (1024, 4096) or (0 < size <= 1048576 and size % 16384 == 0), "size")
    sealed = fields.bytes(size + 16)
    fields.end()
    inside = Fields(unpadded(unseal(account_key, nonce, blob[:39], sealed)))

    def stream():
        return {"stream": inside.bytes(16), "epoch": inside.number("I"), "key": inside.bytes(32)}

    keyring = {"number": number, "account": inside.bytes(16), "signing_seed": inside.bytes(32), "receiving_secret": inside.bytes(32)}
    keyring["streams"] = [stream() for _ in KINDS]
    keyring["people"] = [
        {"identity": inside.bytes(80), "state": inside.number("B"), "words": words_of(inside.number("Q"), words)}
        for _ in range(inside.number("H"))
    ]
    keyring["shares"] = [{"with": inside.bytes(16), **stream(), "envelope": inside.bytes(16)} for _ in range(inside.number("H"))]
    keyring["invites"] = [inside.bytes(16) for _ in range(inside.number("H"))]
    inside.end()
    expect(all(person["state"] in (1, 2, 3) for person in keyring["people"]), "state")
    return keyring


# ---- people ----


def open_envelope(recipient, secret, blob):
    fields = begin(blob, 6)
    box = fields.bytes(304)
    fields.end()
    try:
        padded = bindings.crypto_box_seal_open(box, recipient[48:80], secret)
    except CryptoError as trouble:
        raise Refused("box") from trouble
    expect(len(padded) == 256 and padded[:3] == blob[:3], "prefix inside")
    text = unpadded(padded)[3:]
    inside = Fields(text)
    kind = inside.number("B")
    letter = {"sender": inside.bytes(80)}
    if kind == 1:
        letter |= {"type": "grant", "stream": inside.bytes(16), "epoch": inside.number("I"), "key": inside.bytes(32)}
    elif kind == 2:
        letter |= {"type": "acceptance", "invite_id": inside.bytes(16), "nonce": inside.bytes(16), "proof": inside.bytes(32)}
    else:
        raise Refused("type of letter")
    signature = inside.bytes(64)
    inside.end()
    check_signature(letter["sender"][16:48], labelled("selvedge letter 1", recipient, text[:-64]), signature)
    return letter


def fingerprint(identity):
    return h("selvedge identity 1", identity)[:16]


def read_link(text):
    symbols = text.rpartition("#")[2].upper().translate(str.maketrans("OIL", "011"))
    expect(len(symbols) == 53 and all(c in SYMBOLS for c in symbols), "link")
    number = 0
    for symbol in symbols:
        number = number << 5 | SYMBOLS.index(symbol)
    expect(number & 1 == 0, "last bit of the link")
    fields = Fields((number >> 1).to_bytes(33, "big"))
    expect(fields.number("B") == VERSION, "version of the link")
    return fields.bytes(16), fields.bytes(16)


def invite_id(secret):
    return h("selvedge invite id 1", secret)[:16]


def open_invite(link, blob):
    secret, wanted = read_link(link)
    fields = begin(blob, 7)
    nonce, sealed = fields.bytes(24), fields.bytes(96)
    fields.end()
    identity = unseal(h("selvedge invite key 1", secret), nonce, blob[:27], sealed)
    expect(fingerprint(identity) == wanted, "fingerprint")
    return {"secret": secret, "invite_id": invite_id(secret), "inviter": identity}


def check_acceptance(secret, inviter, letter, words):
    invitee, nonce = letter["sender"], letter["nonce"]
    expect(letter["invite_id"] == invite_id(secret), "invite id")
    expect(letter["proof"] == h("selvedge accept 1", secret, inviter, invitee, nonce), "proof")
    digest = h("selvedge words 1", inviter, invitee, secret, nonce)
    return words_of(int.from_bytes(digest[:8], "big") & ~0xF, words)


# ---- export ----


def read_export(blob):
    expect(blob[:16] == b"selvedge export\n", "magic")
    expect(h("selvedge export 1", blob[:-32]) == blob[-32:], "sum")
    fields = begin(blob[16:-32], 8)
    blobs = [fields.bytes(fields.number("I")) for _ in range(fields.number("I"))]
    fields.end()
    return blobs


def open_export(account_key, blobs, words):
    keyring = open_keyring(account_key, blobs[2], words)
    owner = bindings.crypto_sign_seed_keypair(keyring["signing_seed"])[0]
    rest = blobs[3:]
    entries = []
    for kind, stream in zip(KINDS, keyring["streams"]):
        expect(rest and rest[0][:1] == b"\x02", "a head")
        end = next((i for i in range(1, len(rest)) if rest[i][:1] != b"\x01"), len(rest))
        opened = open_stream(stream["stream"], stream["epoch"], stream["key"], owner, rest[0], rest[1:end])
        expect(all(entry["kind"] == kind for entry in opened), "kind")
        entries += opened
        rest = rest[end:]
    expect(not rest, "blobs are left over")
    return entries


# ---- the vectors ----


def plain(value):
    """Bytes as the vectors write them."""
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, list):
        return [plain(one) for one in value]
    if isinstance(value, dict):
        return {name: plain(one) for name, one in value.items()}
    return value


class Vectors:
    """How each format's cases are opened, and what must come out."""

    def __init__(self, words):
        self.words = words

    def record(self, case, blob):
        header, entry = open_record(bytes.fromhex(case["key"]), blob)
        return header | (entry or {})

    def head(self, case, blob):
        head = open_head(bytes.fromhex(case["owner"]), blob)
        records = [bytes.fromhex(record) for record in case["records"]]
        expect(chain(head["stream"], head["epoch"], records) == head["link"], "chain")
        return head

    def passphrase_lock(self, case, blob):
        return open_passphrase_lock(case["passphrase"], blob)

    def recovery_lock(self, case, blob):
        return open_recovery_lock(case["code"], blob)

    def keyring(self, case, blob):
        return open_keyring(bytes.fromhex(case["account_key"]), blob, self.words)

    def envelope(self, case, blob):
        recipient = bytes.fromhex(case["recipient"])
        letter = open_envelope(recipient, bytes.fromhex(case["receiving_secret"]), blob)
        if letter["type"] == "acceptance":
            letter["words"] = check_acceptance(bytes.fromhex(case["secret"]), recipient, letter, self.words)
        return letter

    def invite(self, case, blob):
        return open_invite(case["link"], blob)

    def export(self, case, blob):
        blobs = read_export(blob)
        key = open_passphrase_lock(case["passphrase"], blobs[0])["account_key"]
        expect(open_recovery_lock(case["code"], blobs[1])["account_key"] == key, "the same account key")
        return {"entries": open_export(key, blobs, self.words)}


def disagreements(case, opened):
    return [name for name, value in plain(opened).items() if name in case and case[name] != value]


def places(name, case, blob):
    """Which bytes are altered one by one. Argon2 takes its time, so a passphrase lock takes few altered salts."""
    if name == "passphrase_lock":
        return [*range(0, 13), 26, *range(27, len(blob))]
    return range(len(blob))


def altered(blob, place):
    return blob[:place] + bytes([blob[place] ^ 1 << place % 8]) + blob[place + 1 :]


def opens(open_one, case, blob):
    try:
        open_one(case, blob)
    except (Refused, UnicodeDecodeError):
        return False
    return True


def check_file(path, vectors):
    """(cases, altered blobs, complaints) of one file."""
    document = json.loads(path.read_text(encoding="utf-8"))
    name = document["format"]
    open_one = getattr(vectors, name)
    complaints = []
    tried = 0
    if name == "export":
        # What the sum at the end catches says nothing of the rest, so here it is made anew over every altered file.
        open_one = WithSum(vectors)
    for number, case in enumerate(document["cases"]):
        blob = bytes.fromhex(case["blob"])
        wrong = disagreements(case, getattr(vectors, name)(case, blob))
        complaints += [f"{path.name}, case {number}: {field} is not what the vector says" for field in wrong]
        for place in places(name, case, blob):
            tried += 1
            if opens(open_one, case, altered(blob, place)):
                complaints.append(f"{path.name}, case {number}: opens with byte {place} altered")
        for cut in (blob[:-1], blob + b"\0", blob[1:], b""):
            tried += 1
            if opens(open_one, case, cut):
                complaints.append(f"{path.name}, case {number}: opens with {len(cut)} bytes")
    return len(document["cases"]), tried, complaints


class WithSum:
    """Opens an export whose sum at the end was made anew, but for alterations of the sum itself."""

    def __init__(self, vectors):
        self.vectors = vectors
        self.key = None

    def __call__(self, case, blob):
        original = bytes.fromhex(case["blob"])
        if self.key is None:
            self.key = open_passphrase_lock(case["passphrase"], read_export(original)[0])["account_key"]
        if blob[-32:] == original[-32:]:
            blob = blob[:-32] + h("selvedge export 1", blob[:-32])
        blobs = read_export(blob)
        kept = read_export(original)
        if blobs[:2] != kept[:2]:
            raise Refused("locks have vectors of their own")
        return {"entries": open_export(self.key, blobs, self.vectors.words)}


def main():
    root = Path(sys.argv[1])
    words = (root / "content/pairing_words.txt").read_text(encoding="utf-8").split()
    assert len(words) == len(set(words)) == 1024
    vectors = Vectors(words)
    wanted = sys.argv[2:]
    paths = [p for p in sorted((root / "tests/vectors").glob("*_v*.json")) if not wanted or p.name.rpartition("_v")[0] in wanted]
    complaints = []
    for path in paths:
        cases, tried, found = check_file(path, vectors)
        print(f"{path.name}: {cases} cases open, {tried} altered ones tried, {len(found)} complaints")
        complaints += found
    for complaint in complaints[:40]:
        print(complaint)
    sys.exit(1 if complaints or not paths else 0)


if __name__ == "__main__":
    main()
