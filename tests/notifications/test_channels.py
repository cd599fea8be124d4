"""One suite for every channel, and what only a real server can show."""

from __future__ import annotations

import shutil
import ssl
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from notifications.channels import Channel, KeptChannel, usable
from notifications.errors import Undelivered, Unreachable
from notifications.message import Mail
from tests.notifications.mail_host import MailHost
from tests.notifications.office import by_smtp

MAIL = Mail(
    address="siti@dinas.test",
    name="Siti Aminah",
    subject="Giliran Anda: “menyusun” – Siti Aminah, tenggat 12 Jan 2026",
    text="Sebuah tugas menunggu Anda.\n",
    html="<p>Sebuah tugas menunggu Anda.</p>\n",
    language="id",
    message_id="<abc@siklus.test>",
    written_at=1_767_571_200_000_000,
)


@pytest.fixture(params=["kept", "smtp"])
def channel(request: pytest.FixtureRequest, host: MailHost) -> Iterator[Channel]:
    """Each of the two channels in turn."""
    made: Channel = KeptChannel() if request.param == "kept" else by_smtp(host.port)
    yield made
    made.hang_up()


def test_a_mail_is_taken_over(channel):
    """Sending says nothing when it went well, and the outcome has a name for it."""
    channel.send(MAIL)

    assert channel.outcome in {"sent", "kept"}


def test_a_channel_goes_on_after_hanging_up(channel):
    """Hanging up twice is nothing; the next mail opens what it needs."""
    channel.send(MAIL)
    channel.hang_up()
    channel.hang_up()
    channel.send(MAIL)


@pytest.mark.parametrize(
    "spoiled",
    [
        {"subject": "Halo\r\nBcc: semua@dinas.test"},
        {"name": "Siti\r\nBcc: semua@dinas.test"},
        {"address": "siti@dinas.test\r\nBcc: semua@dinas.test"},
        {"message_id": "<a@b>\r\nBcc: semua@dinas.test"},
        {"address": "siti"},
    ],
)
def test_a_line_end_in_a_header_is_refused_for_good(channel, spoiled):
    """Whatever reaches a channel, no header can be smuggled in, and it is not tried again."""
    with pytest.raises(Undelivered) as caught:
        channel.send(replace(MAIL, **spoiled))

    assert caught.value.permanent


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("siti@dinas.test", True),
        ("", False),
        ("siti", False),
        ("siti@", False),
        ("@dinas.test", False),
        ("a@b@c", False),
        ("a@b.test, c@d.test", False),
        ("siti@dinas.test\n", False),
        ("Siti <siti@dinas.test>", False),
        ("sitĩ@dinas.test", False),
    ],
)
def test_an_address_is_one_address(address, expected):
    """And nothing else beside it."""
    assert expected == usable(address)


def test_a_mail_arrives_whole(host):
    """Both parts, the names in their own letters, marked as a machine's."""
    channel = by_smtp(host.port)
    channel.send(MAIL)
    channel.hang_up()
    (mail,) = host.mails

    assert MAIL.subject == mail["Subject"]
    assert "Siklus <siklus@dinas.test>" == mail["From"]
    assert "<abc@siklus.test>" == mail["Message-ID"]
    assert "auto-generated" == mail["Auto-Submitted"]
    assert "Mon, 05 Jan 2026 00:00:00 +0000" == mail["Date"]
    assert MAIL.text == mail.get_body(("plain",)).get_content()
    assert MAIL.html == mail.get_body(("html",)).get_content()
    assert ["siti@dinas.test"] == host.envelopes[0].rcpt_tos


def test_a_connection_that_went_stale_is_dialled_again(tmp_path):
    """The server restarted between two mails; the second leaves all the same."""
    host = MailHost()
    with host.up():
        channel = by_smtp(host.port)
        channel.send(MAIL)
    with pytest.raises(Unreachable):
        channel.send(MAIL)
    with host.up():
        channel.send(MAIL)
        channel.hang_up()

    assert 2 == len(host.mails)


@pytest.mark.parametrize(("answer", "permanent"), [("552 too big", True), ("451 later", False)])
def test_a_mail_refused_after_its_text_is_told_apart(host, answer, permanent):
    """5xx is for good, 4xx for now."""
    host.refuse_data = answer
    channel = by_smtp(host.port)
    with pytest.raises(Undelivered) as caught:
        channel.send(MAIL)
    channel.hang_up()

    assert permanent == caught.value.permanent


def test_a_server_that_is_closing_down_is_no_fault_of_the_mail(host):
    """421 is about the server: everything waits, nothing is given up."""
    host.refuse["siti@dinas.test"] = "421 closing"
    with pytest.raises(Unreachable):
        by_smtp(host.port).send(MAIL)


def test_a_line_that_breaks_before_the_answer_is_tried_again(host):
    """Nobody knows whether the mail was taken, so it goes again later, with the same Message-ID."""
    host.drops_the_line = True
    channel = by_smtp(host.port)
    with pytest.raises(Unreachable):
        channel.send(MAIL)
    host.drops_the_line = False
    channel.send(MAIL)
    channel.hang_up()

    assert ["<abc@siklus.test>"] == [mail["Message-ID"] for mail in host.mails]


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")  # the server's own advice
@pytest.mark.parametrize(("password", "taken"), [("rahasia", True), ("salah", False)])
def test_a_login_is_needed_where_the_server_asks(password, taken):
    """A wrong password is the installation's fault, not the mail's: all of it waits."""
    with MailHost(login=("siklus", "rahasia")).up() as host:
        channel = by_smtp(host.port, user="siklus", password=password)
        if taken:
            channel.send(MAIL)
        else:
            with pytest.raises(Unreachable, match="535"):
                channel.send(MAIL)
        channel.hang_up()

    assert taken == bool(host.mails)


def test_encryption_that_was_asked_for_is_never_done_without(host):
    """A server without STARTTLS gets no mail from us if we were told to use it."""
    with pytest.raises(Unreachable):
        by_smtp(host.port, encryption="starttls").send(MAIL)

    assert [] == host.mails


@pytest.mark.skipif(shutil.which("openssl") is None, reason="makes its certificate with the openssl command")
def test_a_mail_goes_encrypted_to_a_server_we_trust(tmp_path: Path):
    """STARTTLS with a certificate of the installation's own; without trust in it nothing leaves."""
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    command = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=127.0.0.1"
    where = ("-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", certificate)
    subprocess.run([*command.split(), *where], check=True, capture_output=True)
    theirs = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    theirs.load_cert_chain(certificate, key)
    with MailHost(tls=theirs).up() as host:
        ours = ssl.create_default_context(cafile=str(certificate))
        channel = by_smtp(host.port, encryption="starttls", trust=ours)
        channel.send(MAIL)
        channel.hang_up()
        with pytest.raises(Unreachable):
            by_smtp(host.port, encryption="starttls").send(MAIL)

    assert 1 == len(host.mails)
