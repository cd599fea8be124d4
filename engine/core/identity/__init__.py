"""Who signs in, by rules alone: what an account may be, what a password must hold, how long a sign-in lasts."""
