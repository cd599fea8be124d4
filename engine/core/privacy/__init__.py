"""Personal data: what there is of it and why, how long it is kept, who looked at it, how it is erased or handed out."""
