"""What can be wrong with a file, told in English and Indonesian: one table of sentences, one way to fill them in.

Whoever finds a fault names a sentence by its key and gives the values it speaks of; nothing is worded before somebody
asks for a language.
"""

from engine.core.complaints.saying import InBoth, Lines, Said, Sayable, say

__all__ = ["InBoth", "Lines", "Said", "Sayable", "say"]
