"""What is done about personal data: looks are kept, one person's data handed out, words erased, glass broken."""
