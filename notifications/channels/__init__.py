"""Ways by which a mail reaches a person: over SMTP, or, in a demo, not at all."""

from notifications.channels.channel import Channel, as_email, usable
from notifications.channels.kept import KeptChannel
from notifications.channels.smtp import MailServer, SmtpChannel

__all__ = ["Channel", "KeptChannel", "MailServer", "SmtpChannel", "as_email", "usable"]
