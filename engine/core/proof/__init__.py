"""What can be proven about a definition before anyone is bothered: one room per question, all answers alike.

"Proven" is only said where the search was complete; where it hit a cap the answer is "not proven".
"""
