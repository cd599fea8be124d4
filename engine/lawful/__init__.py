"""The law of a definition a second time, for outsiders: whether what the log tells was lawful. Nothing of ours is used.

`verify.py` in a pack is `engine/verify.py` with these rooms written into it (`engine.sealer.verifier`), so that an
auditor reads one file and needs the standard library alone. None of it may import the engine: that is what is judged.
"""
