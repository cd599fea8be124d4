"""The sealed log, by rules alone: one tree over all entries, and the notes that commit to it.

RFC 6962 (the tree and its proofs) and the C2SP specifications signed-note, tlog-checkpoint, tlog-cosignature,
tlog-policy and tlog-proof. Nothing here reads a row, holds a key or asks for the time.
"""
